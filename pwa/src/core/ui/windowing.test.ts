import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowOf } from './windowing'

test('draws what is on screen and a little more', () => {
  expect(windowOf(1000, () => 50, 5000, 600, 100)).toEqual({ from: 98, until: 114, above: 4900, below: 44_300 })
})

test('an empty list draws nothing', () => {
  expect(windowOf(0, () => 50, 0, 600)).toEqual({ from: 0, until: 0, above: 0, below: 0 })
})

test('a list that became shorter than the scroll still draws its end', () => {
  const drawn = windowOf(3, () => 50, 100_000, 600)
  expect(drawn.until).toBe(3)
  expect(drawn.from).toBeLessThan(3)
})

test('nothing is lost: room above, drawn rows and room below add up, and every row on screen is drawn', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 200 }),
      fc.nat(20_000),
      fc.integer({ min: 1, max: 1000 }),
      (heights, top, height) => {
        const heightOf = (index: number): number => heights[index] ?? 0
        const drawn = windowOf(heights.length, heightOf, top, height)
        let at = 0
        let shown = 0
        heights.forEach((tall, index) => {
          const isDrawn = index >= drawn.from && index < drawn.until
          if (isDrawn) shown += tall
          if (at < top + height && at + tall > top) expect(isDrawn).toBe(true)
          at += tall
        })
        expect(drawn.above + shown + drawn.below).toBe(at)
      },
    ),
  )
})
