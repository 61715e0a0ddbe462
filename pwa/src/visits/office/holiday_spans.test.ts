// Days off as spans and back.

import { expect, test } from 'vitest'
import { daysOf, ofYear, spansOf, withoutSpan, withSpan, wrongOf, yearsOf } from './holiday_spans'

const national = { from_on: '2026-10-01', until_on: '2026-10-03', name: '国庆节' }

test('neighbouring days of one name are one span', () => {
  const days = [
    { day_on: '2026-10-03', name: '国庆节' },
    { day_on: '2026-10-01', name: '国庆节' },
    { day_on: '2026-10-02', name: '国庆节' },
    { day_on: '2026-10-04', name: '盘点' },
    { day_on: '2026-10-06', name: '盘点' },
  ]
  expect(spansOf(days)).toEqual([
    { ...national, days: 3 },
    { from_on: '2026-10-04', until_on: '2026-10-04', name: '盘点', days: 1 },
    { from_on: '2026-10-06', until_on: '2026-10-06', name: '盘点', days: 1 },
  ])
  expect(daysOf(national).map((day) => day.day_on)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03'])
  expect(spansOf([])).toEqual([])
})

test('a span over New Year belongs to two years', () => {
  const span = { from_on: '2026-12-31', until_on: '2027-01-02', name: ' 元旦 ' }
  const days = withSpan([{ day_on: '2027-01-01', name: '旧名' }], span)
  expect(yearsOf(span)).toEqual([2026, 2027])
  expect(ofYear(days, 2026)).toEqual([{ day_on: '2026-12-31', name: '元旦' }])
  expect(ofYear(days, 2027)).toEqual([
    { day_on: '2027-01-01', name: '元旦' },
    { day_on: '2027-01-02', name: '元旦' },
  ])
})

test('removing a span leaves its neighbours', () => {
  const days = withSpan([{ day_on: '2026-10-04', name: '盘点' }], national)
  expect(withoutSpan(days, { ...national, days: 3 })).toEqual([{ day_on: '2026-10-04', name: '盘点' }])
})

test('says what is wrong at its field', () => {
  expect(wrongOf(national)).toEqual({})
  expect(wrongOf({ ...national, name: ' ' })).toEqual({ name: 'name_missing' })
  expect(wrongOf({ ...national, from_on: '' })).toEqual({ from_on: 'day_missing' })
  expect(wrongOf({ ...national, until_on: '2026-09-30' })).toEqual({ until_on: 'until_before' })
  expect(wrongOf({ ...national, until_on: '2026-11-30' })).toEqual({ until_on: 'too_long' })
  expect(wrongOf({ ...national, until_on: '2026-11-29' })).toEqual({})
})
