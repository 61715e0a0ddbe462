// Shares of sums.

import { expect, test } from 'vitest'
import { permille } from './percent'

test.each([
  [400, 1000, '40.0 %'],
  [1, 3, '33.3 %'],
  [2, 3, '66.7 %'],
  [1, 2000, '0.1 %'],
  [1, 2001, '0.0 %'],
  [-1, 3, '−33.3 %'],
  [-1, 100_000, '0.0 %'],
  [1500, 1000, '150.0 %'],
  [5, 0, ''],
  [5, -5, ''],
])('%d of %d is %s', (part, whole, said) => {
  expect(permille(part, whole)).toBe(said)
})
