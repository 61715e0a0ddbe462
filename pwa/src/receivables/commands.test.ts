// What money received does to the phone's own rows, seen as a screen sees them, and how the outbox calls it.

import { expect, test } from 'vitest'
import { loadWords } from '../core/words'
import { DESCRIPTIONS } from './descriptions'
import { standingOf } from './queries'
import { collect, DAY, ME, NINE, rows, world } from './testing/world'

function told(...commands: (readonly [string, object])[]) {
  const made = world()
  made.tell(commands)
  const { debt, credit_left, overdue, items } = standingOf(made.view, 'c', DAY)
  return { debt, credit_left, overdue, open: items.map((one) => [one.id, one.open_amount]), view: made.view }
}

test('an account stands as its rows say, the first due first', () => {
  expect(told()).toMatchObject({
    debt: 300,
    credit_left: 650,
    overdue: 100,
    open: [
      ['s1', 100],
      ['s2', 200],
    ],
  })
})

test('money lowers the debt at once and pays the oldest; what is paid is no longer there', () => {
  const { view, ...after } = told(collect('k', 150, { visit_id: 'v', note: ' 订金 ' }))
  expect(after).toEqual({ debt: 150, credit_left: 800, overdue: 0, open: [['s2', 150]] })
  expect(view.get('collections', 'k')).toEqual({
    id: 'k',
    customer_id: 'c',
    person_id: ME,
    amount: 150,
    unallocated: 0,
    method: 'cash',
    note: '订金',
    visit_id: 'v',
    state: 'recorded',
    void_reason: '',
    collected_at: NINE,
    day_on: DAY,
  })
  expect(view.state('collections', 'k')).toBe('local')
})

test('what the person chose is paid first, and what is too much waits for the next charge', () => {
  const { view, ...after } = told(
    collect('k', 120, { items: [{ item_id: 's2', amount: 90 }] }),
    collect('l', 500, { method: 'code' }),
  )
  expect(after).toMatchObject({ debt: -320, overdue: 0, open: [] })
  expect(view.get('collections', 'k')?.unallocated).toBe(0)
  expect(view.get('collections', 'l')?.unallocated).toBe(320)
})

test('who had no account has one from his first money on', () => {
  const made = world(rows({ accounts: [], receivable_items: [] }))
  made.tell([collect('k', 100)])
  expect(made.view.get('accounts', 'c')).toEqual({
    id: 'c',
    debt: -100,
    committed: 0,
    credit_limit: null,
    credit_days: 0,
    policy: 'none',
  })
})

test('the outbox says how much, from whom and in what way', async () => {
  await loadWords(['core', 'receivables'])
  const { view } = world()
  const args = { ...collect('k', 32_050, { method: 'code', note: '订金' })[1] }
  expect(DESCRIPTIONS['receivables.collect']?.(args, view)).toEqual({
    title: '收款 ¥320.50',
    note: '和平店',
    typed: ['¥320.50 · 扫码 · 订金'],
    to: { name: 'customer', params: { id: 'c' } },
  })
  const elsewhere = DESCRIPTIONS['receivables.collect']?.({ ...args, customer_id: 'gone' }, view)
  expect(elsewhere).toMatchObject({ note: '' })
  expect(elsewhere?.to).toBeUndefined()
})
