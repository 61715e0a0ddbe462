// What visits have to tell about a customer: those made and not made, and when he was last visited.

import type { Row, View } from '../core/domain'
import type { History } from '../customers/history'
import type { VisitRow } from '../wire/feeds'

/** A customer's visits this phone holds, also those not made, the newest first. */
export function visitsAt(view: View, customer_id: string): VisitRow[] {
  return (view.where('visits', 'customer_id', customer_id) as (Row & VisitRow)[]).sort((one, other) =>
    one.day_on === other.day_on
      ? (other.checked_in_at ?? 0) - (one.checked_in_at ?? 0)
      : one.day_on < other.day_on
        ? 1
        : -1,
  )
}

export const HISTORY: History = {
  tables: ['visits'],
  lastAt: (view, customer_id) =>
    visitsAt(view, customer_id).find((visit) => visit.checked_in_at !== null)?.checked_in_at ?? undefined,
}
