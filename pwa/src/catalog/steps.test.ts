// One tap on − or + leads to something that may be ordered, or to nothing.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLine } from './rules/packs'
import { leastOf, steppedQuantity } from './steps'
import { pack } from './testing/goods'

const packs = fc
  .record({
    minimum_e3: fc.integer({ min: 0, max: 20_000 }),
    step_e3: fc.constantFrom(0, 250, 500, 1000, 6000),
    room: fc.option(fc.integer({ min: 0, max: 50_000 })),
  })
  .map(({ minimum_e3, step_e3, room }) =>
    pack('件', { minimum_e3, step_e3, maximum_e3: room === null ? null : minimum_e3 + room }),
  )

test('a tap leads to a quantity that may be ordered, whatever was typed before', () => {
  fc.assert(
    fc.property(packs, fc.integer({ min: 0, max: 80_000 }), fc.constantFrom(1, -1), (one, quantity_e3, direction) => {
      if (leastOf(one) === null) return
      const next = steppedQuantity(quantity_e3, one, direction as 1 | -1)
      const isAbove = quantity_e3 > (one.maximum_e3 ?? Number.POSITIVE_INFINITY)
      if (next === 0) expect(direction).toBe(-1)
      else if (!isAbove && next !== quantity_e3)
        expect(checkLine({ variant_id: 'v', unit: '件', quantity_e3: next }, one)).toBeNull()
      if (direction === 1) expect(next).toBeGreaterThanOrEqual(quantity_e3)
      else if (quantity_e3) expect(next).toBeLessThan(quantity_e3)
    }),
  )
})

test('up from nothing is the minimum, down from it is nothing', () => {
  const boxed = pack('箱', { minimum_e3: 3000, step_e3: 2000, maximum_e3: 7000 })
  expect([0, 3000, 5000, 7000].map((one) => steppedQuantity(one, boxed, 1))).toEqual([3000, 5000, 7000, 7000])
  expect([7000, 5000, 3000, 0].map((one) => steppedQuantity(one, boxed, -1))).toEqual([5000, 3000, 0, 0])
  expect([4000, 6500].map((one) => steppedQuantity(one, boxed, -1))).toEqual([3000, 5000])
})

test('of what is sold by weight one tap is one unit', () => {
  const loose = pack('公斤', { step_e3: 0 })
  expect([0, 1000, 1350].map((one) => steppedQuantity(one, loose, 1))).toEqual([1000, 2000, 2350])
  expect([2350, 1350, 1000].map((one) => steppedQuantity(one, loose, -1))).toEqual([1350, 1000, 0])
  expect(leastOf(pack('公斤', { step_e3: 0, maximum_e3: 400 }))).toBe(1)
})
