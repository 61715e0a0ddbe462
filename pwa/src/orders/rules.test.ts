// The phone's rules of an order's life on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amountOf } from '../core/quantities'
import {
  isEditable,
  MOVES,
  type Move,
  mayMove,
  movesFrom,
  profit,
  returnedAmount,
  type State,
  type Totals,
  totals,
  type Verb,
} from './rules'

interface Ways {
  permissions: Record<Verb, string>
  leads_to: Record<Verb, State[]>
  may_move: Record<State, Record<Verb, State | null>>
  is_editable: Record<State, boolean>
}

interface Sums {
  totals: ({ name: string; goods_amount: number; expenses: number[]; returned_amount: number } & Totals)[]
  profit: {
    name: string
    goods_amount: number
    cost_amount: number
    returned_amount: number
    returned_cost: number
    profit: number
  }[]
  returned_amount: { name: string; price_e4: number; before_e3: number; quantity_e3: number; amount: number }[]
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../tests/vectors/orders/${name}`, import.meta.url), 'utf8')) as T
}

const ways = read<Ways>('moves.json')
const sums = read<Sums>('totals.json')

test.each(Object.entries(ways.may_move))('moves from %s', (name, row) => {
  const state = name as State
  expect(Object.keys(row)).toEqual(Object.keys(MOVES))
  const verbs = Object.keys(row) as Verb[]
  expect(Object.fromEntries(verbs.map((verb) => [verb, mayMove(state, verb)]))).toEqual(row)
  expect(movesFrom(state)).toEqual(verbs.filter((verb) => row[verb] !== null))
  expect(isEditable(state)).toBe(ways.is_editable[state])
})

test('a verb takes its permission and leads where it does', () => {
  const of = (field: keyof Move) => Object.fromEntries(Object.entries(MOVES).map(([verb, move]) => [verb, move[field]]))
  expect(of('permission')).toEqual(ways.permissions)
  expect(of('to_states')).toEqual(ways.leads_to)
})

test.each(sums.totals)('totals: $name', ({ goods_amount, expenses, returned_amount, name: _, ...wanted }) => {
  expect(totals(goods_amount, expenses, returned_amount)).toEqual(wanted)
})

test.each(sums.profit)('profit: $name', (one) => {
  expect(profit(one.goods_amount, one.cost_amount, one.returned_amount, one.returned_cost)).toBe(one.profit)
})

test.each(sums.returned_amount)('returnedAmount: $name', ({ price_e4, before_e3, quantity_e3, amount }) => {
  expect(returnedAmount(price_e4, before_e3, quantity_e3)).toBe(amount)
})

test('whatever comes back in parts is the whole line', () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 6 }),
      (price_e4, parts) => {
        let before_e3 = 0
        let back = 0
        for (const quantity_e3 of parts) {
          back += returnedAmount(price_e4, before_e3, quantity_e3)
          before_e3 += quantity_e3
        }
        expect(back).toBe(amountOf(price_e4, before_e3))
      },
    ),
  )
})
