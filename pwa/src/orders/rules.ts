// Pure rules of an order's life, the twin of backend/roundsman/orders/rules.py: its states, the one table of moves, what it comes to
// and what it earns. Both run the vectors in tests/vectors/orders.

import { amountOf } from '../core/quantities'

/** Where an order is in its life, in its order. */
export const STATES = [
  'draft',
  'submitted',
  'reviewed',
  'awaiting_purchase',
  'allocated',
  'packed',
  'shipped',
  'signed',
  'closed',
  'cancelled',
  'returned',
] as const
export type State = (typeof STATES)[number]

export type Verb =
  | 'save_draft'
  | 'discard_draft'
  | 'submit'
  | 'review'
  | 'allocate'
  | 'pack'
  | 'ship'
  | 'sign'
  | 'close'
  | 'cancel'
  | 'amend'
  | 'ask_return'
  | 'receive_return'
  | 'refuse_return'

/**
 * From where a verb leads where, and the permission it takes. Without a state to go to, the order stays where it is or is gone.
 */
export interface Move {
  from_states: readonly State[]
  to_states: readonly State[]
  permission: string
}

const AMENDABLE: readonly State[] = ['submitted', 'reviewed', 'awaiting_purchase', 'allocated']
const GONE_OUT: readonly State[] = ['shipped', 'signed', 'closed']

export const MOVES: Readonly<Record<Verb, Move>> = {
  save_draft: { from_states: ['draft'], to_states: ['draft'], permission: 'orders.place' },
  discard_draft: { from_states: ['draft'], to_states: [], permission: 'orders.place' },
  submit: { from_states: ['draft'], to_states: ['submitted'], permission: 'orders.place' },
  // What is not in stock waits to be bought; once it came, the order is allocated like any other.
  review: { from_states: ['submitted'], to_states: ['reviewed', 'awaiting_purchase'], permission: 'orders.review' },
  allocate: {
    from_states: ['reviewed', 'awaiting_purchase'],
    to_states: ['allocated'],
    permission: 'orders.review',
  },
  pack: { from_states: ['allocated'], to_states: ['packed'], permission: 'orders.ship' },
  ship: { from_states: ['allocated', 'packed'], to_states: ['shipped'], permission: 'orders.ship' },
  sign: { from_states: ['shipped'], to_states: ['signed'], permission: 'orders.ship' },
  close: { from_states: ['signed'], to_states: ['closed'], permission: 'orders.review' },
  // What has left comes back only through a return.
  cancel: { from_states: [...AMENDABLE, 'packed'], to_states: ['cancelled'], permission: 'orders.cancel' },
  // It stays where it is unless there is now too little of something, or no longer.
  amend: { from_states: AMENDABLE, to_states: AMENDABLE, permission: 'orders.review' },
  ask_return: { from_states: GONE_OUT, to_states: [], permission: 'orders.ask_return' },
  // Returned only when everything came back; of a part the order stays where it is.
  receive_return: { from_states: GONE_OUT, to_states: ['returned'], permission: 'orders.decide_return' },
  refuse_return: { from_states: GONE_OUT, to_states: [], permission: 'orders.decide_return' },
}

/** The state an order is in after a verb, the usual one where there are several; null when the verb does not begin at `state`. */
export function mayMove(state: State, verb: Verb): State | null {
  const { from_states, to_states } = MOVES[verb]
  if (!from_states.includes(state)) return null
  return to_states.includes(state) ? state : (to_states[0] ?? state)
}

/** The verbs that begin at a state, in the order of the table. */
export function movesFrom(state: State): Verb[] {
  return (Object.keys(MOVES) as Verb[]).filter((verb) => MOVES[verb].from_states.includes(state))
}

/** Whether what an order says can still be changed. */
export function isEditable(state: State): boolean {
  return mayMove(state, 'save_draft') !== null || mayMove(state, 'amend') !== null
}

/** Fen: what the expenses come to, what is charged in all, and what of it stays after returns. */
export interface Totals {
  expense_amount: number
  total_amount: number
  net_amount: number
}

/** What an order comes to, in fen: its goods and its expenses, less what was credited for goods that came back. */
export function totals(goods_amount: number, expenses: readonly number[], returned_amount = 0): Totals {
  const expense_amount = expenses.reduce((sum, amount) => sum + amount, 0)
  const total_amount = goods_amount + expense_amount
  return { expense_amount, total_amount, net_amount: total_amount - returned_amount }
}

/**
 * What an order earns, in fen: its goods less what they cost us, without what came back. Expenses are charged as they were spent and
 * earn nothing.
 */
export function profit(goods_amount: number, cost_amount: number, returned_amount = 0, returned_cost = 0): number {
  return goods_amount - cost_amount - (returned_amount - returned_cost)
}

/**
 * What so much more of a line coming back is worth, in fen, after `before_e3` came back already: all the parts add up to what the
 * whole line had cost.
 */
export function returnedAmount(price_e4: number, before_e3: number, quantity_e3: number): number {
  return amountOf(price_e4, before_e3 + quantity_e3) - amountOf(price_e4, before_e3)
}
