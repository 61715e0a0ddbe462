// @vitest-environment happy-dom
// A picture is of the true time of its tap, on it and in its record, whatever the phone's clock shows.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { eventually } from '../../core/testing/eventually'
import { loadWords } from '../../core/words'
import CameraSheet from './CameraSheet.vue'

const { captureMoment, keepShot } = vi.hoisted(() => ({ captureMoment: vi.fn(), keepShot: vi.fn() }))
vi.mock('../../sync', async (original) => ({ ...(await original<object>()), captureMoment }))
vi.mock('./shots', async (original) => ({ ...(await original<object>()), keepShot }))
vi.mock('../../core/viewfinder', () => ({
  useViewfinder: () => ({ isReady: ref(true), fault: ref(null), frame: async () => new Blob(['x']) }),
}))

const TRUE = Date.parse('2026-11-23T09:00:00+08:00')
const AHEAD = 3 * 3_600_000
const moment = { wall_at: TRUE + AHEAD, monotonic_ms: 2000, contact_wall_at: 0, contact_server_at: TRUE - 2000 }
const clocks = { wall_at: TRUE + AHEAD, elapsed_ms: 2000, contact_wall_at: 0, contact_server_at: TRUE - 2000 }

beforeEach(async () => {
  await loadWords(['core', 'visits'])
  vi.useFakeTimers({ toFake: ['Date'], now: TRUE + AHEAD })
  captureMoment.mockReset().mockReturnValue(moment)
  keepShot.mockReset().mockResolvedValue(undefined)
})

afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

function open() {
  const step = { step_id: 's', visit_id: 'v', template_id: null, title: '门头照' }
  const about = { customer: '和平店', person: '王磊', address: '', position: null }
  const props = { open: true, step, kinds: ['shelf'], count: 0, minimum: 1, mayPick: true, about, now: Date.now() }
  return mount(CameraSheet, { props, attachTo: document.body })
}

test('the shutter takes down the clocks and the true time at the tap; the viewfinder shows the same', async () => {
  const sheet = open()
  expect(sheet.find('.camera-mark').text()).toContain('2026-11-23 09:00')
  await sheet.find('.camera-shutter').trigger('click')
  captureMoment.mockReturnValue({ ...moment, monotonic_ms: 60_000 })
  await flushPromises()
  const [, kept] = keepShot.mock.calls[0]!
  expect(kept).toMatchObject({ taken_at: TRUE, clocks, lines: ['2026-11-23 09:00', '和平店 · 王磊'] })
  sheet.unmount()
})

test('a picture from the gallery is as old as its file says, never newer than now', async () => {
  const sheet = open()
  const field = sheet.find<HTMLInputElement>('input[type=file]')
  const files = [TRUE - 60_000, TRUE + AHEAD].map((lastModified) => new File(['x'], 'x.jpg', { lastModified }))
  Object.defineProperty(field.element, 'files', { value: files })
  await field.trigger('change')
  await eventually(() => expect(keepShot).toHaveBeenCalledTimes(2))
  expect(keepShot.mock.calls.map(([, kept]) => [kept.taken_at, kept.lines])).toEqual([
    [TRUE - 60_000, []],
    [TRUE, []],
  ])
  sheet.unmount()
})
