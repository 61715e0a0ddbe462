import { describe, expect, test } from 'vitest'
import { addDays, clockTime, dayOn, daysBetween, monthOf, sayDay, sayDuration, sayMoment, weekdayOf } from './times'

const NOW = Date.parse('2026-03-10T14:05:00+08:00')

describe('days and months of the company', () => {
  test('the day turns at midnight in Shanghai, whatever the phone is set to', () => {
    expect(dayOn(Date.parse('2026-03-09T15:59:59Z'))).toBe('2026-03-09')
    expect(dayOn(Date.parse('2026-03-09T16:00:00Z'))).toBe('2026-03-10')
    expect(clockTime(Date.parse('2026-03-09T16:00:00Z'))).toBe('00:00')
    expect(monthOf(Date.parse('2025-12-31T16:00:00Z'))).toBe('202601')
  })

  test('another zone can be asked for', () => {
    expect(dayOn(Date.parse('2026-03-09T16:00:00Z'), 'UTC')).toBe('2026-03-09')
  })

  test('days are counted over the ends of months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2026-03-10', '2026-03-09')).toBe(-1)
  })

  test('weeks begin on Monday', () => {
    expect(weekdayOf('2026-03-09')).toBe(1)
    expect(weekdayOf('2026-03-15')).toBe(7)
  })
})

describe('as people say it', () => {
  test.each([
    ['2026-03-10T09:30:00+08:00', '今天 09:30', 'Today 09:30'],
    ['2026-03-09T23:59:00+08:00', '昨天 23:59', 'Yesterday 23:59'],
    ['2026-03-11T00:00:00+08:00', '明天 00:00', 'Tomorrow 00:00'],
    ['2026-03-08T12:00:00+08:00', '3月8日', '8 Mar'],
    ['2025-03-08T12:00:00+08:00', '2025年3月8日', '8 Mar 2025'],
  ])('%s', (moment, chinese, english) => {
    expect(sayMoment(Date.parse(moment), NOW)).toBe(chinese)
    expect(sayMoment(Date.parse(moment), NOW, 'en')).toBe(english)
  })

  test('an exact moment keeps its time on any day', () => {
    expect(sayMoment(Date.parse('2026-03-08T12:00:00+08:00'), NOW, 'zh-CN', true)).toBe('3月8日 12:00')
  })

  test('days alone', () => {
    expect(sayDay('2026-03-10', '2026-03-10')).toBe('今天')
    expect(sayDay('2025-12-31', '2026-01-01')).toBe('昨天')
    expect(sayDay('2025-12-30', '2026-01-01')).toBe('2025年12月30日')
  })

  test('durations', () => {
    expect(sayDuration(59_999)).toBe('0 分钟')
    expect(sayDuration(8 * 60_000)).toBe('8 分钟')
    expect(sayDuration(65 * 60_000)).toBe('1 小时 05 分')
    expect(sayDuration(65 * 60_000, 'en')).toBe('1 h 05 min')
  })
})
