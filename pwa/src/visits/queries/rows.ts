// Reads shared by the queries here: typed rows out of a view, who the reader is, and names where a row is not held.

import { computed, type DeepReadonly } from 'vue'
import { signedIn } from '../../core/access'
import type { Row, View } from '../../core/domain'
import { shortAddress } from '../../customers/says'
import type { FeedName, Feeds } from '../../wire/feeds'

export type Of<Name extends FeedName> = Feeds[Name] & Row

/** The id of the person signed in; empty for nobody. */
export const me = computed(() => signedIn.value?.id ?? '')

export type Me = DeepReadonly<typeof signedIn.value>

export function get<Name extends FeedName>(view: View, table: Name, id: string | null | undefined) {
  return id ? (view.get(table, id) as Of<Name> | undefined) : undefined
}

export function where<Name extends FeedName>(view: View, table: Name, field: keyof Feeds[Name], value: unknown) {
  return view.where(table, field as string, value) as Of<Name>[]
}

export function all<Name extends FeedName>(view: View, table: Name) {
  return view.all(table) as Iterable<Of<Name>>
}

/** The days off the phone knows. */
export function holidaysIn(view: View): Set<string> {
  return new Set([...all(view, 'holidays')].map((holiday) => holiday.id))
}

/** The stops of a route in their order. */
export function stopsOf(view: View, route_id: string): Of<'route_stops'>[] {
  return where(view, 'route_stops', 'route_id', route_id).sort(
    (one, other) => one.position - other.position || (one.id < other.id ? -1 : 1),
  )
}

/** Where a customer is, in one line as in the list of customers; empty when nobody wrote it down. */
export function addressOf(customer: Of<'customers'> | undefined): string {
  return customer ? shortAddress(customer) : ''
}
