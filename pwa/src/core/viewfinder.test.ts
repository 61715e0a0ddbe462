// @vitest-environment happy-dom
// The camera is open while its component is there and the page is looked at, and at no other time.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { useViewfinder, type Viewfinder } from './viewfinder'

interface Given {
  resolve: (stream: MediaStream) => void
  reject: (error: Error) => void
}

let asked: Given[]
let visibility: DocumentVisibilityState

beforeEach(() => {
  asked = []
  visibility = 'visible'
  const getUserMedia = () => new Promise<MediaStream>((resolve, reject) => asked.push({ resolve, reject }))
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
  vi.spyOn(HTMLVideoElement.prototype, 'play').mockResolvedValue(undefined)
  vi.spyOn(HTMLVideoElement.prototype, 'srcObject', 'set').mockReturnValue(undefined)
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
})

afterEach(() => {
  document.body.innerHTML = ''
})

function shown(): { finder: Viewfinder; gone: () => void } {
  let finder: Viewfinder | undefined
  const holder = mount(
    defineComponent({
      setup() {
        const video = ref<HTMLVideoElement | null>(null)
        finder = useViewfinder(video)
        return () => h('video', { ref: video })
      },
    }),
    { attachTo: document.body },
  )
  return { finder: finder as Viewfinder, gone: () => holder.unmount() }
}

function stream(): MediaStream & { isStopped: () => boolean } {
  const track = { stop: vi.fn() }
  return {
    getTracks: () => [track],
    getVideoTracks: () => [track],
    isStopped: () => track.stop.mock.calls.length > 0,
  } as unknown as MediaStream & { isStopped: () => boolean }
}

function look(at: DocumentVisibilityState): void {
  visibility = at
  document.dispatchEvent(new Event('visibilitychange'))
}

test('it is ready when the camera has come, and lets go of it with the component', async () => {
  const { finder, gone } = shown()
  expect([finder.isReady.value, finder.fault.value]).toEqual([false, null])
  const camera = stream()
  asked[0]?.resolve(camera)
  await flushPromises()
  expect(finder.isReady.value).toBe(true)
  expect(finder.track.value).toBe(camera.getVideoTracks()[0])
  gone()
  expect(camera.isStopped()).toBe(true)
})

test('a camera that comes after the component has gone is let go of at once', async () => {
  const { gone } = shown()
  gone()
  const camera = stream()
  asked[0]?.resolve(camera)
  await flushPromises()
  expect(camera.isStopped()).toBe(true)
})

test('a page that is not looked at films nothing, and goes on when it is', async () => {
  const { finder, gone } = shown()
  const first = stream()
  asked[0]?.resolve(first)
  await flushPromises()
  look('hidden')
  expect([first.isStopped(), finder.isReady.value]).toEqual([true, false])
  look('visible')
  const second = stream()
  asked[1]?.resolve(second)
  await flushPromises()
  expect([second.isStopped(), finder.isReady.value]).toEqual([false, true])
  gone()
  look('visible')
  expect(asked).toHaveLength(2)
})

test.each([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotReadableError', 'busy'],
  ['NotFoundError', 'absent'],
  ['OverconstrainedError', 'absent'],
])('after %s it says %s, and can be tried again', async (name, fault) => {
  const { finder, gone } = shown()
  asked[0]?.reject(new DOMException('no', name))
  await flushPromises()
  expect([finder.isReady.value, finder.fault.value]).toEqual([false, fault])
  const again = finder.open()
  expect(finder.fault.value).toBeNull()
  asked[1]?.resolve(stream())
  await again
  expect(finder.isReady.value).toBe(true)
  gone()
})

test('where a page may have no camera at all it says there is none', async () => {
  vi.stubGlobal('navigator', {})
  const { finder, gone } = shown()
  await flushPromises()
  expect(finder.fault.value).toBe('absent')
  gone()
})

test('nothing seen is no picture', async () => {
  const { finder, gone } = shown()
  await expect(finder.frame()).rejects.toThrow('no picture yet')
  gone()
})
