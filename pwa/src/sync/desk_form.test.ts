// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import { ApiError } from '../core/api'
import { useDeskForm } from './desk_form'

const open = () =>
  useDeskForm(
    { name: '银牌', packs: [{ unit: '箱' }] },
    (form) => ({
      ...(form.name ? {} : { name: 'name_missing' }),
      ...(form.packs[0]?.unit ? {} : { 'packs.0': 'unit_missing' }),
    }),
    (code) => `说 ${code}`,
  )

test('it is unsaved as long as it differs from how it was opened, deep down too', () => {
  const { form, isUnsaved } = open()
  expect(isUnsaved.value).toBe(false)
  form.value.packs.push({ unit: '袋' })
  expect(isUnsaved.value).toBe(true)
  form.value.packs.pop()
  expect(isUnsaved.value).toBe(false)
})

test('what is wrong is said once saving was tried, and then nothing is sent', async () => {
  const { form, errorOf, keep } = open()
  const work = vi.fn(async () => {})
  form.value = { name: '', packs: [{ unit: '' }] }
  expect(errorOf('name')).toBeUndefined()
  expect(await keep(work)).toBe(false)
  expect([errorOf('name'), errorOf('packs.0'), work.mock.calls.length]).toEqual([
    '说 name_missing',
    '说 unit_missing',
    0,
  ])
  form.value = { name: '金牌', packs: [{ unit: '箱' }] }
  expect(errorOf('name')).toBeUndefined()
  expect(await keep(work)).toBe(true)
})

test('what the server refused is no longer said once something here is wrong', async () => {
  const { form, wrong, keep } = open()
  await keep(() => Promise.reject(new ApiError('customers.unknown', 404)))
  expect(wrong.value).not.toBe('')
  form.value.name = ''
  await keep(async () => {})
  expect(wrong.value).toBe('')
})
