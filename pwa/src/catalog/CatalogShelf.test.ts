// @vitest-environment happy-dom
// The shelf and a product's sheet: what somebody finds, what it costs him, and what a tap takes.

import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setSignedIn } from '../core/access'
import type { Row, View } from '../core/domain'
import { loadWords } from '../core/words'
import { showFrom, touch } from '../sync/live'
import CatalogShelf from './CatalogShelf.vue'
import { lineKey } from './rows'
import { offer, pack, product, variant } from './testing/goods'

const TABLES: Record<string, Row[]> = {}
const view: View = {
  get: (table, id) => TABLES[table]?.find((row) => row.id === id),
  all: (table) => TABLES[table] ?? [],
  where: (table, field, value) => (TABLES[table] ?? []).filter((row) => row[field] === value),
  state: () => 'received',
}
const GOLD = { customer_id: null, level_id: 'gold' }
const shown: VueWrapper[] = []

beforeEach(async () => {
  await loadWords(['core', 'catalog', 'orders'])
  setSignedIn({ id: 'me', name: '王磊', roles: ['rep'], permissions: [] })
  vi.stubGlobal('scrollTo', () => {})
  Object.assign(TABLES, {
    categories: [
      { id: 'food', parent_id: null, name: '食品', position: 0, is_active: true },
      { id: 'noodles', parent_id: 'food', name: '方便面', position: 0, is_active: true },
      { id: 'wear', parent_id: null, name: '服装', position: 1, is_active: true },
    ],
    products: [
      product('p1', { name: '牛肉面', category_id: 'noodles', brand: '康师傅' }),
      product('p2', { name: '矿泉水', category_id: 'food', position: 1 }),
      product('p3', { name: '短袖', category_id: 'wear', position: 2, axes: ['颜色', '尺码'] }),
    ],
    variants: [
      variant('v1', { product_id: 'p1', packs: [pack('袋'), pack('箱', { factor: 24, minimum_e3: 2000 })] }),
      variant('v2', { product_id: 'p2', price_e4: 13_500 }),
      ...[
        ['白', 'M'],
        ['白', 'L'],
        ['黑', 'L'],
      ].map((spec, at) =>
        variant(`s${at}`, { product_id: 'p3', spec, name: spec.join(' · '), packs: [pack('件')], position: at }),
      ),
    ],
    prices: [
      offer('o', {
        variant_id: 'v1',
        unit: '袋',
        breaks: [
          [0, 90_000],
          [48_000, 80_000],
        ],
        gifts: [{ every_e3: 24_000, variant_id: 'v1', unit: '袋', quantity_e3: 1000 }],
      }),
    ],
  })
  showFrom({ view, has: () => true, need: () => {} })
})

afterEach(() => {
  for (const one of shown.splice(0)) one.unmount()
  showFrom(null)
  setSignedIn(null)
})

function shelf(taken: Record<string, number> | null = {}, more: object = {}): VueWrapper {
  const wrapper = mount(CatalogShelf, {
    attachTo: document.body,
    props: { buyer: GOLD, day: '2026-11-30', taken: taken && new Map(Object.entries(taken)), ...more },
  })
  shown.push(wrapper)
  return wrapper
}

const names = (wrapper: VueWrapper) => wrapper.findAll('.shelf-row-open').map((one) => one.text())

async function press(wrapper: VueWrapper, text: string): Promise<void> {
  const button = wrapper.findAll('button').find((one) => one.text() === text || one.attributes('aria-label') === text)
  if (!button) throw new Error(`no button ${text}`)
  await button.trigger('click')
  await flushPromises()
}

