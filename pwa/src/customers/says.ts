// How a customer is said in a list: short address, last visit. Only text.

import { type Locale, sayMoment } from '../core/times'
import type { CustomerRow } from '../wire/feeds'

/** County and street; the whole address belongs to the customer's own page. */
export function shortAddress(row: Pick<CustomerRow, 'county' | 'street'>): string {
  return row.street.includes(row.county) ? row.street : row.county + row.street
}

/** Province, city, county and street as one line, without saying a municipality twice. */
export function wholeAddress(row: Pick<CustomerRow, 'province' | 'city' | 'county' | 'street'>): string {
  const parts = row.province === row.city ? [row.city] : [row.province, row.city]
  const line = [...parts, row.county].filter((part) => part && !row.street.includes(part)).join('')
  return line + row.street
}

/** "3 天前" would go stale on screen; a day does not. */
export function sayVisit(at: number | undefined, now: number, locale: Locale): string {
  return at === undefined ? '' : sayMoment(at, now, locale)
}

/** Tags come as a JSON list; anything else is none. */
export function tagsOf(row: Pick<CustomerRow, 'tags'>): string[] {
  return Array.isArray(row.tags) ? row.tags.map(String) : []
}
