// A class as it is typed, and what of it the server would refuse.

import { expect, test } from 'vitest'
import type { CustomerClassRow } from '../../wire/feeds'
import { classOf, formOf, wrongInClass } from './class_form'

const row = {
  id: 'corner',
  name: '便利店',
  geofence: 'hard',
  radius_m: 150,
  photo_source: 'camera',
  position: 3,
  is_active: false,
} as CustomerClassRow

test('what is shown is what is sent', () => {
  const { id: class_id, ...fields } = row
  expect(classOf(class_id, formOf(row, 9))).toEqual({ class_id, ...fields })
})

test('a new class flags from 200 m and stands last', () => {
  expect(classOf('new', { ...formOf(null, 4), name: ' 批发 ' })).toEqual({
    class_id: 'new',
    name: '批发',
    geofence: 'flag',
    radius_m: 200,
    photo_source: 'any',
    position: 4,
    is_active: true,
  })
})

test('says what is wrong at its field', () => {
  const form = formOf(row, 0)
  expect(wrongInClass(form, ['超市'])).toEqual({})
  expect(wrongInClass({ ...form, name: '  ' }, [])).toEqual({ name: 'name_missing' })
  expect(wrongInClass({ ...form, name: '超市 ' }, ['超市'])).toEqual({ name: 'class_twice' })
  for (const radius_m of ['', '19', '20001', '1.5', '-50', '远'])
    expect(wrongInClass({ ...form, radius_m }, [])).toEqual({ radius_m: 'radius_bad' })
  for (const radius_m of ['20', '20000']) expect(wrongInClass({ ...form, radius_m }, [])).toEqual({})
  for (const position of ['', '-1', '10001']) {
    expect(wrongInClass({ ...form, position }, [])).toEqual({ position: 'position_bad' })
  }
})

test('without a fence the radius does not matter', () => {
  const form = { ...formOf(row, 0), geofence: 'none', radius_m: '' }
  expect(wrongInClass(form, [])).toEqual({})
  expect(classOf('corner', form).radius_m).toBe(200)
})
