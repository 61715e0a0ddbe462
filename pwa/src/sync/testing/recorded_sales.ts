// What the recorded day sells: goods and prices from a desk, orders and money from a rep's phone and an agent's, and every step of an
// order's life in between. The first half of the day's commands is recorded_day.ts.

import { askUpgrade, invite, setProfile } from '../../agents/commands'
import { register } from '../../agents/online'
import { askReturn, cancelOrder, placeOrder, submitDraft } from '../../orders/commands'
import { collect } from '../../receivables/commands'
import type { Payloads } from '../../wire/commands'
import { type Act, AGENT, BEGAN, customer, id, listed, NORTH, PASSWORD } from './recorded_people'

const [GOLD, SILVER] = [id(4, 11), id(4, 12)]
const DRINKS = id(4, 21)
const [PRODUCT, SPARE] = [id(4, 31), id(4, 32)]
const [PLAIN, SWEET] = [id(4, 41), id(4, 42)]
const LIST = id(4, 51)
const STORE = id(4, 61)
const OPENING = id(4, 71)
const TODAY = '2026-11-20'
/** What a quarter shall bring. */
const QUARTER = { from_on: '2026-10-01', until_on: '2026-12-31' }
const TARGET = { ...QUARTER, metric: 'sales', amount: 9_000_000, category_id: null }
const WISH = { ...QUARTER, metric: 'visits', amount: 90 }
const [BOTTLE_E4, CASE_E4, SILVER_CASE_E4] = [35_000, 800_000, 780_000]
const CASE = { unit: '箱', factor: 24, barcode: '', price_e4: CASE_E4, minimum_e3: 0, maximum_e3: null, step_e3: 0 }
const PACKS = [
  { unit: '瓶', is_sold: true, factor: 1 },
  { ...CASE, is_sold: true },
] as never

const order = (n: number) => id(5, 100 + n)
const line = (n: number) => id(5, 200 + n)
const [WHOLE, CALLED_OFF, DRAFTED, THROWN_AWAY, OF_AGENT, PAST] = [1, 2, 3, 4, 5, 6].map(order) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const [AGENT_SHOP, BELOW, UNWANTED] = [customer(51), customer(52), customer(53)]
/** The link of the rep's invitation, which three people open. */
let token = ''

/** A phone that wants to be pushed to, and then does not. */
export const PUSHES: readonly [string, object][] = [
  [
    'messages.subscribe',
    {
      endpoint: 'https://fcm.googleapis.com/fcm/send/recorded',
      p256dh: 'BIbmyjLhh9NuFxO2NVDLV0s5dltV4kaqtksSV4VpvvvacZiOXBVQDAQeCUmz7Qiqbl-g0SBmV8_r0egTGzrZ-Xg',
      auth: 'MDEyMzQ1Njc4OWFiY2RlZg',
      language: 'zh-CN',
    },
  ],
  ['messages.unsubscribe', {}],
]

