// A price level as it is typed, and what of it the server would refuse.

import { expect, test } from 'vitest'
import type { PriceLevelRow } from '../../wire/feeds'
import { formOf, levelOf, wrongInLevel } from './level_form'

const row = { id: 'silver', name: '银牌', position: 2, is_active: false } as PriceLevelRow

test('what is shown is what is sent', () => {
  const { id: level_id, ...fields } = row
  expect(levelOf(level_id, formOf(row, 9))).toEqual({ level_id, ...fields })
})

test('a new level is in use and stands last', () => {
  expect(levelOf('new', { ...formOf(null, 4), name: ' 铜牌 ' })).toEqual({
    level_id: 'new',
    name: '铜牌',
    position: 4,
    is_active: true,
  })
})

test('says what is wrong at its field', () => {
  const form = formOf(row, 0)
  expect(wrongInLevel(form, ['金牌'])).toEqual({})
  expect(wrongInLevel({ ...form, name: ' ' }, [])).toEqual({ name: 'name_missing' })
  expect(wrongInLevel({ ...form, name: '金牌 ' }, ['金牌'])).toEqual({ name: 'level_twice' })
  for (const position of ['', '-1', '10001', '一']) {
    expect(wrongInLevel({ ...form, position }, [])).toEqual({ position: 'position_bad' })
  }
})
