// The phone's rules on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { creditLeft, isOverdue, settle } from './rules'

type Pair = [string, number]

interface Vectors {
  settle: { name: string; money: Pair[]; items: Pair[]; chosen?: Pair[]; paid: [string, string, number][] }[]
  credit_left: { name: string; credit_limit: number | null; debt: number; committed: number; left: number | null }[]
  is_overdue: { name: string; due_on: string; open_amount: number; day: string; overdue: boolean }[]
}

const file = new URL('../../../tests/vectors/receivables/rules.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

test('every vector has a rule here', () => {
  expect(Object.keys(vectors).sort()).toEqual(['credit_left', 'is_overdue', 'settle'])
})

test.each(vectors.settle)('settle: $name', (one) => {
  const paid = settle(one.money, one.items, one.chosen)
  expect(paid.map(({ money_id, item_id, amount }) => [money_id, item_id, amount])).toEqual(one.paid)
})

test.each(vectors.credit_left)('creditLeft: $name', (one) => {
  expect(creditLeft(one.credit_limit, one.debt, one.committed)).toBe(one.left)
})

test.each(vectors.is_overdue)('isOverdue: $name', (one) => {
  expect(isOverdue(one.due_on, one.open_amount, one.day)).toBe(one.overdue)
})
