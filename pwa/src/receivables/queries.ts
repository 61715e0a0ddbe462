// What screens read of receivables: how a customer's account stands, and the money somebody received. Amounts are fen.

import type { Ref } from 'vue'
import type { MarkState, Row, View } from '../core/domain'
import { useLive } from '../sync'
import type { AccountRow, CollectionRow, ReceivableItemRow } from '../wire/feeds'
import { creditLeft, isOverdue } from './rules'

/** How an account stands. Who never had anything to do with money has one in which nothing is owed. */
export interface Standing extends Omit<AccountRow, 'id'> {
  credit_left: number | null
  overdue: number
  /** What is owed, first due first. */
  items: ReceivableItemRow[]
}

const NOTHING: Omit<AccountRow, 'id'> = { debt: 0, committed: 0, credit_limit: null, credit_days: 0, policy: 'none' }

export const ACCOUNT_TABLES = ['accounts', 'receivable_items'] as const

/** What a customer owes, first due first, as a view holds it. */
export function owedItems(view: Pick<View, 'where'>, customer_id: string): (Row & ReceivableItemRow)[] {
  return (view.where('receivable_items', 'customer_id', customer_id) as (Row & ReceivableItemRow)[])
    .filter((item) => item.open_amount > 0)
    .sort((one, other) =>
      one.due_on === other.due_on ? (one.id < other.id ? -1 : 1) : one.due_on < other.due_on ? -1 : 1,
    )
}

/** A customer's account on a day, as a view holds it. */
export function standingOf(view: View, customer_id: string, day: string): Standing {
  const account = (view.get('accounts', customer_id) as AccountRow | undefined) ?? NOTHING
  const items = owedItems(view, customer_id)
  const { debt, committed, credit_limit, credit_days, policy } = account
  return {
    debt,
    committed,
    credit_limit,
    credit_days,
    policy,
    credit_left: creditLeft(credit_limit, debt, committed),
    overdue: items.reduce(
      (sum, item) => sum + (isOverdue(item.due_on, item.open_amount, day) ? item.open_amount : 0),
      0,
    ),
    items,
  }
}

/** The same, live; null until it has been read. */
export function useAccount(customer_id: () => string, day: () => string): Readonly<Ref<Standing | null>> {
  return useLive<Standing | null>(ACCOUNT_TABLES, (view) => standingOf(view, customer_id(), day()), null)
}

/** Money received, with the customer it came from and the mark of its row. */
export interface Received {
  collection: CollectionRow
  customer: string
  mark: MarkState | undefined
}

function receivedIn(view: View, rows: Iterable<Row>): Received[] {
  return ([...rows] as (Row & CollectionRow)[])
    .map((collection) => {
      const customer = view.get('customers', collection.customer_id)
      return {
        collection,
        customer: String(customer?.short_name || customer?.name || ''),
        mark: view.state('collections', collection.id),
      }
    })
    .sort(({ collection: one }, { collection: other }) =>
      one.collected_at === other.collected_at ? (one.id < other.id ? 1 : -1) : other.collected_at - one.collected_at,
    )
}

/** The collections this phone holds whose `field` has a value, the newest first; also those that were taken back. */
export function useReceived(
  field: 'customer_id' | 'visit_id' | 'person_id',
  value: () => string,
): Readonly<Ref<readonly Received[] | null>> {
  return useLive<readonly Received[] | null>(
    ['collections', 'customers'],
    (view) => receivedIn(view, view.where('collections', field, value())),
    null,
  )
}

/** What of a list counts: nothing that was taken back. */
export function sumOf(received: readonly Received[]): number {
  return received.reduce((sum, { collection }) => sum + (collection.state === 'recorded' ? collection.amount : 0), 0)
}
