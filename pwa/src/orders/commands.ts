// Every write of orders from a phone: the payload, and what it does at once to the phone's own rows. Carts are nobody's business but this
// phone's (carts.ts); what a clerk does at a desk is sent online, from office/.

import { reckoned } from '../core/clocks'
import type { Draft, Effect, EffectMeta } from '../core/domain'
import { uuid7 } from '../core/ids'
import { amountOf } from '../core/quantities'
import { dayOn } from '../core/times'
import { dispatch, fixIssue, undecided } from '../sync'
import { clocksNow } from '../sync/clocks'
import type { Payloads } from '../wire/commands'
import type { OrderLineRow, OrderMoveRow, OrderReturnLineRow, OrderReturnRow, OrderRow } from '../wire/feeds'
import { returnedAmount, totals } from './rules'

type Place = Payloads['orders.place']
type Move = Payloads['orders.cancel']
type AskReturn = Payloads['orders.ask_return']

/** An order as its cart wants it; the clocks are taken when it is handed in. */
export type Wanted = Omit<Place, 'clocks'>

/** Hands in an order. `draft` is the cart it comes from, if any, which goes with the same save. */
export function placeOrder(wanted: Wanted, draft?: string): Promise<string> {
  const { customer_id, visit_id } = wanted
  const deps = [
    ...undecided('customers.add', 'customer_id', customer_id),
    ...(visit_id ? undecided('visits.check_in', 'visit_id', visit_id) : []),
  ]
  return dispatch('orders.place', { ...wanted, clocks: clocksNow() } satisfies Place, {
    deps,
    ...(draft ? { draft } : {}),
  })
}

/** Hands in a refused order again as it was mended. It is the same order, placed when it was placed. */
export function mendOrder(issue: string, refused: Place, wanted: Wanted): Promise<void> {
  const { clocks } = refused
  return fixIssue(issue, { ...wanted, ...(clocks ? { clocks } : {}) } satisfies Place)
}

/** What is done to an order hangs on its being placed. */
function afterPlacing(order_id: string): { deps: string[] } {
  return { deps: ['orders.place', 'orders.submit'].flatMap((name) => undecided(name, 'order_id', order_id)) }
}

/** Calls an order off; the reason may be empty. `expect` is the state the person saw it in. */
export function cancelOrder(order_id: string, expect: string, reason: string): Promise<string> {
  return dispatch('orders.cancel', { order_id, expect, reason } satisfies Move, afterPlacing(order_id))
}

/** Places a draft somebody saved at a desk. */
export function submitDraft(order_id: string): Promise<string> {
  return dispatch('orders.submit', { order_id, expect: 'draft', reason: '' } satisfies Payloads['orders.submit'])
}

/** Asks for goods to come back, so much of each line in its unit, by line; the reason is not empty. */
export function askReturn(order_id: string, back: ReadonlyMap<string, number>, reason: string): Promise<string> {
  const lines = [...back].map(([line_id, quantity_e3]) => ({ return_line_id: uuid7(), line_id, quantity_e3 }))
  const args: AskReturn = { return_id: uuid7(), order_id, lines, reason }
  return dispatch('orders.ask_return', args, afterPlacing(order_id))
}

function noteMove(
  draft: Draft,
  args: { order_id: string; reason?: string },
  verb: string,
  to: string,
  meta: EffectMeta,
) {
  const at = meta.captured_at
  const from_state = String(draft.get('orders', args.order_id)?.state ?? '')
  draft.put('order_moves', {
    id: `${args.order_id}/${meta.uuid}`,
    order_id: args.order_id,
    verb,
    from_state,
    to_state: to,
    mover_id: meta.person_id,
    at,
    reason: args.reason?.trim() ?? '',
    detail: {},
  } satisfies OrderMoveRow)
  draft.patch('orders', args.order_id, { state: to, changed_at: at })
}

const place: Effect = (draft, args: Place, meta) => {
  const at = args.clocks ? reckoned(args.clocks).at : meta.captured_at
  const customer = draft.get('customers', args.customer_id)
  const expenses = args.expenses ?? []
  const { expense_amount, total_amount } = totals(
    args.goods_amount,
    expenses.map(({ amount }) => amount),
  )
  noteMove(draft, args, 'place', 'submitted', meta)
  draft.put('orders', {
    id: args.order_id,
    number: '',
    customer_id: args.customer_id,
    agent_id: draft.get('agents', args.customer_id) ? args.customer_id : null,
    person_id: meta.person_id,
    owner_id: customer?.owner_id ?? null,
    day_on: dayOn(at),
    state: 'submitted',
    visit_id: args.visit_id ?? null,
    currency: 'CNY',
    goods_amount: args.goods_amount,
    expense_amount,
    total_amount,
    returned_amount: 0,
    expenses,
    recipient: args.recipient ?? {},
    delivery_method: args.delivery_method ?? '',
    wanted_on: args.wanted_on ?? null,
    install_at: args.install_at ?? null,
    note: args.note?.trim() ?? '',
    price_changes: [],
    hold_codes: [],
    short_count: 0,
    placed_at: at,
    changed_at: at,
    version: 0,
  } satisfies OrderRow)
  for (const [position, line] of args.lines.entries()) {
    const price_e4 = line.price_e4 ?? 0
    draft.put('order_lines', {
      id: line.line_id,
      order_id: args.order_id,
      position,
      variant_id: line.variant_id,
      // What the goods are called is the catalog's to say, which is not read for this: useOrder() does, until the server has.
      name: '',
      code: '',
      unit: line.unit,
      factor: 1,
      quantity_e3: line.quantity_e3,
      price_e4,
      list_price_e4: price_e4,
      amount: amountOf(price_e4, line.quantity_e3),
      is_gift: false,
      gift_of: null,
      source: '',
      list_id: line.list_id ?? null,
      reserved_e3: 0,
      shipped_e3: 0,
      returned_e3: 0,
    } satisfies OrderLineRow)
  }
}

/** A move of an order that is still in the state it was seen in; of any other the server says what became of it. */
function moved(verb: string, to: string): Effect {
  return (draft, args: Move, meta) => {
    if (draft.get('orders', args.order_id)?.state === args.expect) noteMove(draft, args, verb, to, meta)
  }
}

const askReturnEffect: Effect = (draft, args: AskReturn, meta) => {
  let amount = 0
  for (const { return_line_id, line_id, quantity_e3 } of args.lines) {
    const line = draft.get('order_lines', line_id) as OrderLineRow | undefined
    const worth = returnedAmount(line?.price_e4 ?? 0, 0, quantity_e3)
    amount += worth
    draft.put('order_return_lines', {
      id: return_line_id,
      return_id: args.return_id,
      order_line_id: line_id,
      quantity_e3,
      amount: worth,
    } satisfies OrderReturnLineRow)
  }
  draft.put('order_returns', {
    id: args.return_id,
    order_id: args.order_id,
    state: 'asked',
    reason: args.reason.trim(),
    amount,
    asked_by: meta.person_id,
    asked_at: meta.captured_at,
    decided_by: null,
    decided_at: null,
    decision_reason: '',
  } satisfies OrderReturnRow)
}

export const effects: Record<string, Effect> = {
  'orders.place': place,
  'orders.submit': moved('submit', 'submitted'),
  'orders.cancel': moved('cancel', 'cancelled'),
  'orders.ask_return': askReturnEffect,
}
