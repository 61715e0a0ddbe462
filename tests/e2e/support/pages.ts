// Every page of the app with somebody to look at it and something on it: an open visit with a photo, a done one, a refused change, a
// request for another pin, one thing that waits.

import { expect, type Page } from '@playwright/test'
import type { Desk } from './desk'
import { type Good, payersOfListPrices, placeOrder, stockUp } from './orders'
import type { Phone } from './phone'
import { checkIn, photograph, photoStops, type Stop, today } from './round'
import type { Server } from './server'

export interface Look {
  name: string
  path: string
  /** Opens what lies over the page: a sheet, the camera. */
  over?: (page: Page) => Promise<void>
}

export interface Company {
  stops: Stop[]
  /** Whom 李娜 visited yesterday. */
  done: { visit_id: string; person_id: string; day_on: string }
  /** What the first stop ordered. */
  order_id: string
}

/** What happened before anybody looks, through the same commands phones use. */
export async function furnish(deskFor: (login: string) => Promise<Desk>, server: Server): Promise<Company> {
  const rep = await deskFor('wang')
  const stops = await photoStops(rep)
  const [, second] = stops as [Stop, Stop]
  await rep.run('customers.ask_pin', {
    pin_id: crypto.randomUUID().replace(/^(.{14})./, '$17'),
    customer_id: second.id,
    latitude_e7: Math.round(second.place.latitude * 1e7) + 4000,
    longitude_e7: Math.round(second.place.longitude * 1e7),
    accuracy_m: 9,
    reason: '搬到对面',
  })
  const [done] = server.rows<Company['done']>(
    "SELECT id AS visit_id, person_id, day_on FROM visits WHERE state = 'done' ORDER BY day_on DESC, checked_in_at LIMIT 1",
  )
  if (!done) throw new Error('the demonstration has no visit that is done')
  await sendWhatNobodyKnows(rep)
  return { stops, done, order_id: await placeOne(rep, stops[0] as Stop) }
}

/** Work of an app newer than the server, which keeps it for the administrator. */
async function sendWhatNobodyKnows({ api }: Desk): Promise<void> {
  const hello = await api.post('/api/sync/hello', { data: { proto: 1, replica: null, schema: 1 } })
  const { replica, epoch } = (await hello.json()) as { replica: string; epoch: string }
  const args = { customer_id: crypto.randomUUID(), note: '“店主”\n想换冰柜' }
  const command = { number: 1, uuid: crypto.randomUUID(), name: 'fridges.ask', v: 3, args }
  const answer = await api.post('/api/sync/push', { data: { epoch, replica, commands: [command] } })
  expect(await answer.json()).toMatchObject({ results: [{ status: 'quarantined' }] })
}

/** Three of each of three goods of the demonstration, and freight. */
async function placeOne(rep: Desk, { id: customer_id }: Stop): Promise<string> {
  const { variants = [] } = await rep.everything()
  const order_id = crypto.randomUUID()
  await rep.run('orders.place', {
    order_id,
    customer_id,
    lines: variants.slice(0, 3).map(({ id, packs }) => ({
      line_id: crypto.randomUUID(),
      variant_id: id,
      unit: (packs as { unit: string }[])[0]?.unit,
      quantity_e3: 12_000,
    })),
    goods_amount: 0,
    priced_on: today(),
    recipient: { name: '王老板', mobile: '13912345678', city: '上海市', county: '浦东新区', street: '源深路 1 号' },
    note: '放后门',
    expenses: [{ name: '运费', amount: 1200 }],
  })
  return order_id
}

/** The rep's phone with an open visit that has a photo, and a change the server refused. Ends on Today. */
export async function beginDay(phone: Phone, { stops }: Company): Promise<string> {
  const [first, second] = stops as [Stop, Stop]
  const { page } = phone
  await phone.standAt(first.place)
  await phone.signIn('wang')
  await expect(page.getByText(first.name)).toBeVisible()
  await phone.installed()
  await checkIn(page, first)
  await photograph(page, '门头照', 1)
  const visit = new URL(page.url()).pathname
  await page.goto(`/customers/${second.id}/edit`)
  await page.getByLabel('编号').fill('PU001')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(phone.badge()).toHaveAccessibleName(/1 条需要你处理/, { timeout: 30_000 })
  await page.goto('/today')
  return visit
}

