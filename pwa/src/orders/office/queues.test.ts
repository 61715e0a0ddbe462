// Who waits where, and what may be done about it.

import { expect, test } from 'vitest'
import { MOVES, type State } from '../rules'
import { countOf, longestFirst, QUEUES, rareMovesFrom, stepsFrom, stepsOf } from './queues'

const everything = (): boolean => true
const only =
  (...permissions: string[]) =>
  (permission: string): boolean =>
    permissions.includes(permission)

test('every state somebody has something to do in is in one queue', () => {
  const queued = QUEUES.flatMap(({ states }) => states)
  expect(new Set(queued).size).toBe(queued.length)
  expect(queued.sort()).toEqual(
    ['allocated', 'awaiting_purchase', 'packed', 'reviewed', 'shipped', 'signed', 'submitted'].sort(),
  )
})

test('counts add up by queue', () => {
  const counts = { submitted: 4, held: 1, reviewed: 2, allocated: 1, packed: 3, returns: 5, shipped: 1 }
  expect(Object.fromEntries(QUEUES.map((queue) => [queue.name, countOf(queue, counts)]))).toEqual({
    review: 4,
    purchase: 0,
    ship: 6,
    sign: 1,
    close: 0,
    returns: 5,
    all: 0,
  })
})

test('the next step is the first that begins at the state and is allowed', () => {
  expect(stepsFrom('allocated', everything)).toEqual(['pack', 'ship'])
  expect(stepsFrom('allocated', only('orders.review'))).toEqual([])
  expect(stepsFrom('submitted', only('orders.review'))).toEqual(['review'])
  for (const state of ['draft', 'closed', 'cancelled', 'returned'] as State[])
    expect(stepsFrom(state, everything)).toEqual([])
})

test('what is rare is offered where the table lets it begin', () => {
  expect(rareMovesFrom('submitted', everything)).toEqual(['amend', 'cancel'])
  expect(rareMovesFrom('shipped', everything)).toEqual(['ask_return'])
  expect(rareMovesFrom('submitted', only('orders.cancel'))).toEqual(['cancel'])
  expect(rareMovesFrom('reviewed', only('orders.cancel'))).toEqual([])
  expect(rareMovesFrom('reviewed', only('orders.cancel', 'orders.review'))).toEqual(['amend', 'cancel'])
  expect(MOVES.cancel.from_states).toContain('reviewed')
})

test('of what is selected each step takes those it can', () => {
  const orders = ['submitted', 'allocated', 'packed', 'cancelled'].map((state, at) => ({ id: `${at}`, state }))
  expect(stepsOf(orders, everything).map(({ step, orders }) => [step, orders.map(({ id }) => id)])).toEqual([
    ['review', ['0']],
    ['pack', ['1']],
    ['ship', ['1', '2']],
  ])
})

test('whoever waits longest comes first', () => {
  const orders = [
    { id: 'c', placed_at: 2 },
    { id: 'b', placed_at: 1 },
    { id: 'a', placed_at: 2 },
  ]
  expect(longestFirst(orders).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
})
