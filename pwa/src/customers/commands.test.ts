// What each command does to the phone's own rows, seen as a screen sees them: on top of the server's rows, and nothing else touched.

import { expect, test } from 'vitest'
import type { Row } from '../core/domain'
import type { Base } from '../sync/base'
import type { Entry } from '../sync/device'
import { Overlays } from '../sync/view'
import { effects } from './commands'

const ME = 'me'
const TABLES = ['customers', 'contacts', 'customer_pins', 'people']

function opened(rows: Record<string, Row[]> = {}): (name: string, args: object) => Overlays['view'] {
  const base: Base = new Map(
    TABLES.map((table) => [table, new Map((rows[table] ?? []).map((row) => [row.id, { row, b: {} }]))]),
  )
  const overlays = new Overlays(base, effects)
  overlays.onEffectError = (_name, error) => {
    throw error
  }
  const outbox: Entry[] = []
  return (name, args) => {
    outbox.push({
      uuid: `u${outbox.length}`,
      number: outbox.length + 1,
      order: outbox.length + 1,
      name,
      v: 1,
      args: JSON.stringify(args),
      captured_at: 1000 + outbox.length,
      tz: 'Asia/Shanghai',
      skew_ms: null,
      deps: [],
      blobs: [],
      state: 'queued',
      sealed_at: null,
      tries: 0,
      seq: null,
      decision: null,
      journalled_at: null,
    } as Entry)
    const { missing } = overlays.replay({ outbox, issues: [], sending: new Set(), person_id: ME })
    expect([...missing]).toEqual([])
    return overlays.view
  }
}

const REP: Row = { id: ME, name: '王磊', roles: ['rep'], is_active: true }
const SHOP: Row = {
  id: 'c1',
  name: '和平店',
  phone: '1',
  tags: ['新'],
  latitude_e7: null,
  longitude_e7: null,
  pin_accuracy_m: null,
  pin_source: null,
  is_active: true,
}
const PINNED: Row = { ...SHOP, latitude_e7: 1, longitude_e7: 2, pin_accuracy_m: 9, pin_source: 'import' }
const HERE = { latitude_e7: 5, longitude_e7: 6, accuracy_m: 7 }

test('a new customer is there at once, with its pin, its contact and its owner', () => {
  const view = opened({ people: [REP] })('customers.add', {
    customer_id: 'c9',
    name: ' 新店 ',
    territory_id: 't',
    phone: '139',
    contact_id: 'k9',
    contact_name: '小王',
    address: '某路 1 号',
    ...HERE,
  })
  expect(view.get('customers', 'c9')).toMatchObject({
    name: '新店',
    street: '某路 1 号',
    owner_id: ME,
    latitude_e7: 5,
    pin_accuracy_m: 7,
    pin_source: 'new_customer',
    is_active: true,
  })
  expect(view.where('contacts', 'customer_id', 'c9')).toMatchObject([{ name: '小王', phone: '139', is_main: true }])
  expect(view.state('customers', 'c9')).toBe('local')
})

test('a manager does not become the owner', () => {
  const view = opened({ people: [{ ...REP, roles: ['manager'] }] })('customers.add', {
    customer_id: 'c9',
    name: '新店',
    territory_id: 't',
  })
  expect(view.get('customers', 'c9')).toMatchObject({ owner_id: null, latitude_e7: null, pin_source: null })
})

test('an edit changes its fields and leaves the others', () => {
  const view = opened({ customers: [SHOP] })('customers.edit', {
    customer_id: 'c1',
    changes: { phone: ['1', '2'], tags: [['新'], [' 重点 ', '重点']] },
  })
  expect(view.get('customers', 'c1')).toEqual({ ...SHOP, phone: '2', tags: ['重点'] })
})

test('one contact is the main one', () => {
  const other = { id: 'k1', customer_id: 'c1', name: '老王', phone: '', position: '', is_main: true }
  const run = opened({ customers: [SHOP], contacts: [other, { ...other, id: 'k7', customer_id: 'c7' }] })
  const view = run('customers.set_contact', { contact_id: 'k2', customer_id: 'c1', name: '小李', is_main: true })
  expect(view.get('contacts', 'k1')?.is_main).toBe(false)
  expect(view.get('contacts', 'k2')?.is_main).toBe(true)
  expect(view.get('contacts', 'k7')?.is_main).toBe(true)
  expect(run('customers.remove_contact', { contact_id: 'k1' }).get('contacts', 'k1')).toBeUndefined()
})

test('the first pin is set at once, a better one is only asked for', () => {
  const first = opened({ customers: [SHOP] })('customers.ask_pin', {
    pin_id: 'p1',
    customer_id: 'c1',
    ...HERE,
    reason: '',
  })
  expect(first.get('customers', 'c1')).toMatchObject({ latitude_e7: 5, pin_accuracy_m: 7, pin_source: 'person' })
  expect(first.get('customer_pins', 'p1')?.state).toBe('current')
  const second = opened({ customers: [PINNED] })('customers.ask_pin', {
    pin_id: 'p1',
    customer_id: 'c1',
    ...HERE,
    reason: ' 搬了 ',
  })
  expect(second.get('customers', 'c1')).toEqual(PINNED)
  expect(second.get('customer_pins', 'p1')).toMatchObject({ state: 'asked', reason: '搬了', person_id: ME })
})

test('a decision is made once: approved it moves the pin, refused it moves nothing', () => {
  const asked = { id: 'p2', customer_id: 'c1', ...HERE, source: 'person', state: 'asked', reason: 'r' }
  const current = { id: 'p1', customer_id: 'c1', latitude_e7: 1, longitude_e7: 2, accuracy_m: 9, state: 'current' }
  const rows = { customers: [PINNED], customer_pins: [current, asked] }
  const run = opened(rows)
  const view = run('customers.decide_pin', { pin_id: 'p2', is_approved: true })
  expect(view.get('customers', 'c1')).toMatchObject({ latitude_e7: 5, longitude_e7: 6, pin_accuracy_m: 7 })
  expect(view.get('customer_pins', 'p1')?.state).toBe('past')
  expect(
    run('customers.decide_pin', { pin_id: 'p2', is_approved: false, reason: 'x' }).get('customer_pins', 'p2')?.state,
  ).toBe('current')
  const refused = opened(rows)('customers.decide_pin', { pin_id: 'p2', is_approved: false, reason: 'x' })
  expect(refused.get('customers', 'c1')).toEqual(PINNED)
  expect(refused.get('customer_pins', 'p2')).toMatchObject({ state: 'refused', decision_reason: 'x', decided_by: ME })
})

test('put away and brought back', () => {
  const run = opened({ customers: [SHOP] })
  expect(run('customers.archive', { customer_id: 'c1', is_active: false }).get('customers', 'c1')?.is_active).toBe(
    false,
  )
  expect(run('customers.archive', { customer_id: 'c1', is_active: true }).get('customers', 'c1')?.is_active).toBe(true)
})

test('what another customer lost meanwhile is no bug: nothing happens to what is not there', () => {
  const run = opened()
  for (const [name, args] of [
    ['customers.edit', { customer_id: 'gone', changes: { name: ['a', 'b'] } }],
    ['customers.ask_pin', { pin_id: 'p', customer_id: 'gone', ...HERE }],
    ['customers.decide_pin', { pin_id: 'gone', is_approved: true }],
    ['customers.archive', { customer_id: 'gone' }],
  ] as const) {
    const view = run(name, args)
    expect([...view.all('customers'), ...view.all('customer_pins')]).toEqual([])
  }
})
