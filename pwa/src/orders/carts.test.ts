// @vitest-environment happy-dom
// A cart is there after the page was killed, belongs to who filled it, and is gone with the order it became.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ref } from 'vue'
import { closeStore, discardIssue, gatherDomains, issues, openEngine, openStore, outboxItems } from '../sync'
import { options } from '../sync/testing/open'
import { TestServer } from '../sync/testing/server'
import type { Cart } from './cart'
import { carts, cartWritten, changeCart, dropCart, newCart, openCart, takeInto, useCart } from './carts'
import { effects } from './commands'
import { orders } from './index'
import { bringBack, placeCart, reorder, takeBack, waitingPlace } from './placing'
import { shownCart } from './queries/cart'
import { partyIn } from './queries/party'
import { DAY, world } from './testing/world'

const NOODLES = { variant_id: 'n', unit: '箱', quantity_e3: 2000 }
const SHIRT = { variant_id: 'red', unit: '件', quantity_e3: 1000 }

let server: TestServer

async function open(person_id = 'person-1'): Promise<void> {
  await openStore({ id: person_id }, { ...options(server, { person_id }), effects })
}

/** The page is killed and opened again: what is not on the disk is gone. */
async function killed(): Promise<void> {
  await closeStore()
  await open()
}

function cartNow(id: string): Cart {
  const cart = useCart(ref(id)).value
  if (!cart) throw new Error(`no cart ${id}`)
  return cart
}

/** Hands a cart in as its page does. */
async function place(id: string): Promise<void> {
  const { view } = world()
  const party = partyIn(view, 'c')
  if (!party) throw new Error('no such customer')
  await placeCart(cartNow(id), shownCart(view, cartNow(id), party.buyer, DAY), party)
}

beforeEach(async () => {
  server = new TestServer()
  gatherDomains([orders], { orders: 1, order_lines: 1, order_moves: 1, photos: 1 })
  await open()
})

