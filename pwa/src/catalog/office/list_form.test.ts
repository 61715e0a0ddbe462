// A price list as it is typed, and whether it holds on a day.

import { expect, test } from 'vitest'
import type { PriceListRow } from '../../wire/feeds'
import { formOf, listOf, stateOf, wrongInList } from './list_form'

const row = {
  id: 'l',
  name: '银牌价',
  kind: 'level',
  level_id: 'silver',
  customer_id: null,
  from_on: '2026-03-01',
  until_on: '2026-03-31',
  is_active: true,
  version: 3,
} as PriceListRow

test('what is shown is what is sent', () => {
  const { id: list_id, kind: _, version: __, ...fields } = row
  expect(listOf(list_id, formOf(row, '2026-01-01'))).toEqual({ list_id, ...fields })
  expect(listOf('new', { ...formOf(null, '2026-01-01'), name: ' x ', customer_id: 'c' })).toEqual({
    list_id: 'new',
    name: 'x',
    level_id: null,
    customer_id: 'c',
    from_on: '2026-01-01',
    until_on: null,
    is_active: true,
  })
})

test('says what is wrong at its field', () => {
  const form = formOf(row, '')
  expect(wrongInList(form)).toEqual({})
  expect(wrongInList({ ...form, name: ' ' })).toEqual({ name: 'name_missing' })
  expect(wrongInList({ ...form, level_id: '' })).toEqual({ level_id: 'list_of_whom' })
  expect(wrongInList({ ...form, from_on: '' })).toEqual({ from_on: 'no_such_day' })
  expect(wrongInList({ ...form, until_on: '2026-02-28' })).toEqual({ until_on: 'ends_before_it_begins' })
})

test('holds from its first day to its last', () => {
  const days = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01']
  expect(days.map((day) => stateOf(row, day))).toEqual(['later', 'now', 'now', 'over'])
  expect(stateOf({ ...row, until_on: null }, '2030-01-01')).toBe('now')
  expect(stateOf({ ...row, is_active: false }, '2026-03-10')).toBe('off')
})