async function pressText(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: text }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** Opens goods that come in more than one kind. */
async function openGoods(page: Page): Promise<void> {
  await page.locator('.shelf-row-choose').first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** Something in the cart, and the page that shows it. */
async function fillCart(page: Page): Promise<void> {
  await page.locator('.shelf-row-plus').first().click()
  await page.getByRole('link', { name: '看购物车' }).click()
  await expect(page.locator('.cart-line')).not.toHaveCount(0)
}

const SHEET = `收件人,手机,收货地址,商品,数量,单位
张三,13800138000,上海市浦东新区世纪大道100号,清泉谷苏打水,2,箱
李四,021-5888,文三路1号,茗山乌龙茶无糖,12,瓶
王五,13700137000,江苏省南京市鼓楼区中山路1号,没有的水,1,箱
`

/** A sheet with many recipients: of one the goods are not known, of one mobile and address are not sure. */
async function readSheet(page: Page): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '代发.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) })
  await expect(page.getByText('第 4 行')).toBeVisible()
}

/** A message of which one line is not recognised, and which says when. */
async function pasteOrder(page: Page): Promise<void> {
  await pressText(page, '粘贴下单')
  const sheet = page.getByRole('dialog')
  await sheet
    .getByLabel('文字')
    .fill('清泉谷苏打水2箱，肥宅快乐水3罐，明天下午送\n张三 13800138000 上海市浦东新区世纪大道100号')
  await expect(sheet.getByText('用作送货日期')).toBeVisible()
}

export const SIGNED_OUT: Look[] = [{ name: 'sign-in', path: '/sign-in' }]

export function looksOfRep({ stops, order_id }: Company, visit: string): Look[] {
  const [first, second, third] = stops as [Stop, Stop, Stop]
  return [
    { name: 'today', path: '/today' },
    { name: 'check-in', path: '/today', over: (page) => pressText(page, third.name) },
    { name: 'visit', path: visit },
    { name: 'camera', path: visit, over: (page) => page.locator('.visit-shoot').first().click() },
    { name: 'check-out', path: visit, over: (page) => pressText(page, '签退') },
    { name: 'customers', path: '/customers' },
    { name: 'customer', path: `/customers/${first.id}` },
    { name: 'collect', path: `/customers/${first.id}`, over: (page) => pressText(page, '收款') },
    { name: 'collections', path: '/collections' },
    { name: 'statement', path: `/statements/${first.id}` },
    { name: 'customer-edit', path: `/customers/${second.id}/edit` },
    { name: 'customer-new', path: '/customers/new' },
    { name: 'messages', path: '/messages' },
    { name: 'message-settings', path: '/messages/settings' },
    { name: 'orders', path: '/orders' },
    { name: 'order', path: `/orders/${order_id}` },
    { name: 'order-more', path: `/orders/${order_id}`, over: (page) => pressText(page, '更多') },
    { name: 'catalog', path: '/catalog' },
    { name: 'shop', path: `/orders/for/${third.id}` },
    { name: 'product', path: `/orders/for/${third.id}`, over: openGoods },
    { name: 'cart', path: `/orders/for/${third.id}`, over: fillCart },
    {
      name: 'checkout',
      path: `/orders/for/${third.id}`,
      over: async (page) => {
        await fillCart(page)
        await page.locator('.cart a').first().click()
        await expect(page.getByLabel('送货方式').first()).toBeVisible()
      },
    },
    { name: 'paste', path: `/orders/for/${third.id}`, over: pasteOrder },
    {
      name: 'paste-find',
      path: `/orders/for/${third.id}`,
      over: async (page) => {
        await pasteOrder(page)
        await page.getByRole('button', { name: '搜索商品' }).first().click()
        await expect(page.getByRole('dialog', { name: /肥宅快乐水/ })).toBeVisible()
      },
    },
    { name: 'order-sheet', path: `/orders/sheet/${third.id}` },
    { name: 'order-sheet-read', path: `/orders/sheet/${third.id}`, over: readSheet },
    {
      name: 'order-sheet-one',
      path: `/orders/sheet/${third.id}`,
      over: async (page) => {
        await readSheet(page)
        await pressText(page, '李四')
      },
    },
    { name: 'outbox', path: '/outbox' },
    { name: 'routes', path: '/routes' },
    { name: 'route', path: '/routes', over: (page) => page.locator('main a').first().click() },
    { name: 'me', path: '/me' },
    { name: 'sessions', path: '/me/sessions' },
    { name: 'password', path: '/me/password' },
    { name: 'sign-out', path: '/me/sign-out' },
    { name: 'not-found', path: '/nowhere' },
  ]
}

