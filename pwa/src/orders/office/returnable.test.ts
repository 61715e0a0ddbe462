// What may still come back of what left.

import { expect, test } from 'vitest'
import { leftOf } from './returnable'

type Order = Parameters<typeof leftOf>[0]

const line = (id: string, factor: number, shipped_e3: number, returned_e3: number) =>
  ({ id, factor, shipped_e3, returned_e3 }) as Order['lines'][number]
const back = (state: string, ...parts: [string, number][]) =>
  ({
    state,
    lines: parts.map(([order_line_id, quantity_e3]) => ({ order_line_id, quantity_e3 })),
  }) as Order['returns'][number]

test('in the unit of the line, less what came back and what is asked to', () => {
  const order = {
    lines: [line('boxes', 24, 120_000, 24_000), line('bottles', 1, 7000, 0), line('kept', 1, 0, 0)],
    returns: [
      back('asked', ['boxes', 1000], ['bottles', 2000]),
      back('received', ['boxes', 1000]),
      back('refused', ['bottles', 5000]),
    ],
  }
  expect(Object.fromEntries(leftOf(order))).toEqual({ boxes: 3000, bottles: 5000, kept: 0 })
})