/** Levels, goods, prices and stock, as an administrator keeps them. */
export function goods(): Act[] {
  const variant = { spec: ['原味'], code: 'SP-1', packs: PACKS, price_e4: BOTTLE_E4, cost_e4: 21_000, is_on_sale: true }
  return listed({
    'customers.set_price_level': [
      { level_id: GOLD, name: '金牌', position: 1, is_active: true },
      { level_id: SILVER, name: '银牌', position: 2, is_active: true },
    ],
    'catalog.set_category': [
      { category_id: DRINKS, name: '饮料', parent_id: null, axes: ['口味'], position: 0, is_active: true },
    ],
    'catalog.use_starter': [{ starter: 'beauty', is_on: true }],
    'catalog.add_product': [
      {
        product_id: PRODUCT,
        name: '苏打水',
        category_id: DRINKS,
        axes: ['口味'],
        variants: [{ ...variant, variant_id: PLAIN, position: 0 }],
        is_on_sale: true,
      },
    ],
    'catalog.edit_product': [
      { product_id: PRODUCT, changes: { brand: ['', '泉'], description: ['', '无糖\n“零卡”'] } },
    ],
    'catalog.set_variants': [
      {
        product_id: PRODUCT,
        axes: ['口味'],
        variants: [
          { ...variant, variant_id: PLAIN, position: 0 },
          { ...variant, variant_id: SWEET, spec: ['甜'], code: 'SP-2', position: 1 },
        ],
      },
    ],
    'catalog.put_on_sale': [
      { product_id: PRODUCT, variant_id: SWEET, is_on_sale: false },
      { product_id: PRODUCT, variant_id: SWEET, is_on_sale: true },
    ],
    // With pictures is a matter of bytes, which a desk sends before it.
    'catalog.set_pictures': [{ product_id: PRODUCT, before: [], after: [], new: [] }],
    'catalog.set_price_list': [
      {
        list_id: LIST,
        name: '银牌价 2026',
        level_id: SILVER,
        customer_id: null,
        from_on: '2026-01-01',
        until_on: null,
        is_active: true,
      },
    ],
    'catalog.set_prices': [
      {
        list_id: LIST,
        prices: [
          {
            variant_id: PLAIN,
            unit: '箱',
            breaks: [
              [1000, SILVER_CASE_E4],
              [100_000, 750_000],
            ],
            gifts: [{ every_e3: 50_000, variant_id: SWEET, unit: '瓶', quantity_e3: 1000 }],
            may_rise: false,
          },
        ],
      },
    ],
    'inventory.set_warehouse': [{ warehouse_id: STORE, name: '二号仓', is_default: true, is_active: true }],
    'inventory.receive': [
      {
        receipt_id: id(4, 62),
        warehouse_id: STORE,
        lines: [
          { variant_id: PLAIN, unit: '箱', quantity_e3: 100_000, cost_e4: 500_000 },
          { variant_id: SWEET, unit: '瓶', quantity_e3: 24_000, cost_e4: null },
        ],
        reason: '首批到货',
      },
    ],
    'inventory.adjust': [
      { adjustment_id: id(4, 63), warehouse_id: STORE, variant_id: SWEET, change_e3: -2000, reason: '破损' },
    ],
    'orders.set_policy': [{ tolerance_permille: 5, on_difference: 'hold', list_age_days: 30 }],
    'figures.set_policy': [{ basis: 'reviewed', peers: 'rank' }],
    'targets.set': [{ ...TARGET, target_id: id(4, 81), scope: 'territory', scope_id: NORTH }],
    'targets.split': [
      {
        target_id: id(4, 81),
        into: 'months',
        step: 100,
        parts: ['2026-10', '2026-11', '2026-12'].map((key, n) => ({ target_id: id(4, 82 + n), key, weight: n + 1 })),
      },
    ],
    'targets.import_rows': [
      {
        rows: [{ ...WISH, row: 2, sheet: '目标.xlsx', target_id: id(4, 85), person_name: '', territory_name: '城北' }],
      },
    ],
    'targets.remove': [{ target_id: id(4, 84) }],
    'messages.mute': [{ kind: 'order_moved', is_muted: true }],
    'messages.set_quiet_hours': [{ quiet_from: 1320, quiet_until: 420 }],
    'messages.read': [{ message_ids: [], up_to: 1 }],
  })
}

/** What the office asks of the next visit, and what it asks no longer. */
export function asked(customer_id: string): Act[] {
  return listed({
    'visits.ask_follow_up': [
      { follow_up_id: id(4, 91), customer_id, text: '拍一下冰柜', kind: 'photo' },
      { follow_up_id: id(4, 92), customer_id, text: '问店主' },
    ],
    'visits.withdraw_follow_up': [{ follow_up_id: id(4, 92) }],
  })
}

/** Terms and what was owed before, as the clerk enters them. */
export function terms(customer_id: string): Act[] {
  return listed({
    'customers.set_level': [
      { customer_id, level_id: GOLD },
      { customer_id, level_id: null },
    ],
    'receivables.set_terms': [{ customer_id, credit_limit: 10_000_000, credit_days: 30, policy: 'hold' }],
    'receivables.open_balance': [
      {
        item_id: OPENING,
        customer_id,
        amount: 50_000,
        day_on: '2026-10-01',
        due_on: '2026-12-31',
        number: '期初-1',
      },
    ],
  })
}

const ORDERED = {
  delivery_method: '物流',
  wanted_on: null,
  install_at: null,
  note: '',
  visit_id: null,
  priced_on: TODAY,
} as const
const NOBODY = { name: '', mobile: '', province: '', city: '', county: '', street: '' }