describe('the shelf', () => {
  test('shows what goods cost this buyer, and the list price where that is higher', () => {
    const [first, second, third] = shelf().findAll('.shelf-row')
    expect(first?.text()).toMatch(/牛肉面.*康师傅 · 袋 \/ 箱（24 袋）.*¥9\.00 每袋.*标价¥10\.00/)
    expect(second?.text()).toMatch(/¥1\.35 每件/)
    expect(second?.text()).not.toContain('标价')
    expect(third?.text()).toMatch(/3 种规格.*选规格/)
  })

  test('one tap takes the first pack; where something is taken stands a stepper of that pack', async () => {
    const wrapper = shelf({ [lineKey({ variant_id: 'v1', unit: '箱' })]: 2000 })
    expect(wrapper.find('.shelf-row').text()).toContain('¥192.00 每箱')
    expect(wrapper.find('.shelf-row input').element).toHaveProperty('value', '2')
    await press(wrapper, '增加牛肉面')
    await press(wrapper, '减少牛肉面')
    await press(wrapper, '加一件 矿泉水')
    expect(wrapper.emitted('take')).toEqual([
      ['v1', '箱', 3000],
      // Below the minimum lies nothing.
      ['v1', '箱', 0],
      ['v2', '件', 1000],
    ])
  })

  test('in the unit a customer usually takes', async () => {
    const wrapper = shelf({}, { usual: new Map([['v1', '箱']]) })
    await press(wrapper, '加一箱 牛肉面')
    expect(wrapper.emitted('take')).toEqual([['v1', '箱', 2000]])
  })

  test('by category with what lies below it, by part of it, and by a shelf of one’s own', async () => {
    const wrapper = shelf({}, { own: [{ name: 'bought', label: '买过', holds: new Set(['p3']) }] })
    await press(wrapper, '食品')
    expect(names(wrapper)).toEqual(['牛肉面', '矿泉水'])
    await press(wrapper, '方便面')
    expect(names(wrapper)).toEqual(['牛肉面'])
    await press(wrapper, '买过')
    expect(names(wrapper)).toEqual(['短袖'])
    await press(wrapper, '全部')
    expect(names(wrapper)).toHaveLength(3)
  })

  test('who types finds it wherever it is, and is told when there is nothing', async () => {
    const wrapper = shelf()
    await press(wrapper, '服装')
    await wrapper.find('input[type=search]').setValue('水')
    expect(names(wrapper)).toEqual(['矿泉水'])
    await wrapper.find('input[type=search]').setValue('没有')
    expect(wrapper.text()).toContain('没有找到商品')
    await press(wrapper, '看全部商品')
    expect(names(wrapper)).toHaveLength(3)
  })

  test('to look only, nothing can be taken', () => {
    expect(shelf(null).findAll('.shelf-row-take')).toHaveLength(0)
  })

  test('what the goods are called now is on the shelf of whoever looks next', async () => {
    shelf().unmount()
    TABLES.products = [product('p1', { name: '鸡汤面', category_id: 'noodles' })] as never
    touch(['products'])
    await flushPromises()
    expect(names(shelf())).toEqual(['鸡汤面'])
  })
})

describe('the sheet of a product', () => {
  test('tells how the price falls, what comes free and what may be ordered', async () => {
    const wrapper = shelf({ 'v1/箱': 2000 })
    await press(wrapper, '牛肉面')
    const text = wrapper.find('dialog').text()
    expect(text).toContain('箱（24 袋）')
    expect(text).toContain('等级价')
    expect(text).toMatch(/每 24 袋 送 1 袋/)
    expect(text).toContain('2 箱起订')
  })

  test('says why a quantity may not be ordered, and keeps it as it was typed', async () => {
    const wrapper = shelf({ 'v1/箱': 1000 })
    await press(wrapper, '牛肉面')
    expect(wrapper.find('dialog [role=alert]').text()).toBe('至少订 2 箱')
    expect(wrapper.find('dialog input').element).toHaveProperty('value', '1')
  })

  test('chooses a variant by its axes, to the nearest there is', async () => {
    const wrapper = shelf()
    await press(wrapper, '短袖')
    const pressed = () => wrapper.findAll('.product-axis [aria-pressed=true]').map((one) => one.text())
    expect(pressed()).toEqual(['白', 'M'])
    // There is no black one in M.
    await press(wrapper, '黑')
    expect(pressed()).toEqual(['黑', 'L'])
    await press(wrapper, '加入')
    expect(wrapper.emitted('take')).toEqual([['s2', '件', 1000]])
  })
})
