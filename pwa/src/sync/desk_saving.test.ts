// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { ApiError } from '../core/api'
import { useWords } from '../core/words'
import { useSaving } from './desk_saving'

const { t } = useWords()

test('pressed twice it is done once, and it is busy meanwhile', async () => {
  let done: (value?: unknown) => void = () => {}
  const work = vi.fn(() => new Promise((resolve) => (done = resolve)))
  const { isBusy, save } = useSaving()
  const first = save(work)
  expect(isBusy.value).toBe(true)
  expect(await save(work)).toBe(false)
  done()
  expect(await first).toBe(true)
  expect(work).toHaveBeenCalledOnce()
  expect(isBusy.value).toBe(false)
})

test('what went wrong is said in words until it is tried again', async () => {
  const { isBusy, wrong, save } = useSaving()
  expect(await save(() => Promise.reject(new ApiError('customers.unknown', 404)))).toBe(false)
  expect([wrong.value, isBusy.value]).toEqual([t('customers.unknown'), false])
  expect(await save(async () => {})).toBe(true)
  expect(wrong.value).toBe('')
})