export function looksOfManager({ done }: Company): Look[] {
  return [
    { name: 'team', path: '/team' },
    { name: 'team-day', path: `/team/${done.person_id}/${done.day_on}` },
    { name: 'team-today', path: `/team/${done.person_id}/${today()}` },
    { name: 'visit-done', path: `/visits/${done.visit_id}` },
    { name: 'pin-requests', path: '/customers/pins' },
    { name: 'customers', path: '/customers' },
    { name: 'me', path: '/me' },
  ]
}

/** What the administrator sets for visits, also on his phone. */
export const OFFICE_SETTINGS: Look[] = [
  { name: 'steps', path: '/steps' },
  { name: 'step-photo', path: '/steps', over: (page) => pressText(page, '1. 门头照') },
  {
    name: 'step-form',
    path: '/steps',
    over: async (page) => {
      await page.getByRole('tab', { name: '商超' }).click()
      await pressText(page, '2. 陈列检查')
    },
  },
  { name: 'classes', path: '/customers/classes' },
  {
    name: 'class',
    path: '/customers/classes',
    over: async (page) => {
      await page.getByRole('row', { name: '便利店' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  { name: 'holidays', path: '/holidays' },
  {
    name: 'holiday-new',
    path: '/holidays',
    over: async (page) => {
      await pressText(page, '加假日')
      await page.getByRole('dialog').getByRole('button', { name: '加上' }).click()
    },
  },
]

async function pressRow(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function openPrices(page: Page): Promise<void> {
  await pressRow(page, '银牌价格表')
  await page.getByRole('link', { name: '表里的价格' }).click()
  await expect(page.getByRole('row', { name: '清泉谷' }).first()).toBeVisible()
}

/** Goods and prices as a desk keeps them. */
const OFFICE_CATALOG: Look[] = [
  { name: 'products', path: '/catalog/products' },
  { name: 'product', path: '/catalog/products', over: (page) => pressRow(page, '清泉谷饮用天然水') },
  { name: 'product-new', path: '/catalog/products', over: (page) => pressText(page, '新商品') },
  {
    name: 'variants',
    path: '/catalog/products',
    over: async (page) => {
      await pressRow(page, '清泉谷饮用天然水')
      await page.getByRole('link', { name: '规格、包装和条码' }).click()
      await expect(page.getByRole('row', { name: '550ml' })).toBeVisible()
    },
  },
  {
    name: 'variant',
    path: '/catalog/products',
    over: async (page) => {
      await pressRow(page, '清泉谷饮用天然水')
      await page.getByRole('link', { name: '规格、包装和条码' }).click()
      await pressRow(page, '550ml')
    },
  },
  {
    name: 'axes',
    path: '/catalog/products',
    over: async (page) => {
      await pressRow(page, '清泉谷饮用天然水')
      await page.getByRole('link', { name: '规格、包装和条码' }).click()
      await pressText(page, '规格项和值')
    },
  },
  { name: 'categories', path: '/catalog/categories' },
  { name: 'category', path: '/catalog/categories', over: (page) => pressRow(page, '饮料 / 水') },
  { name: 'starters', path: '/catalog/categories', over: (page) => pressText(page, '内置分类') },
  { name: 'price-lists', path: '/catalog/price-lists' },
  { name: 'price-list', path: '/catalog/price-lists', over: (page) => pressRow(page, '协议价') },
  { name: 'price-list-new', path: '/catalog/price-lists', over: (page) => pressText(page, '新价格表') },
  { name: 'prices', path: '/catalog/price-lists', over: openPrices },
  {
    name: 'price',
    path: '/catalog/price-lists',
    over: async (page) => {
      await openPrices(page)
      await pressRow(page, '550ml')
    },
  },
]

/** Opens the first row of a table, and from its sheet what one of its buttons opens. */
async function openRow(page: Page, button?: string): Promise<void> {
  await page.locator('tbody tr').first().click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toBeVisible()
  await expect(sheet.locator('.base-skeleton')).toHaveCount(0)
  if (button) await sheet.getByRole('button', { name: button }).click()
}

/** Stock and debts, and what is done about both. */
export const LEDGERS: Look[] = [
  { name: 'stock', path: '/stock' },
  { name: 'stock-one', path: '/stock', over: (page) => openRow(page) },
  { name: 'stock-adjust', path: '/stock', over: (page) => openRow(page, '盘点调整') },
  { name: 'stock-receive', path: '/stock', over: (page) => pressText(page, '收货') },
  { name: 'warehouses', path: '/stock', over: (page) => pressText(page, '仓库') },
  { name: 'debts', path: '/debts' },
  { name: 'debts-account', path: '/debts', over: (page) => openRow(page) },
  { name: 'debts-terms', path: '/debts', over: (page) => openRow(page, '信用条件') },
  { name: 'debts-opening', path: '/debts', over: (page) => openRow(page, '记期初欠款') },
]

/** Orders of which one is held, one changed, one goes elsewhere with everything an order may have, and one has left in part. */
export async function furnishOrders(deskFor: (login: string) => Promise<Desk>): Promise<string[]> {
  const [rep, clerk] = [await deskFor('wang'), await deskFor('wu')]
  const { goods } = await stockUp(clerk, 100_000)
  const [water, soda, tea] = goods as [Good, Good, Good]
  const shops = await payersOfListPrices(rep)
  const place = (at: number, count: number, more = {}, seen_e4 = soda.price_e4) =>
    placeOrder(
      rep,
      shops[at]?.id ?? '',
      [
        { good: water, count },
        { good: soda, count: 3, seen_e4 },
      ],
      more,
    )
  const ids = [
    await place(0, 10),
    await place(1, 4, { priced_on: '2026-01-01' }),
    await place(2, 6, {}, soda.price_e4 - 1000),
    await place(3, 20, {
      recipient: {
        name: '李雷',
        mobile: '13812345678',
        province: '浙江省',
        city: '杭州市',
        county: '西湖区',
        street: '文三路 188 号 3 幢 502',
      },
      expenses: [{ name: '运费', amount: 1500, remark: '冷链' }],
      delivery_method: '顺路捎带',
      note: '周末不收货，走后门',
    }),
    await placeOrder(rep, shops[4]?.id ?? '', [{ good: tea, count: 24 }]),
  ]
  const back = ids[4] ?? ''
  for (const [step, expect] of [
    ['review', 'submitted'],
    ['allocate', 'reviewed'],
    ['ship', 'allocated'],
  ]) {
    await clerk.run(`orders.${step}`, { order_id: back, expect })
  }
  const { order_lines = [] } = await rep.everything()
  const line_id = order_lines.find((line) => line.order_id === back)?.id
  await clerk.run('orders.ask_return', {
    return_id: crypto.randomUUID(),
    order_id: back,
    lines: [{ return_line_id: crypto.randomUUID(), line_id, quantity_e3: 2000 }],
    reason: '破损',
  })
  return ids
}

async function openOrder(page: Page, text: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: text }).click()
  await expect(page.getByRole('dialog').getByText('经过')).toBeVisible()
}

/** What a clerk does with orders; `ids` as furnished. */
export function looksOfOrders(ids: readonly string[]): Look[] {
  const held = '下单时手机上的价格太旧'
  return [
    { name: 'rankings', path: '/rankings' },
    { name: 'targets', path: '/targets' },
    {
      name: 'ranking-documents',
      path: '/rankings',
      over: async (page) => {
        await page.locator('.rankings-list .ranking-line').first().click()
        await expect(page.getByRole('dialog').locator('.base-cell').first()).toBeVisible()
      },
    },
    { name: 'orders-desk', path: '/orders/desk' },
    { name: 'order-held', path: '/orders/desk', over: (page) => openOrder(page, held) },
    {
      name: 'order-amend',
      path: '/orders/desk',
      over: async (page) => {
        await openOrder(page, held)
        await page.getByRole('dialog').getByRole('button', { name: '更多' }).click()
        await page.getByRole('dialog', { name: '更多' }).getByRole('button', { name: '改单' }).click()
        const amend = page.getByRole('dialog', { name: /改单/ })
        await amend.getByRole('button', { name: /^去掉/ }).first().click()
      },
    },
    {
      name: 'orders-bulk',
      path: '/orders/desk',
      over: async (page) => {
        await expect(page.getByRole('row').filter({ hasText: held })).toBeVisible()
        await page.locator('thead').getByRole('checkbox').press('Space')
        await page.getByRole('button', { name: /^审核 \d/ }).click()
        await page.getByRole('dialog').getByRole('button', { name: '审核' }).click()
        await expect(page.getByRole('dialog').getByRole('button', { name: '好了' })).toBeVisible()
      },
    },
    {
      name: 'order-returned',
      path: '/orders/desk?queue=returns',
      over: (page) => openOrder(page, '破损'),
    },
    { name: 'orders-all', path: '/orders/desk?queue=all' },
    { name: 'order-figures', path: '/orders/figures' },
    {
      name: 'order-profit',
      path: '/orders/figures',
      over: async (page) => {
        await page.getByRole('tab', { name: '按客户' }).click()
        await expect(page.getByRole('row').filter({ hasText: '¥' }).first()).toBeVisible()
      },
    },
    { name: 'delivery-notes', path: `/orders/delivery-notes?ids=${ids.slice(0, 4).join(',')}` },
  ]
}

export const LOOKS_OF_ADMINISTRATOR: Look[] = [
  ...OFFICE_CATALOG,
  ...OFFICE_SETTINGS,
  { name: 'levels', path: '/customers/levels' },
  {
    name: 'level',
    path: '/customers/levels',
    over: async (page) => {
      await page.getByRole('row', { name: '银牌' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  { name: 'order-policy', path: '/orders/policy' },
  { name: 'figure-policy', path: '/rankings/policy' },
  {
    name: 'target',
    path: '/targets',
    over: async (page) => {
      await page.getByRole('tab', { name: '目标' }).click()
      await page.getByRole('button', { name: '定目标' }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  { name: 'people', path: '/people' },
  { name: 'territories', path: '/territories' },
  { name: 'phones', path: '/phones' },
  { name: 'stuck', path: '/stuck' },
  { name: 'stuck-sheet', path: '/stuck', over: (page) => pressRow(page, '服务器不认识这种内容') },
  {
    name: 'stuck-back',
    path: '/stuck',
    over: async (page) => {
      await pressRow(page, '服务器不认识这种内容')
      await page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
    },
  },
  { name: 'customers-desk', path: '/customers/desk' },
  { name: 'customers', path: '/customers' },
  ...LEDGERS,
  { name: 'outbox', path: '/outbox' },
  { name: 'me', path: '/me' },
]

/** Opens a page and waits until it has drawn what it is about. */
export async function show(page: Page, look: Look): Promise<void> {
  await page.goto(look.path)
  await expect(page.locator('#page-title, h1').first()).toBeVisible()
  await expect(page.locator('.base-skeleton')).toHaveCount(0)
  await expect(page.locator('main')).not.toBeEmpty()
  await look.over?.(page)
  // Pictures and lists that are read from the phone's own database a moment later.
  await page.waitForTimeout(250)
}
