// Spans of days as people ask for them. Pure; the day "today" is handed in.

import { addDays, weekdayOf } from './times'

export const PERIODS = ['today', 'yesterday', 'week', 'month', 'last_month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]

/** Inclusive days, 'YYYY-MM-DD'; empty where it is open. */
export interface Days {
  from: string
  until: string
}

/** The days of a period, up to and with today where it is not over yet. */
export function daysOf(period: Period, today: string): Days {
  const month = `${today.slice(0, 7)}-01`
  switch (period) {
    case 'today':
      return { from: today, until: today }
    case 'yesterday':
      return { from: addDays(today, -1), until: addDays(today, -1) }
    case 'week':
      return { from: addDays(today, 1 - weekdayOf(today)), until: today }
    case 'month':
      return { from: month, until: today }
    case 'last_month': {
      const last = addDays(month, -1)
      return { from: `${last.slice(0, 7)}-01`, until: last }
    }
    case 'quarter': {
      const first = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1
      return { from: `${today.slice(0, 4)}-${String(first).padStart(2, '0')}-01`, until: today }
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, until: today }
  }
}

export const WHOLE = ['month', 'quarter', 'year'] as const
export type Whole = (typeof WHOLE)[number]
const MONTHS: Record<Whole, number> = { month: 1, quarter: 3, year: 12 }

/** All days of the month, quarter or year a day lies in, or of the one so many before (below zero) or after it. */
export function wholeOf(kind: Whole, day: string, away = 0): Days {
  const length = MONTHS[kind]
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
  const first = (Math.floor(month / length) + away) * length
  return { from: firstOf(first), until: addDays(firstOf(first + length), -1) }
}

function firstOf(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
}
