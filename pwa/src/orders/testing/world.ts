// A customer, some goods with their prices and the commands of orders replayed over them, for the tests of this folder.

import { offer, pack, product, variant } from '../../catalog/testing/goods'
import type { Row, View } from '../../core/domain'
import type { Base } from '../../sync/base'
import type { Entry } from '../../sync/device'
import { newCommandOf } from '../../sync/testing/command'
import { Overlays } from '../../sync/view'
import { effects } from '../commands'

export const ME = 'person-me'
export const DAY = '2026-11-30'
export const NINE = Date.parse(`${DAY}T09:00:00+08:00`)

const TABLES = [
  ...['products', 'variants', 'prices', 'categories'],
  ...['customers', 'contacts', 'agents', 'people'],
  ...['orders', 'order_lines', 'order_moves', 'order_returns', 'order_return_lines'],
]

const SHOP = {
  id: 'c',
  name: '和平便利店',
  short_name: '和平店',
  phone: '021-1',
  province: '上海市',
  city: '上海市',
  county: '浦东新区',
  street: '世纪大道 1 号',
  owner_id: ME,
  price_level_id: 'gold',
  pinyin: 'heping',
  initials: 'hp',
}

/** Noodles at ¥3 the bag, ¥2.80 from 24 bags on and one more free with every 24; shirts in two colours at ¥10. */
export function rows(own: Record<string, Row[]> = {}): Record<string, Row[]> {
  const noodles = variant('n', {
    product_id: 'noodles',
    code: 'N-1',
    price_e4: 30_000,
    packs: [pack('袋', { barcode: '6920152414019' }), pack('箱', { factor: 24, minimum_e3: 2000 })],
  })
  return {
    products: [product('noodles', { name: '牛肉面' }), product('shirt', { name: '短袖', axes: ['颜色'] })] as never,
    variants: [
      noodles,
      variant('red', { product_id: 'shirt', name: '红', spec: ['红'], packs: [pack('件')] }),
      variant('blue', { product_id: 'shirt', name: '蓝', spec: ['蓝'], packs: [pack('件')], is_on_sale: false }),
    ] as never,
    prices: [
      offer('o', {
        variant_id: 'n',
        unit: '袋',
        breaks: [
          [0, 30_000],
          [24_000, 28_000],
        ],
        gifts: [{ every_e3: 24_000, variant_id: 'n', unit: '袋', quantity_e3: 1000 }],
      }),
    ] as never,
    customers: [SHOP],
    contacts: [{ id: 'k', customer_id: 'c', name: '小王', phone: '13912345678', position: '', is_main: true }],
    people: [{ id: ME, name: '王磊', roles: ['rep'], is_active: true }],
    ...own,
  }
}

export interface World {
  view: View
  /** Replays these commands, from the first to the last, over the rows. */
  tell(commands: readonly (readonly [name: string, args: object])[]): void
}

export function world(held: Record<string, Row[]> = rows()): World {
  const base: Base = new Map(
    TABLES.map((table) => [table, new Map((held[table] ?? []).map((row) => [row.id, { row, b: { all: 1 } }]))]),
  )
  const overlays = new Overlays(base, effects)
  overlays.onEffectError = (name, error) => {
    throw Object.assign(new Error(`the effect of ${name} failed`), { cause: error })
  }
  return {
    view: overlays.view,
    tell(commands) {
      const outbox = commands.map(
        ([name, args], at): Entry => ({
          ...newCommandOf(`uuid-${at}`, { name, args: JSON.stringify(args), captured_at: NINE + at }),
          number: at + 1,
          order: at + 1,
          deps: [],
          blobs: [],
          state: 'queued',
          sealed_at: null,
          tries: 0,
          seq: null,
          decision: null,
          journalled_at: null,
        }),
      )
      const { missing } = overlays.replay({ outbox, issues: [], sending: new Set(), person_id: ME })
      if (missing.size) throw new Error(`no such tables: ${[...missing].join(', ')}`)
    },
  }
}

/** An order of two cases of noodles and a shirt, as a phone hands it in. */
export function placed(order_id: string, own: object = {}): readonly [string, object] {
  return [
    'orders.place',
    {
      order_id,
      customer_id: 'c',
      lines: [
        { line_id: 'l1', variant_id: 'n', unit: '箱', quantity_e3: 2000, price_e4: 672_000, list_id: 'list-o' },
        { line_id: 'l2', variant_id: 'red', unit: '件', quantity_e3: 1000, price_e4: 100_000, list_id: null },
      ],
      goods_amount: 14_440,
      priced_on: DAY,
      recipient: { name: '小王', mobile: '13912345678', province: '', city: '', county: '', street: '世纪大道 1 号' },
      delivery_method: '快递',
      wanted_on: '2026-12-02',
      install_at: null,
      note: ' 放门口 ',
      expenses: [{ name: '运费', amount: 1200, remark: '' }],
      visit_id: null,
      clocks: { wall_at: NINE },
      ...own,
    },
  ]
}
