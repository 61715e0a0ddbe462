// What screens read of orders: the list with its search, one order with all that belongs to it, the orders of a customer or a visit.

import { computed, type Ref } from 'vue'
import { offersIn, variantIn } from '../../catalog/rows'
import { findPack } from '../../catalog/rules/packs'
import { priceLine } from '../../catalog/rules/pricing'
import type { MarkState, View } from '../../core/domain'
import { lineOf, matches, searchWords } from '../../core/search'
import { useLive } from '../../sync'
import type {
  AgentRow,
  CustomerRow,
  OrderLineRow,
  OrderMoveRow,
  OrderReturnLineRow,
  OrderReturnRow,
  OrderRow,
} from '../../wire/feeds'
import type { Expense, Recipient } from '../cart'
import { nameIn } from './cart'
import { partyIn } from './party'

/** A line whose price is not what was seen when the order was placed. */
export interface PriceChange {
  line_id: string
  price_before_e4: number
  price_after_e4: number
  amount_before: number
  amount_after: number
}

/** An order with what its JSON columns hold. */
export interface Order extends Omit<OrderRow, 'expenses' | 'recipient' | 'price_changes' | 'hold_codes'> {
  expenses: readonly Expense[]
  recipient: Partial<Recipient>
  price_changes: readonly PriceChange[]
  hold_codes: readonly string[]
}

/** A row of the list. */
export interface Listed {
  order: Order
  /** Whose it is; empty when this phone does not hold him. */
  name: string
  mark: MarkState | undefined
}

function ordersWhere(view: View, field: string, value: string): Order[] {
  return (view.where('orders', field, value) as unknown as Order[]).sort(newestFirst)
}

function newestFirst(one: Order, other: Order): number {
  return other.placed_at - one.placed_at || (one.id < other.id ? 1 : -1)
}

function customerName(view: View, customer_id: string): string {
  const customer = view.get('customers', customer_id) as CustomerRow | undefined
  if (customer) return customer.short_name || customer.name
  return (view.get('agents', customer_id) as AgentRow | undefined)?.name ?? ''
}

interface Searchable extends Listed {
  line: string
}

// A row of the store is replaced, never changed: what was made of both stays right as long as they are the same objects.
const searchable = new WeakMap<Order, Searchable>()

function searchableOf(view: View, order: Order): Searchable {
  const name = customerName(view, order.customer_id)
  const mark = view.state('orders', order.id)
  const known = searchable.get(order)
  if (known?.name === name && known.mark === mark) return known
  const customer = view.get('customers', order.customer_id) as CustomerRow | undefined
  const { name: to = '', mobile = '', street = '' } = order.recipient
  const texts = [name, customer?.pinyin ?? '', customer?.initials ?? '', order.number, to, mobile, street, order.note]
  const made = { order, name, mark, line: lineOf(texts) }
  searchable.set(order, made)
  return made
}

/** All orders on this phone, the newest first; null until they are loaded. */
function useSearchable(): Readonly<Ref<readonly Searchable[] | null>> {
  return useLive<readonly Searchable[] | null>(
    ['orders', 'customers', 'agents'],
    (view) =>
      [...(view.all('orders') as Iterable<unknown> as Iterable<Order>)]
        .sort(newestFirst)
        .map((order) => searchableOf(view, order)),
    null,
  )
}

/** Orders whose customer, number, recipient or note holds every word, in one of these states when any are named. */
export function useOrders(
  text: Readonly<Ref<string>>,
  states: Readonly<Ref<readonly string[]>>,
): Readonly<Ref<readonly Listed[] | null>> {
  const all = useSearchable()
  return computed(() => {
    const words = searchWords(text.value)
    const wanted = new Set(states.value)
    return (
      all.value?.filter(
        ({ order, line }) => (!wanted.size || wanted.has(order.state)) && (!words.length || matches(line, words)),
      ) ?? null
    )
  })
}

