// What of the orders waits for whom: the desk's work queues, and what may be done to an order in each state. Pure.

import { MOVES, movesFrom, type State, type Verb } from '../rules'

export type QueueName = 'review' | 'purchase' | 'ship' | 'sign' | 'close' | 'returns' | 'all'

export interface Queue {
  name: QueueName
  /** The states its orders are in; none for what no state limits. */
  states: readonly State[]
}

export const QUEUES: readonly Queue[] = [
  { name: 'review', states: ['submitted'] },
  { name: 'purchase', states: ['awaiting_purchase'] },
  { name: 'ship', states: ['reviewed', 'allocated', 'packed'] },
  { name: 'sign', states: ['shipped'] },
  { name: 'close', states: ['signed'] },
  { name: 'returns', states: [] },
  { name: 'all', states: [] },
]

/** How many wait in a queue, of the server's counts by state; nothing waits in "all". */
export function countOf({ name, states }: Queue, counts: Readonly<Record<string, number>>): number {
  if (name === 'returns') return counts.returns ?? 0
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)
}

/** Verbs that move an order on and need nothing but the order, in the order of its life. */
export const STEPS = ['review', 'allocate', 'pack', 'ship', 'sign', 'close'] as const
export type Step = (typeof STEPS)[number]

const isStep = (verb: Verb): verb is Step => (STEPS as readonly Verb[]).includes(verb)

/** The steps one may take with an order, the usual one first. */
export function stepsFrom(state: State, may: (permission: string) => boolean): Step[] {
  return movesFrom(state).filter((verb): verb is Step => isStep(verb) && may(MOVES[verb].permission))
}

/** What else one may do with it. */
export function rareMovesFrom(state: State, may: (permission: string) => boolean): Verb[] {
  const rare: readonly Verb[] = ['amend', 'ask_return', 'cancel']
  const owed = state !== 'draft' && state !== 'submitted'
  return rare.filter((verb) => {
    if (!MOVES[verb].from_states.includes(state) || !may(MOVES[verb].permission)) return false
    // Once it was accepted, only who accepts orders calls one off.
    return verb !== 'cancel' || !owed || may(MOVES.review.permission)
  })
}

/** Which of some orders each step can be taken with; steps nobody waits for are left out. */
export function stepsOf<T extends { state: string }>(
  orders: readonly T[],
  may: (permission: string) => boolean,
): { step: Step; orders: T[] }[] {
  return STEPS.map((step) => ({
    step,
    orders: orders.filter((order) => stepsFrom(order.state as State, may).includes(step)),
  })).filter((one) => one.orders.length)
}

/** The order in which orders are worked through: the one that waits longest first, since stock is kept in that order. */
export function longestFirst<T extends { placed_at: number; id: string }>(orders: readonly T[]): T[] {
  return [...orders].sort((one, other) => one.placed_at - other.placed_at || (one.id < other.id ? -1 : 1))
}
