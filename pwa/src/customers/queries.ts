// What screens read of customers: the searchable list, one customer with its contacts and pins, classes, requests.

import { computed, type Ref } from 'vue'
import type { MarkState, View } from '../core/domain'
import { useLive } from '../sync'
import type { ContactRow, CustomerClassRow, CustomerPinRow, CustomerRow, PriceLevelRow } from '../wire/feeds'
import { history } from './history'
import { type Likely, type Likeness, looksLike, pinOf } from './rules'
import { type Asked, type Found, indexOf, type SearchIndex, search } from './search'

function rowsOf<T>(view: View, table: string): Iterable<T> {
  return view.all(table) as Iterable<unknown> as Iterable<T>
}

/** All active customers, ready to be searched; null until they are loaded. */
function useIndex(): Readonly<Ref<SearchIndex | null>> {
  return useLive<SearchIndex | null>(['customers'], (view) => indexOf(rowsOf<CustomerRow>(view, 'customers')), null)
}

/** What a search finds; null until the customers are loaded. */
export function useCustomerSearch(asked: Readonly<Ref<Asked>>): Readonly<Ref<Found | null>> {
  const index = useIndex()
  return computed(() => index.value && search(index.value, asked.value))
}

/** One customer: undefined when this phone does not hold it, null until that is known. */
export function useCustomer(id: Readonly<Ref<string>>): Readonly<Ref<CustomerRow | undefined | null>> {
  return useLive<CustomerRow | undefined | null>(
    ['customers'],
    (view) => view.get('customers', id.value) as CustomerRow | undefined,
    null,
  )
}

/** The marks of some rows; received ones are left out, being the normal case. */
export function useMarks(
  table: string,
  ids: Readonly<Ref<readonly string[]>>,
): Readonly<Ref<ReadonlyMap<string, MarkState>>> {
  return useLive<ReadonlyMap<string, MarkState>>(
    [table],
    (view) =>
      new Map(
        ids.value.flatMap((id) => {
          const state = view.state(table, id)
          return state && state !== 'received' ? [[id, state] as const] : []
        }),
      ),
    new Map(),
  )
}

/** Classes in their order, also those no longer in use; null until they are loaded. */
export function useKnownClasses(): Readonly<Ref<readonly CustomerClassRow[] | null>> {
  return useLive<readonly CustomerClassRow[] | null>(
    ['customer_classes'],
    (view) =>
      [...rowsOf<CustomerClassRow>(view, 'customer_classes')].sort(
        (one, other) => one.position - other.position || (one.name < other.name ? -1 : 1),
      ),
    null,
  )
}

/** The same, none until they are loaded. */
export function useClasses(): Readonly<Ref<readonly CustomerClassRow[]>> {
  const known = useKnownClasses()
  return computed(() => known.value ?? [])
}

/** Price levels in their order, also those no longer in use; null until they are loaded. */
export function useKnownLevels(): Readonly<Ref<readonly PriceLevelRow[] | null>> {
  return useLive<readonly PriceLevelRow[] | null>(
    ['price_levels'],
    (view) =>
      [...rowsOf<PriceLevelRow>(view, 'price_levels')].sort(
        (one, other) => one.position - other.position || (one.id < other.id ? -1 : 1),
      ),
    null,
  )
}

/** Those in use, none until they are loaded. */
export function usePriceLevels(): Readonly<Ref<readonly PriceLevelRow[]>> {
  const known = useKnownLevels()
  return computed(() => (known.value ?? []).filter((row) => row.is_active))
}

/** A customer's contacts, the main one first. */
export function useContacts(customerId: Readonly<Ref<string>>): Readonly<Ref<readonly ContactRow[]>> {
  return useLive<readonly ContactRow[]>(
    ['contacts'],
    (view) =>
      (view.where('contacts', 'customer_id', customerId.value) as unknown as ContactRow[]).sort(
        (one, other) => Number(other.is_main) - Number(one.is_main) || (one.name < other.name ? -1 : 1),
      ),
    [],
  )
}

/** Corrections asked for this customer that nobody has decided yet, the newest first. */
export function useAskedPins(customerId: Readonly<Ref<string>>): Readonly<Ref<readonly CustomerPinRow[]>> {
  return useLive<readonly CustomerPinRow[]>(
    ['customer_pins'],
    (view) =>
      (view.where('customer_pins', 'customer_id', customerId.value) as unknown as CustomerPinRow[])
        .filter((pin) => pin.state === 'asked')
        .sort((one, other) => other.asked_at - one.asked_at),
    [],
  )
}

export interface PinRequest {
  pin: CustomerPinRow
  customer: CustomerRow
}

/** Every undecided correction of customers this phone holds, the oldest first. */
export function usePinRequests(): Readonly<Ref<readonly PinRequest[] | null>> {
  return useLive<readonly PinRequest[] | null>(
    ['customer_pins', 'customers'],
    (view) =>
      (view.where('customer_pins', 'state', 'asked') as unknown as CustomerPinRow[])
        .flatMap((pin) => {
          const customer = view.get('customers', pin.customer_id) as CustomerRow | undefined
          return customer ? [{ pin, customer }] : []
        })
        .sort((one, other) => one.pin.asked_at - other.pin.asked_at),
    null,
  )
}

/** The moment somebody was last with each of some customers. */
export function useLastSeen(customerIds: Readonly<Ref<readonly string[]>>): Readonly<Ref<ReadonlyMap<string, number>>> {
  const { tables, lastAt } = history() ?? { tables: [], lastAt: () => undefined }
  return useLive<ReadonlyMap<string, number>>(
    tables,
    (view) =>
      new Map(
        customerIds.value.flatMap((id) => {
          const at = lastAt(view, id)
          return at ? [[id, at] as const] : []
        }),
      ),
    new Map(),
  )
}

export interface LookAlike {
  row: CustomerRow
  why: Likely
}

const WEIGHT: Record<Likely, number> = { phone: 0, name: 1, near: 2 }

/** Active customers that may be the one being typed in, the surest first. */
export function useLookAlikes(fresh: Readonly<Ref<Likeness>>): Readonly<Ref<readonly LookAlike[]>> {
  const index = useIndex()
  return computed(() => {
    const found: LookAlike[] = []
    for (const row of index.value?.rows ?? []) {
      const why = looksLike(fresh.value, { name: row.name, phone: row.phone, pin: pinOf(row) })
      if (why) found.push({ row, why })
    }
    return found.sort((one, other) => WEIGHT[one.why] - WEIGHT[other.why]).slice(0, 5)
  })
}
