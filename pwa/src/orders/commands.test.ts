// What each command of orders shows at once, and that it hangs on what it builds on.

import 'fake-indexeddb/auto'
import { afterEach, describe, expect, test } from 'vitest'
import { closeStore, draftOf, gatherDomains, keepDraft, openStore, outboxItems } from '../sync'
import { options } from '../sync/testing/open'
import { TestServer } from '../sync/testing/server'
import { askReturn, cancelOrder, effects, placeOrder, submitDraft, type Wanted } from './commands'
import { orders } from './index'
import { wholeOrder } from './queries/orders'
import { DAY, ME, NINE, placed, world } from './testing/world'

describe('what is shown at once', () => {
  test('an order with its lines, what it comes to and who placed it when', () => {
    const { view, tell } = world()
    tell([placed('o1')])
    const whole = wholeOrder(view, 'o1')
    expect(whole).toMatchObject({
      mark: 'local',
      name: '和平店',
      order: {
        number: '',
        state: 'submitted',
        person_id: ME,
        owner_id: ME,
        day_on: DAY,
        goods_amount: 14_440,
        expense_amount: 1200,
        total_amount: 15_640,
        note: '放门口',
        placed_at: NINE,
      },
      moves: [{ verb: 'place', from_state: '', to_state: 'submitted', mover_id: ME }],
    })
    // The catalog says what the goods are called, until the company has; what comes free is told too.
    expect(whole?.lines).toMatchObject([
      { id: 'l1', name: '牛肉面', code: 'N-1', factor: 24, quantity_e3: 2000, list_price_e4: 720_000, amount: 13_440 },
      { gift_of: 'l1', is_gift: true, name: '牛肉面', unit: '袋', quantity_e3: 2000, amount: 0 },
      { id: 'l2', name: '短袖 红', amount: 1000 },
    ])
  })

  test('in the true time, whatever the phone says it is', () => {
    const { view, tell } = world()
    const clocks = { wall_at: NINE - 86_400_000, elapsed_ms: 0, contact_wall_at: 1, contact_server_at: NINE }
    tell([placed('o1', { clocks })])
    expect(view.get('orders', 'o1')).toMatchObject({ placed_at: NINE, day_on: DAY })
  })

  test('called off, with the reason; not when it has gone further than was seen', () => {
    const { view, tell } = world()
    tell([placed('o1'), ['orders.cancel', { order_id: 'o1', expect: 'submitted', reason: ' 下错了 ' }]])
    const whole = wholeOrder(view, 'o1')
    expect(whole?.order.state).toBe('cancelled')
    expect(whole?.moves[1]).toMatchObject({ verb: 'cancel', from_state: 'submitted', reason: '下错了' })
    tell([placed('o1'), ['orders.cancel', { order_id: 'o1', expect: 'reviewed', reason: '' }]])
    expect(wholeOrder(view, 'o1')?.order.state).toBe('submitted')
  })

  test('goods asked to come back, at what they had cost', () => {
    const { view, tell } = world()
    const lines = [{ return_line_id: 'r1', line_id: 'l1', quantity_e3: 1000 }]
    tell([placed('o1'), ['orders.ask_return', { return_id: 'r', order_id: 'o1', lines, reason: ' 破损 ' }]])
    expect(wholeOrder(view, 'o1')?.returns).toMatchObject([
      {
        row: { state: 'asked', reason: '破损', amount: 6720, asked_by: ME },
        mark: 'local',
        lines: [{ line: { order_line_id: 'l1', amount: 6720 }, of: { name: '牛肉面' } }],
      },
    ])
  })

  test('of an order this phone does not hold, nothing', () => {
    const { view, tell } = world()
    tell([
      ['orders.submit', { order_id: 'gone', expect: 'draft', reason: '' }],
      ['orders.cancel', { order_id: 'gone', expect: 'submitted', reason: '' }],
    ])
    expect([...view.all('orders'), ...view.all('order_moves')]).toEqual([])
  })
})

describe('in the outbox', () => {
  afterEach(async () => {
    await closeStore()
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })

  test('an order takes its cart along, and what is done to it hangs on it', async () => {
    gatherDomains([orders], { orders: 1, order_lines: 1, order_moves: 1, order_returns: 1, photos: 1 })
    await openStore({ id: 'person-1' }, { ...options(new TestServer()), effects })
    await keepDraft('orders.cart/o1', { id: 'o1' })
    const { clocks: _, ...wanted } = placed('o1')[1] as Wanted & { clocks: object }
    await placeOrder(wanted, 'orders.cart/o1')
    expect(await draftOf('orders.cart/o1')).toBeUndefined()
    await cancelOrder('o1', 'submitted', '')
    await askReturn('o1', new Map([['l1', 1000]]), '破损')
    await submitDraft('other')
    const [place] = outboxItems.value
    expect(JSON.parse(place?.args ?? '{}')).toMatchObject({ order_id: 'o1', clocks: { wall_at: expect.any(Number) } })
    expect(outboxItems.value.map(({ name, deps }) => [name, deps])).toEqual([
      ['orders.place', []],
      ['orders.cancel', [place?.uuid]],
      ['orders.ask_return', [place?.uuid]],
      ['orders.submit', []],
    ])
  })
})