afterEach(async () => {
  await closeStore()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

test('what is taken is found again; the same taken again changes its line, nothing of it takes it out', async () => {
  const id = await openCart('c')
  takeInto(id, NOODLES)
  takeInto(id, SHIRT)
  const [line] = cartNow(id).lines
  takeInto(id, { ...NOODLES, quantity_e3: 5000 })
  takeInto(id, { ...SHIRT, quantity_e3: 0 })
  await cartWritten(id)
  await killed()
  expect(await openCart('c')).toBe(id)
  expect(cartNow(id)).toMatchObject({ customer_id: 'c', lines: [{ ...line, quantity_e3: 5000 }] })
  expect(carts.value).toHaveLength(1)
})

test('quick taps leave the last one on the disk', async () => {
  const id = await openCart('c')
  for (let quantity_e3 = 1000; quantity_e3 <= 30_000; quantity_e3 += 1000) takeInto(id, { ...NOODLES, quantity_e3 })
  await cartWritten(id)
  await killed()
  await openCart('c')
  expect(cartNow(id).lines[0]?.quantity_e3).toBe(30_000)
})

test('each customer has his own, and it belongs to the visit it was opened in last', async () => {
  const id = await openCart('c')
  takeInto(id, NOODLES)
  expect(await openCart('d')).not.toBe(id)
  expect(await openCart('c', 'v')).toBe(id)
  expect(cartNow(id).visit_id).toBe('v')
  await openCart('c')
  expect(cartNow(id).visit_id).toBeNull()
  // One with a name is chosen by it.
  const named = await newCart({ customer_id: 'c', name: '春季', lines: [{ ...SHIRT, line_id: 'l' }] })
  expect(await openCart('c')).toBe(id)
  expect(carts.value?.map((cart) => cart.id).sort()).toEqual([id, named].sort())
})

test('somebody else on this phone sees none of them', async () => {
  takeInto(await openCart('c'), NOODLES)
  await closeStore()
  await open('person-2')
  await openCart('x')
  expect(carts.value).toEqual([])
})

test('thrown away and taken back', async () => {
  const id = await openCart('c')
  takeInto(id, NOODLES)
  const undo = dropCart(id)
  expect(carts.value).toEqual([])
  undo()
  await cartWritten(id)
  await killed()
  await openCart('c')
  expect(cartNow(id).lines).toMatchObject([NOODLES])
})

test('an empty one is forgotten after a day', async () => {
  const id = await openCart('c')
  changeCart(id, { note: '' })
  await cartWritten(id)
  await killed()
  expect(await openCart('c')).toBe(id)
  const { store } = openEngine()
  await store.keepDraft(`orders.cart/${id}`, { ...cartNow(id), changed_at: Date.now() - 25 * 3_600_000 }, 0)
  await killed()
  expect(await openCart('c')).not.toBe(id)
})

test('handed in it is an order with what was seen, and no cart any more, also after the page was killed', async () => {
  const id = await openCart('c', 'v')
  takeInto(id, NOODLES)
  takeInto(id, SHIRT)
  changeCart(id, { note: '放门口', expenses: [{ name: '运费', amount: 1200, remark: '' }] })
  await place(id)
  const [entry] = outboxItems.value
  expect(JSON.parse(entry?.args ?? '{}')).toMatchObject({
    order_id: id,
    customer_id: 'c',
    visit_id: 'v',
    goods_amount: 14_440,
    lines: [
      { ...NOODLES, price_e4: 672_000, list_id: 'list-o' },
      { ...SHIRT, price_e4: 100_000, list_id: null },
    ],
    recipient: { name: '小王', mobile: '13912345678', city: '上海市', street: '世纪大道 1 号' },
    note: '放门口',
    expenses: [{ name: '运费', amount: 1200, remark: '' }],
  })
  expect(carts.value).toEqual([])
  await killed()
  await openCart('d')
  expect(carts.value).toEqual([])
})

test('an order that was never sent becomes a cart again', async () => {
  const id = await openCart('c')
  takeInto(id, NOODLES)
  const lines = cartNow(id).lines
  await place(id)
  expect(waitingPlace(id)).toBe(outboxItems.value[0]?.uuid)
  await takeBack(id)
  expect(outboxItems.value).toEqual([])
  expect(cartNow(id)).toMatchObject({ customer_id: 'c', lines, issue: null })
  await place(id)
  expect(outboxItems.value).toHaveLength(1)
})

test('a refused order comes back as a cart, is mended, and goes again as the same order, placed when it was', async () => {
  const id = await openCart('c')
  takeInto(id, NOODLES)
  await place(id)
  const first = JSON.parse(outboxItems.value[0]?.args ?? '{}')
  server.refuses = 'orders.not_on_sale'
  await openEngine().loop.now()
  const issue = issues.value[0]?.uuid ?? ''
  expect(issues.value).toMatchObject([{ code: 'orders.not_on_sale' }])
  expect(await bringBack(issue)).toBe(id)
  takeInto(id, { ...NOODLES, quantity_e3: 3000 })
  await cartWritten(id)
  await killed()
  // Opened once more from the outbox, it is still as it was mended.
  expect(await bringBack(issue)).toBe(id)
  expect(cartNow(id)).toMatchObject({ issue, lines: [{ quantity_e3: 3000 }] })
  await place(id)
  expect(issues.value).toEqual([])
  const again = JSON.parse(outboxItems.value[0]?.args ?? '{}')
  expect(again).toMatchObject({ order_id: id, clocks: first.clocks, lines: [{ ...first.lines[0], quantity_e3: 3000 }] })
  expect(carts.value).toEqual([])
})

test('the cart of a refused order that was given up goes with it', async () => {
  const id = await openCart('c')
  takeInto(id, NOODLES)
  await place(id)
  server.refuses = 'orders.not_on_sale'
  await openEngine().loop.now()
  const issue = issues.value[0]?.uuid ?? ''
  await bringBack(issue)
  expect(carts.value).toHaveLength(1)
  await discardIssue(issue)
  expect(carts.value).toEqual([])
  expect(await openCart('c')).not.toBe(id)
})

test('ordered again it is a new cart of the same goods, gifts not among them', async () => {
  const id = await reorder({ customer_id: 'c' }, [
    { ...NOODLES, is_gift: false },
    { ...NOODLES, unit: '袋', is_gift: true },
  ])
  expect(cartNow(id)).toMatchObject({ customer_id: 'c', lines: [NOODLES] })
})
