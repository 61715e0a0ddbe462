// What is read is what is seen within the frame, and a little around it.

import { expect, test } from 'vitest'
import { regionOf } from './region'

test('of a wide picture in a square the middle is read', () => {
  // 1920 × 1080 fills 300 × 300 at 1080 : 300, and shows 1080 × 1080 of it.
  expect(regionOf({ width: 1920, height: 1080 }, { width: 300, height: 300 })).toEqual({
    from: { left: 420, top: 130, width: 1080, height: 821 },
    to: { width: 1080, height: 821 },
  })
})

test('of a tall picture in a wide element the middle is read, across its whole width', () => {
  const region = regionOf({ width: 720, height: 1280 }, { width: 400, height: 200 })
  expect(region?.from).toEqual({ left: 0, top: 503, width: 720, height: 274 })
})

test('more points than reading needs are left out', () => {
  expect(regionOf({ width: 4000, height: 2000 }, { width: 400, height: 200 })).toEqual({
    from: { left: 0, top: 240, width: 4000, height: 1520 },
    to: { width: 1280, height: 486 },
  })
})

test('nothing is read before there is something to see', () => {
  expect(regionOf({ width: 0, height: 0 }, { width: 400, height: 200 })).toBeNull()
  expect(regionOf({ width: 1920, height: 1080 }, { width: 0, height: 0 })).toBeNull()
})
