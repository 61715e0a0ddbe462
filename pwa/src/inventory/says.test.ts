// Stock in words: base units, and the packs they make.

import { expect, test } from 'vitest'
import { sayChange, sayInPacks, sayStock } from './says'

const PACKS = [
  { unit: '件', factor: 1 },
  { unit: '盒', factor: 6 },
  { unit: '箱', factor: 12 },
]

test.each([
  [1_240_000, '1,240 件', '103 箱 4 件'],
  [24_000, '24 件', '2 箱'],
  [11_500, '11.5 件', ''],
  [12_500, '12.5 件', '1 箱 0.5 件'],
  [0, '0 件', ''],
])('%d is %s, %s', (quantity_e3, base, packs) => {
  expect(sayStock(quantity_e3, PACKS)).toBe(base)
  expect(sayInPacks(quantity_e3, PACKS)).toBe(packs)
})

test('goods with one unit are counted in nothing larger', () => {
  expect(sayInPacks(500_000, PACKS.slice(0, 1))).toBe('')
  expect(sayStock(500_000, [])).toBe('500')
})

test('what comes and goes has its sign', () => {
  expect([12_000, -3_500].map(sayChange)).toEqual(['+12', '−3.5'])
})
