// The best of several fixes, and no looking longer than somebody wants it.

import { afterEach, expect, test, vi } from 'vitest'
import { takeFix } from './position'

const clearWatch = vi.fn()
let tell: (accuracy: number) => void

function geolocation() {
  const watchPosition = (found: (position: unknown) => void): number => {
    tell = (accuracy) => found({ coords: { latitude: 31.2, longitude: 121.5, accuracy }, timestamp: 1 })
    return 7
  }
  vi.stubGlobal('navigator', { geolocation: { watchPosition, clearWatch } })
}

afterEach(() => {
  vi.unstubAllGlobals()
  clearWatch.mockReset()
})

test('a good enough fix ends the looking', async () => {
  geolocation()
  const fix = takeFix({ good_m: 20 })
  tell(80)
  expect(clearWatch).not.toHaveBeenCalled()
  tell(12)
  expect(await fix).toMatchObject({ accuracy_m: 12, count: 2 })
  expect(clearWatch).toHaveBeenCalledWith(7)
})

test('whoever closes the sheet ends the looking: what was found counts', async () => {
  geolocation()
  const looking = new AbortController()
  const fix = takeFix({ good_m: 20, signal: looking.signal })
  tell(80)
  looking.abort()
  expect(await fix).toMatchObject({ accuracy_m: 80, count: 1 })
  expect(clearWatch).toHaveBeenCalledWith(7)
})

test('closed before anything was found, and before it began, there is no position and nothing watches on', async () => {
  geolocation()
  const looking = new AbortController()
  const fix = takeFix({ signal: looking.signal })
  looking.abort()
  await expect(fix).rejects.toMatchObject({ code: 'unavailable' })
  await expect(takeFix({ signal: looking.signal })).rejects.toMatchObject({ code: 'unavailable' })
  expect(clearWatch).toHaveBeenCalledTimes(2)
})
