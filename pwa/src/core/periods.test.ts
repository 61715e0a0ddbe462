// Which days a period is.

import { expect, test } from 'vitest'
import { daysOf, type Period, type Whole, wholeOf } from './periods'

test.each<[Period, string, string, string]>([
  ['today', '2026-03-01', '2026-03-01', '2026-03-01'],
  ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
  // A Sunday belongs to the week that began on Monday.
  ['week', '2026-03-01', '2026-02-23', '2026-03-01'],
  ['week', '2026-03-02', '2026-03-02', '2026-03-02'],
  ['month', '2026-03-31', '2026-03-01', '2026-03-31'],
  ['last_month', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['last_month', '2026-01-05', '2025-12-01', '2025-12-31'],
  ['last_month', '2028-03-15', '2028-02-01', '2028-02-29'],
  ['year', '2026-03-01', '2026-01-01', '2026-03-01'],
])('%s seen on %s', (period, today, from, until) => {
  expect(daysOf(period, today)).toEqual({ from, until })
})

test.each<[Whole, number, string, string]>([
  ['month', 0, '2026-12-01', '2026-12-31'],
  ['month', 1, '2027-01-01', '2027-01-31'],
  ['month', -10, '2026-02-01', '2026-02-28'],
  ['quarter', 0, '2026-10-01', '2026-12-31'],
  ['quarter', -4, '2025-10-01', '2025-12-31'],
  ['year', 0, '2026-01-01', '2026-12-31'],
  ['year', 2, '2028-01-01', '2028-12-31'],
])('the whole %s, %i away', (kind, away, from, until) => {
  expect(wholeOf(kind, '2026-12-01', away)).toEqual({ from, until })
})
