// What the pages of orders are told: whom an order is for, what a cart costs and what stands in its way, what is found in the list.

import { afterEach, describe, expect, test } from 'vitest'
import { ref } from 'vue'
import { showFrom } from '../sync/live'
import { emptyCart, wholeRecipient, withQuantity } from './cart'
import { shownCart, usualIn } from './queries/cart'
import { useOrders } from './queries/orders'
import { partyIn } from './queries/party'
import { DAY, NINE, placed, rows, world } from './testing/world'

const GOLD = { customer_id: 'c', level_id: 'gold' }

function cart(...lines: [variant_id: string, unit: string, quantity_e3: number][]) {
  return emptyCart({
    id: 'cart',
    customer_id: 'c',
    lines: lines.map(([variant_id, unit, quantity_e3], at) => ({ line_id: `l${at}`, variant_id, unit, quantity_e3 })),
  })
}

describe('a cart', () => {
  test('costs what the prices on this phone say, with what comes free and the next step', () => {
    const shown = shownCart(world().view, cart(['n', '箱', 2000], ['n', '袋', 20_000], ['red', '件', 1000]), GOLD, DAY)
    expect(shown).toMatchObject({ goods_amount: 13_440 + 6000 + 1000, fault_count: 0 })
    expect(shown.lines[0]).toMatchObject({
      name: '牛肉面',
      priced: { price_e4: 672_000, list_price_e4: 720_000 },
      gifts: [{ name: '牛肉面', unit: '袋', quantity_e3: 2000 }],
    })
    expect(shown.lines[1]?.priced?.next_step).toMatchObject({ more_e3: 4000, price_e4: 28_000, more_amount: 720 })
  })

  test('says what cannot be ordered, and counts it with what it would cost', () => {
    const shown = shownCart(
      world().view,
      cart(['n', '箱', 1000], ['blue', '件', 1000], ['n', '盒', 1000], ['gone', '件', 1000]),
      GOLD,
      DAY,
    )
    expect(shown.lines.map(({ fault }) => fault)).toEqual([
      'orders.below_minimum',
      'orders.not_on_sale',
      'orders.unit_unknown',
      'orders.unit_unknown',
    ])
    expect(shown.fault_count).toBe(4)
    expect(shown.lines[3]).toMatchObject({ name: '', priced: null })
  })

  test('of a product taken off the shelf says so, though its variant still stands', () => {
    const held = rows()
    const products = held.products?.map((one) => ({ ...one, is_on_sale: false })) ?? []
    const shown = shownCart(world({ ...held, products }).view, cart(['n', '箱', 2000]), GOLD, DAY)
    expect(shown.lines[0]?.fault).toBe('orders.not_on_sale')
  })

  test('holds each variant once in each unit', () => {
    const [line, wanted] = [
      { line_id: 'a', variant_id: 'n', unit: '箱', quantity_e3: 1 },
      { variant_id: 'n', unit: '箱' },
    ]
    expect(withQuantity([line], { ...wanted, quantity_e3: 5 }, 'b')).toEqual([{ ...line, quantity_e3: 5 }])
    expect(withQuantity([line], { ...wanted, unit: '袋', quantity_e3: 5 }, 'b')).toHaveLength(2)
    expect(withQuantity([line], { ...wanted, quantity_e3: 0 }, 'b')).toEqual([])
    expect(withQuantity([], { ...wanted, quantity_e3: 0 }, 'b')).toEqual([])
  })
})

describe('whom an order is for', () => {
  test('a customer with his level, and his main contact at his address', () => {
    expect(partyIn(world().view, 'c')).toEqual({
      name: '和平店',
      buyer: GOLD,
      home: {
        name: '小王',
        mobile: '13912345678',
        province: '上海市',
        city: '上海市',
        county: '浦东新区',
        street: '世纪大道 1 号',
      },
    })
  })

  test('an agent with his level and his shipping profile, where it says something', () => {
    const agent = {
      id: 'g',
      person_id: 'p',
      name: '赵强',
      mobile: '13800138000',
      price_level_id: 'silver',
      state: 'active',
      profile: { sender: '赵老板', mobile: '', city: '杭州市', street: '文三路 9 号' },
    }
    const { view } = world(rows({ agents: [agent], customers: [] }))
    expect(partyIn(view, 'g')).toMatchObject({
      name: '赵强',
      buyer: { customer_id: 'g', level_id: 'silver' },
      home: { name: '赵老板', mobile: '13800138000', province: '', city: '杭州市', street: '文三路 9 号' },
    })
    expect(partyIn(view, 'nobody')).toBeUndefined()
  })

  test('is addressed as a parcel is, without saying a municipality twice', () => {
    const home = partyIn(world().view, 'c')?.home
    expect(home && wholeRecipient(home)).toBe('小王 13912345678 上海市浦东新区世纪大道 1 号')
  })
})

describe('the list', () => {
  afterEach(() => showFrom(null))

  function list(text: string, ...states: string[]) {
    const { view, tell } = world()
    tell([
      placed('o1'),
      placed('o2', { clocks: { wall_at: NINE + 60_000 }, lines: [], recipient: { name: '老陈' } }),
      ['orders.cancel', { order_id: 'o2', expect: 'submitted', reason: '' }],
    ])
    showFrom({ view, has: () => true, need: () => {} })
    return useOrders(ref(text), ref(states)).value?.map(({ order }) => order.id)
  }

  test('holds the newest first, found by customer, initials, recipient and note', () => {
    expect(list('')).toEqual(['o2', 'o1'])
    expect(list('和平')).toEqual(['o2', 'o1'])
    expect(list('hp')).toEqual(['o2', 'o1'])
    expect(list('老陈')).toEqual(['o2'])
    expect(list('139 世纪')).toEqual(['o1'])
    expect(list('没有')).toEqual([])
  })

  test('by where they stand', () => {
    expect(list('', 'submitted')).toEqual(['o1'])
    expect(list('和平', 'cancelled', 'closed')).toEqual(['o2'])
  })
})

test('what a customer bought before, in the unit he last took it in', () => {
  const { view, tell } = world()
  const line = { line_id: 'l3', variant_id: 'n', unit: '袋', quantity_e3: 1000, price_e4: 30_000, list_id: null }
  tell([
    placed('o1'),
    placed('o2', { clocks: { wall_at: NINE + 1 }, lines: [line] }),
    placed('o3', {
      clocks: { wall_at: NINE + 2 },
      lines: [{ ...line, line_id: 'l4', variant_id: 'blue', unit: '件' }],
    }),
    ['orders.cancel', { order_id: 'o3', expect: 'submitted', reason: '' }],
  ])
  const { products, units } = usualIn(view, 'c')
  expect([...products].sort()).toEqual(['noodles', 'shirt'])
  expect([...units].sort()).toEqual([
    ['n', '袋'],
    ['red', '件'],
  ])
  expect(usualIn(view, 'd').products.size).toBe(0)
})
