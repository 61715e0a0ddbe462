// @vitest-environment happy-dom
// A check-out waits for the pictures that count as taken, not for ever, and is of the moment of the tap all the same.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from '../core/testing/eventually'
import { loadWords, useWords } from '../core/words'
import CheckOutSheet from './CheckOutSheet.vue'

const dispatch = vi.hoisted(() => vi.fn())
const shots = vi.hoisted(() => ({ settle: () => {}, settled: vi.fn() }))
vi.mock('../sync', async (original) => ({ ...(await original<object>()), dispatch }))
vi.mock('./photos/shots', async (original) => ({ ...(await original<object>()), shotsSettled: shots.settled }))

const TAP = Date.parse('2026-11-23T09:00:00+08:00')

beforeEach(async () => {
  await loadWords(['core', 'visits'])
  vi.useFakeTimers({ toFake: ['Date'], now: TAP })
  dispatch.mockReset().mockResolvedValue('uuid')
  shots.settled.mockReset().mockReturnValue(
    new Promise<void>((resolve) => {
      shots.settle = resolve
    }),
  )
})

afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

test('the pictures are recorded first, and the check-out is of the tap', async () => {
  const sheet = mount(CheckOutSheet, { props: { open: true, visitId: 'v', missing: [] }, attachTo: document.body })
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('dialog button')]
  buttons.find((one) => one.textContent?.trim() === useWords().t('visits.check_out'))?.click()
  await flushPromises()
  expect(shots.settled).toHaveBeenCalledWith(10_000)
  expect(dispatch).not.toHaveBeenCalled()
  vi.setSystemTime(TAP + 5000)
  shots.settle()
  await eventually(() => expect(sheet.emitted('left')).toHaveLength(1))
  expect(dispatch.mock.calls.map(([name, args]) => [name, args.clocks.wall_at])).toEqual([['visits.check_out', TAP]])
  sheet.unmount()
})