function cases(n: number, count: number, price_e4 = CASE_E4, list_id: string | null = null) {
  return [{ line_id: line(n), variant_id: PLAIN, unit: '箱', quantity_e3: count * 1000, price_e4, list_id }]
}

/** What the rep takes down at a customer's: orders, money, a link for agents. */
export async function sell(customer_id: string, later: () => void): Promise<void> {
  await placeOrder(
    {
      ...ORDERED,
      order_id: WHOLE,
      customer_id,
      lines: [
        ...cases(1, 2),
        { line_id: line(2), variant_id: SWEET, unit: '瓶', quantity_e3: 3000, price_e4: BOTTLE_E4, list_id: null },
      ],
      recipient: {
        ...NOBODY,
        name: '王老板',
        mobile: '13900001111',
        province: '上海市',
        street: '世纪大道100号 “后门”',
      },
      wanted_on: '2026-11-25',
      note: '下午送\n先打电话',
      expenses: [{ name: '运费', amount: 1500, remark: '' }],
      goods_amount: 16_000 + 1050,
    },
    'cart-1',
  )
  later()
  const rest = { ...ORDERED, recipient: NOBODY, expenses: [] }
  await placeOrder({ ...rest, order_id: CALLED_OFF, customer_id, lines: cases(3, 1), goods_amount: 8000 }, 'cart-2')
  await collect({
    customer_id,
    visit_id: null,
    amount: 20_000,
    method: 'transfer',
    note: '微信转账',
    items: [{ item_id: OPENING, amount: 20_000 }],
  })
  await collect({ customer_id, visit_id: null, amount: 5000, method: 'cash', note: '', items: [] })
  await cancelOrder(CALLED_OFF, 'submitted', '客户改主意')
  const link = await invite({ uses: 3, days: 30, note: '展会', price_level_id: SILVER, territory_id: NORTH })
  token = link.url.split('/').at(-1) ?? ''
  await invite({ uses: 1, days: 7, note: '', price_level_id: null, territory_id: NORTH, upline_id: null })
}

/** Two orders that only wait at a desk: one the phone hands in, one nobody wants. */
export function drafts(customer_id: string): Act[] {
  const rest = { ...ORDERED, customer_id, recipient: NOBODY, expenses: [] }
  const draft = ({ priced_on: _, ...content }: typeof rest & { order_id: string; lines: ReturnType<typeof cases> }) =>
    content
  return listed({
    'orders.save_draft': [
      draft({ ...rest, order_id: DRAFTED, lines: cases(4, 1) }),
      draft({ ...rest, order_id: THROWN_AWAY, lines: cases(5, 1) }),
    ] as Payloads['orders.save_draft'][],
    'orders.discard_draft': [{ order_id: THROWN_AWAY }],
  })
}

/** An order from its review to the signature. */
export function fulfilled(): Act[] {
  const move = (expect: string, reason = '') => ({ order_id: WHOLE, expect, reason }) as never
  return listed({
    'orders.review': [{ ...(move('submitted') as object), accept_holds: true }],
    'orders.amend': [
      {
        ...(move('reviewed', '客户电话') as object),
        lines: [{ line_id: line(2), quantity_e3: 2000 }],
        note: '下午送',
        recipient: null,
      },
    ],
    'orders.allocate': [move('reviewed')],
    'orders.pack': [move('allocated')],
    'orders.ship': [move('packed', '德邦')],
    'orders.sign': [move('shipped')],
  })
}

/** The customer gives goods back, and hands in what was only a draft. */
export async function giveBack(later: () => void): Promise<void> {
  await submitDraft(DRAFTED)
  later()
  await askReturn(WHOLE, new Map([[line(1), 1000]]), '漏水')
  await askReturn(WHOLE, new Map([[line(2), 1000]]), '不好卖')
}

/** What was asked back as the phone named it, oldest first; the clerk decides, and closes the order. */
export function decided(returns: readonly string[], collection_id: string): Act[] {
  return listed({
    'orders.receive_return': [{ return_id: returns[0] as string, reason: '' }],
    'orders.refuse_return': [{ return_id: returns[1] as string, reason: '已拆封' }],
    'orders.close': [{ order_id: WHOLE, expect: 'signed', reason: '' }],
    'receivables.void_collection': [{ collection_id, reason: '记错客户' }],
  })
}