/** The orders of one customer, or of one visit. */
export function useOrdersOf(
  field: 'customer_id' | 'visit_id',
  id: Readonly<Ref<string>>,
): Readonly<Ref<readonly Listed[]>> {
  return useLive<readonly Listed[]>(
    ['orders', 'customers', 'agents'],
    (view) =>
      ordersWhere(view, field, id.value).map((order) => ({
        order,
        name: customerName(view, order.customer_id),
        mark: view.state('orders', order.id),
      })),
    [],
  )
}

export interface Return {
  row: OrderReturnRow
  mark: MarkState | undefined
  lines: { line: OrderReturnLineRow; of: OrderLineRow | undefined }[]
}

export interface WholeOrder {
  order: Order
  name: string
  mark: MarkState | undefined
  lines: OrderLineRow[]
  moves: OrderMoveRow[]
  returns: Return[]
}

/**
 * The lines of an order the company has not seen yet, as far as the catalog on this phone can say: what they are called, their list
 * prices, and what will be given with them.
 */
function filledIn(view: View, order: Order, lines: readonly OrderLineRow[]): OrderLineRow[] {
  const buyer = partyIn(view, order.customer_id)?.buyer ?? { customer_id: order.customer_id, level_id: null }
  return lines.flatMap((line) => {
    const variant = variantIn(view, line.variant_id)
    const pack = variant && findPack(variant.packs, line.unit)
    if (!variant || !pack) return [line]
    const priced = priceLine(line, variant, offersIn(view, variant.id), buyer, order.day_on)
    const known = {
      ...line,
      name: nameIn(view, variant.id),
      code: variant.code,
      factor: pack.factor,
      list_price_e4: priced.list_price_e4,
    }
    const gifts = priced.gifts.map((gift, at) => ({
      ...line,
      ...gift,
      id: `${line.id}/${at}`,
      name: nameIn(view, gift.variant_id),
      code: variantIn(view, gift.variant_id)?.code ?? '',
      price_e4: 0,
      amount: 0,
      is_gift: true,
      gift_of: line.id,
    }))
    return [known, ...gifts]
  })
}

function linesOf(view: View, order: Order): OrderLineRow[] {
  const lines = (view.where('order_lines', 'order_id', order.id) as unknown as OrderLineRow[]).sort(
    (one, other) => one.position - other.position,
  )
  return order.number || order.state === 'draft' ? lines : filledIn(view, order, lines)
}

/** An order with all that belongs to it; undefined when the view does not hold it. */
export function wholeOrder(view: View, id: string): WholeOrder | undefined {
  const order = view.get('orders', id) as unknown as Order | undefined
  if (!order) return undefined
  const lines = linesOf(view, order)
  const returns = (view.where('order_returns', 'order_id', id) as unknown as OrderReturnRow[])
    .sort((one, other) => one.asked_at - other.asked_at)
    .map((row) => ({
      row,
      mark: view.state('order_returns', row.id),
      lines: (view.where('order_return_lines', 'return_id', row.id) as unknown as OrderReturnLineRow[]).map((line) => ({
        line,
        of: lines.find((one) => one.id === line.order_line_id),
      })),
    }))
  return {
    order,
    name: customerName(view, order.customer_id),
    mark: view.state('orders', id),
    lines,
    moves: (view.where('order_moves', 'order_id', id) as unknown as OrderMoveRow[]).sort(
      (one, other) => one.at - other.at,
    ),
    returns,
  }
}

const WHOLE = [
  ...['orders', 'order_lines', 'order_moves', 'order_returns', 'order_return_lines'],
  ...['customers', 'contacts', 'agents', 'products', 'variants', 'prices'],
]

/** The same, live; null until it is known. */
export function useOrder(id: Readonly<Ref<string>>): Readonly<Ref<WholeOrder | undefined | null>> {
  return useLive<WholeOrder | undefined | null>(WHOLE, (view) => wholeOrder(view, id.value), null)
}
