import { expect, test } from 'vitest'
import { formatted } from './message'

test('places are filled, and stay empty without a value', () => {
  const message = [['距离 ', 'metres', ' 米']]
  expect(formatted(message, { metres: 86 })).toBe('距离 86 米')
  expect(formatted(message, { metres: 0 })).toBe('距离 0 米')
  expect(formatted(message, {})).toBe('距离  米')
  expect(formatted(message, { metres: null })).toBe('距离  米')
})

test('one text says every number', () => {
  const message = [['', 'count', ' 条']]
  expect([0, 1, 5].map((count) => formatted(message, { count }, count))).toEqual(['0 条', '1 条', '5 条'])
})

test('of two cases the first is for one only', () => {
  const message = [
    ['', 'count', ' order'],
    ['', 'count', ' orders'],
  ]
  expect([0, 1, 1.5, 2, 30].map((count) => formatted(message, { count }, count))).toEqual([
    '0 orders',
    '1 order',
    '1.5 orders',
    '2 orders',
    '30 orders',
  ])
  expect(formatted(message, { count: 3 })).toBe('3 orders')
  expect(formatted(message, {})).toBe(' order')
})

test('of three cases the first is for none', () => {
  const message = [['none'], ['one'], ['many']]
  expect([0, 1, 2, 9].map((count) => formatted(message, {}, count))).toEqual(['none', 'one', 'many', 'many'])
})