/** Spreadsheets of goods and of past orders. */
export function sheets(customer_id: string): Act[] {
  return listed({
    'catalog.import_rows': [
      {
        rows: [
          {
            row: 2,
            product_id: SPARE,
            variant_id: id(4, 43),
            name: '纯净水',
            sheet: '商品',
            code: 'CJ-1',
            category: ['饮料'],
            unit: '瓶',
            price_e4: 20_000,
          },
        ] as Payloads['catalog.import_rows']['rows'],
      },
    ],
    'inventory.import_rows': [
      {
        rows: [
          {
            row: 2,
            name: '苏打水',
            code: 'SP-2',
            sheet: '库存',
            warehouse: '二号仓',
            counted: [{ quantity_e3: 30_000, unit: '瓶' }],
          },
        ] as Payloads['inventory.import_rows']['rows'],
        reason: '盘点.xlsx',
      },
    ],
    'orders.import_rows': [
      {
        rows: [
          {
            row: 2,
            order_id: PAST,
            number: 'OLD-0001',
            placed_at: BEGAN - 86_400_000 * 30,
            sheet: '订单',
            customer_code: '',
            customer_name: '',
            state: 'closed',
            lines: [{ row: 2, code: 'SP-1', unit: '箱', quantity_e3: 1000, price_e4: CASE_E4 }],
            returned_amount: 0,
            owner_name: '',
            territory_name: '',
            note: '',
          },
        ] as Payloads['orders.import_rows']['rows'],
        source: 'old.xlsx',
        customer_id,
      },
    ],
  })
}

/** Three people open the link; nobody is signed in then. */
export async function registered(): Promise<void> {
  const somebody = { token, password: PASSWORD }
  await register({
    ...somebody,
    agent_id: AGENT_SHOP,
    name: '赵强',
    mobile: '13700001111',
    province: '浙江省',
    note: '“团购”',
  })
  await register({ ...somebody, agent_id: BELOW, name: '钱多', mobile: '13700002222' })
  await register({ ...somebody, agent_id: UNWANTED, name: '孙某', mobile: '13700003333' })
}

/** Which of them become agents; `open` is the second invitation, which nobody used. */
export function admitted(open: string): Act[] {
  return listed({
    'agents.approve': [
      { agent_id: AGENT_SHOP, person_id: AGENT, price_level_id: SILVER, class_id: null },
      { agent_id: BELOW, person_id: id(1, 6), price_level_id: null, class_id: null },
    ],
    'agents.refuse': [{ agent_id: UNWANTED, reason: '没有门店' }],
    'agents.move_upline': [{ agent_id: BELOW, upline_id: AGENT_SHOP, reason: '由他介绍' }],
    'agents.revoke_invitation': [{ invitation_id: open }],
  })
}

/** The agent's own phone: where his parcels come from, another level, an order at his own price. */
export async function actAsAgent(later: () => void): Promise<void> {
  await setProfile({
    sender: '赵强',
    mobile: '13700001111',
    province: '浙江省',
    city: '杭州市',
    county: '',
    street: '文三路1号',
  })
  later()
  await askUpgrade(GOLD, '一年卖了三千箱')
  await placeOrder(
    {
      ...ORDERED,
      order_id: OF_AGENT,
      customer_id: AGENT_SHOP,
      lines: cases(6, 3, SILVER_CASE_E4, LIST),
      recipient: {
        ...NOBODY,
        name: '李四',
        mobile: '13800002222',
        province: '浙江省',
        city: '杭州市',
        street: '文二路2号',
      },
      expenses: [],
      goods_amount: 23_400,
    },
    'cart-3',
  )
}

/** What the office makes of the agents in the end. */
export function judged(request_id: string): Act[] {
  return listed({
    'agents.decide_upgrade': [{ request_id, is_approved: true, reason: '' }],
    'agents.set_level': [{ agent_id: BELOW, price_level_id: GOLD, reason: '活动' }],
    'agents.end': [{ agent_id: BELOW, reason: '不做了' }],
  })
}
