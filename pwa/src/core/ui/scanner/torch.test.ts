// The light is offered where there is one, and shown as it is.

import { expect, test, vi } from 'vitest'
import { nextTick, shallowRef } from 'vue'
import { useTorch } from './torch'

function camera(capabilities: object, apply = vi.fn().mockResolvedValue(undefined)) {
  const track = { getCapabilities: () => capabilities, applyConstraints: apply } as unknown as MediaStreamTrack
  return { track, apply }
}

test('it is offered once the camera is there and has one, and goes out with it', async () => {
  const track = shallowRef<MediaStreamTrack | null>(null)
  const torch = useTorch(track)
  expect(torch.isThere.value).toBe(false)
  const lit = camera({ torch: true })
  track.value = lit.track
  await nextTick()
  expect([torch.isThere.value, torch.isOn.value]).toEqual([true, false])
  await torch.toggle()
  expect(torch.isOn.value).toBe(true)
  await torch.toggle()
  expect(torch.isOn.value).toBe(false)
  expect(lit.apply.mock.calls).toEqual([[{ advanced: [{ torch: true }] }], [{ advanced: [{ torch: false }] }]])
  await torch.toggle()
  track.value = camera({}).track
  await nextTick()
  expect([torch.isThere.value, torch.isOn.value]).toEqual([false, false])
})

test('where the browser says nothing of lights there is none', () => {
  expect(useTorch(shallowRef({} as MediaStreamTrack)).isThere.value).toBe(false)
})

test('one that cannot be switched is offered no more', async () => {
  const broken = camera({ torch: true }, vi.fn().mockRejectedValue(new Error('no')))
  const torch = useTorch(shallowRef(broken.track))
  await torch.toggle()
  expect([torch.isThere.value, torch.isOn.value]).toEqual([false, false])
})
