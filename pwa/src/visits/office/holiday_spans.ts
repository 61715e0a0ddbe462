// Days off as people say them: neighbouring days of one name are one span, and a span typed in becomes days. Pure; days are 'YYYY-MM-DD'.

import { lastOf } from '../../core/arrays'
import { addDays, daysBetween } from '../../core/times'

export interface DayOff {
  day_on: string
  name: string
}

export interface Span {
  from_on: string
  until_on: string
  name: string
  days: number
}

/** Nobody is off for longer in one go; more is a slip of the finger. */
export const SPAN_MAX_DAYS = 60

/** Days in any order as spans, the earliest first. */
export function spansOf(days: readonly DayOff[]): Span[] {
  const spans: Span[] = []
  for (const { day_on, name } of [...days].sort((one, other) => (one.day_on < other.day_on ? -1 : 1))) {
    const last = lastOf(spans)
    if (last && last.name === name && addDays(last.until_on, 1) === day_on) {
      last.until_on = day_on
      last.days += 1
    } else spans.push({ from_on: day_on, until_on: day_on, name, days: 1 })
  }
  return spans
}

/** The days of a span, both ends with it. */
export function daysOf({ from_on, until_on, name }: Pick<Span, 'from_on' | 'until_on' | 'name'>): DayOff[] {
  const count = daysBetween(from_on, until_on)
  return Array.from({ length: count + 1 }, (_, at) => ({ day_on: addDays(from_on, at), name: name.trim() }))
}

/** `days` with a span added: a day off twice takes the new name. */
export function withSpan(days: readonly DayOff[], span: Pick<Span, 'from_on' | 'until_on' | 'name'>): DayOff[] {
  const added = daysOf(span)
  const taken = new Set(added.map((day) => day.day_on))
  return [...days.filter((day) => !taken.has(day.day_on)), ...added]
}

export function withoutSpan(days: readonly DayOff[], { from_on, until_on }: Span): DayOff[] {
  return days.filter(({ day_on }) => day_on < from_on || day_on > until_on)
}

/** The calendar years a span touches. */
export function yearsOf({ from_on, until_on }: Pick<Span, 'from_on' | 'until_on'>): number[] {
  const first = Number(from_on.slice(0, 4))
  return Array.from({ length: Number(until_on.slice(0, 4)) - first + 1 }, (_, at) => first + at)
}

/** The days of one year, in order, as visits.set_holidays takes them. */
export function ofYear(days: readonly DayOff[], year: number): DayOff[] {
  return days
    .filter(({ day_on }) => day_on.startsWith(`${year}-`))
    .sort((one, other) => (one.day_on < other.day_on ? -1 : 1))
}

/** What is wrong with a span typed in, by field, as keys of visits.holidays.*. */
export function wrongOf(span: Pick<Span, 'from_on' | 'until_on' | 'name'>): Partial<Record<keyof Span, string>> {
  const wrong: Partial<Record<keyof Span, string>> = {}
  if (!span.name.trim()) wrong.name = 'name_missing'
  if (!span.from_on) wrong.from_on = 'day_missing'
  else if (span.until_on < span.from_on) wrong.until_on = 'until_before'
  else if (daysBetween(span.from_on, span.until_on) >= SPAN_MAX_DAYS) wrong.until_on = 'too_long'
  return wrong
}
