// @vitest-environment happy-dom
// Figures in people's words: money, quantities, rates, and how far somebody rose.

import { beforeAll, expect, test } from 'vitest'
import { loadWords } from '../../core/words'
import { plainValue, sayRise, sayValue } from './says'

beforeAll(() => loadWords(['core', 'figures']))

const row = { rank: 2, key: 'k', name: '王磊' }

test.each([
  ['sales', 123_450, '¥1,234.50'],
  ['profit', -5, '−¥0.05'],
  ['quantity', 2500, '2.5'],
  ['completion', 824, '82.4%'],
  ['visits', 3, '3 次'],
  ['new_customers', 2, '2 家'],
])('%s of %i', (metric, value, said) => {
  expect(sayValue(metric, value)).toBe(said)
})

test.each([
  ['sales', 123_450, '1234.50'],
  ['profit', -5, '-0.05'],
  ['quantity', 2500, '2.5'],
  ['completion', 824, '0.824'],
  ['visits', 3, '3'],
])('%s of %i in a spreadsheet', (metric, value, plain) => {
  expect(plainValue(metric, value)).toBe(plain)
})

test.each([
  [5, '上升 3 位'],
  [1, '下降 1 位'],
  [2, '没变'],
  [null, '新上榜'],
])('from place %s', (previous_rank, said) => {
  expect(sayRise({ ...row, previous_rank })).toBe(said)
})
