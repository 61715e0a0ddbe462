// Selling from both ends, on the built app: an agent without a service worker orders thirty lines by search, before a camera and out of a
// message; a rep orders in a basement by prices that are out of date; a clerk reviews both. The prices differ from what was seen, once
// applied and once held, one line is short, and everything that shows an order says the same to the fen.

import type { Page } from '@playwright/test'
import type { Desk } from './support/desk'
import { browserSeeing } from './support/film'
import { heardEarlier } from './support/held'
import { amountsIn, fenOf, sheetOf } from './support/papers'
import { Phone } from './support/phone'
import { checkIn, photoStops, today } from './support/round'
import type { Server } from './support/server'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 150_000 })

const SEARCHED = ['S0014', 'S0015', 'S0016', 'S0017', 'S0018', 'S0019']
const SCANNED = ['2000000000015', '2000000000039']
/** Of the first there are two in stock, and four are ordered. */
const PASTED = [5, 20, 22, 25, 26, 27, 28, 30, 31, 32, 33, 34, 35, 39, 40, 43, 44, 45, 46, 55, 56, 57].map(
  (at) => `S${String(at).padStart(4, '0')}`,
)

/** Prices that came to a phone longer ago hold an order. */
const LIST_AGE_DAYS = 7

interface Good {
  code: string
  variant_id: string
  product: string
  name: string
  unit: string
}

interface Kept {
  id: string
  number: string
  state: string
  goods_amount: number
  total_amount: number
  hold_codes: string
  lines: { price_e4: number; quantity_e3: number; amount: number }[]
}

function goodsOf(server: Server): Map<string, Good> {
  const rows = server.rows<Good & { packs: string }>(
    `SELECT variants.code, variants.id AS variant_id, products.name AS product, variants.name, packs
     FROM variants JOIN products ON products.id = product_id`,
  )
  return new Map(rows.map((row) => [row.code, { ...row, unit: (JSON.parse(row.packs) as [Good])[0].unit }]))
}

function keptOf(server: Server): Kept[] {
  return server.rows<Omit<Kept, 'lines'>>('SELECT * FROM orders ORDER BY number').map((order) => ({
    ...order,
    lines: server.rows<Kept['lines'][number]>(
      'SELECT price_e4, quantity_e3, amount FROM order_lines WHERE order_id = ? ORDER BY position',
      order.id,
    ),
  }))
}

/** Half away from zero, in integers. */
function amountOf({ price_e4, quantity_e3 }: Kept['lines'][number]): number {
  return Number((BigInt(price_e4) * BigInt(quantity_e3) + 50_000n) / 100_000n)
}

/** Base units of these goods at these prices in 1/10000 yuan, on the list. */
async function setPrices(manager: Desk, list_id: string, prices: readonly (readonly [Good, number])[]): Promise<void> {
  await manager.run('catalog.set_prices', {
    list_id,
    prices: prices.map(([{ variant_id, unit }, price_e4]) => ({ variant_id, unit, breaks: [[0, price_e4]] })),
  })
}

async function search(page: Page, { product, unit }: Good): Promise<void> {
  await page.locator('.shelf').getByRole('searchbox').fill(product)
  await page.getByRole('button', { name: `加一${unit} ${product}`, exact: true }).click()
}

/** The lines of an order and what they come to, as its page on a phone says. */
async function onPhone(page: Page): Promise<number[]> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^S\d{10}$/)
  return amountsIn(page.locator('.order .base-group', { has: page.getByRole('heading', { name: /^\d+ 种商品$/ }) }))
}

test('what an agent and a rep ordered is the same to the fen on phone, desk, print and export', async ({
  browser,
  launchOptions,
  phoneOf,
  deskFor,
  server,
}) => {
  const [manager, chief, wang] = [await deskFor('zhou'), await deskFor('chen'), await deskFor('wang')]
  const goods = goodsOf(server)
  const good = (code: string): Good => goods.get(code) as Good
  const stops = await photoStops(wang)
  // One who owes nothing, where there is one: then only the prices hold his order.
  const stop = stops.find(({ id }) => server.count('SELECT count(*) FROM accounts WHERE id = ?', id) === 0) ?? stops[0]
  const [agent] = server.rows<{ id: string; price_level_id: string }>(
    `SELECT agents.id, price_level_id FROM agents JOIN people ON people.id = person_id WHERE login = 'zhao'`,
  )
  if (!stop || !agent) throw new Error('the demonstration has no agent, or nobody on the round today')
  const [for_agent, for_shop] = [crypto.randomUUID(), crypto.randomUUID()]
  const list = { name: '本月价', from_on: today() }
  await manager.run('catalog.set_price_list', { ...list, list_id: for_agent, level_id: agent.price_level_id })
  await manager.run('catalog.set_price_list', { ...list, list_id: for_shop, customer_id: stop.id })
  await setPrices(manager, for_agent, [
    [good('S0016'), 91_234],
    [good('S0017'), 92_345],
  ])
  await setPrices(manager, for_shop, [
    [good('S0006'), 24_567],
    [good('S0007'), 30_111],
  ])
  const before = server.count('SELECT count(*) FROM orders')
  expect(before).toBe(0)

  const rep = await phoneOf({ place: stop.place })
  await rep.signIn('wang')
  await rep.installed()
  await rep.settled()
  await rep.offline()
  // A day longer than the company lets prices lie.
  await heardEarlier(rep.page, LIST_AGE_DAYS + 1)
  await rep.page.reload()

  const seeing = await browserSeeing(browser, launchOptions, [
    { code: SCANNED[0] as string, seconds: 1 },
    { seconds: 1 },
    { code: SCANNED[1] as string, seconds: 1 },
    { seconds: 1 },
  ])
  const own = await Phone.open(seeing, server, { more: { serviceWorkers: 'block' } })
  const { page } = own
  await own.signIn('zhao')
  await own.settled()

  await test.step('an agent without a service worker: by search, before the camera, out of a message', async () => {
    await page.goto('/orders')
    await page.getByRole('button', { name: '下单', exact: true }).click()
    for (const code of SEARCHED) await search(page, good(code))
    await page.getByRole('button', { name: '扫码下单' }).click()
    const scanner = page.getByRole('dialog', { name: '扫码下单' })
    await expect(scanner.getByText('清泉谷饮用天然水 380ml').first()).toBeVisible({ timeout: 20_000 })
    await expect(scanner.getByText('清泉谷饮用天然水 1.5L').first()).toBeVisible({ timeout: 20_000 })
    await scanner.getByRole('button', { name: /^完成/ }).click()
    await page.getByRole('button', { name: '粘贴下单' }).click()
    const sheet = page.getByRole('dialog', { name: '粘贴下单' })
    const said = PASTED.map((code, at) => {
      const { product, name, unit } = good(code)
      return `${product} ${name} ${at ? at + 1 : 4}${unit}`
    })
    await sheet.getByLabel('文字').fill(said.join('\n'))
    await expect(sheet.locator('.pasted')).toHaveCount(PASTED.length)
    // What is not beyond doubt is asked, and the first that is offered is meant.
    for (const open of await sheet.locator('.pasted.is-open').all()) {
      await open.locator('.pasted-offers button').first().click()
    }
    await sheet.getByRole('button', { name: `加入 ${PASTED.length} 行` }).click()
    await page.getByRole('link', { name: '看购物车' }).click()
    await expect(page.getByRole('heading', { name: '30 种商品' })).toBeVisible()
  })

  await test.step('two prices change under his eyes, one up and one down: applied, and told line by line', async () => {
    // What comes from the company does not get through for a moment.
    await page.route('**/api/sync/**', (route) => route.abort())
    await setPrices(manager, for_agent, [
      [good('S0016'), 94_321],
      [good('S0017'), 90_001],
    ])
    await page.getByRole('button', { name: '提交订单' }).click()
    await expect(page.getByText('还没有编号')).toBeVisible()
    await page.unroute('**/api/sync/**')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect(page.getByText('2 种商品的价格有变化')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('价格 ¥9.1234 → ¥9.4321')).toBeVisible()
    await expect(page.getByText('价格 ¥9.2345 → ¥9.0001')).toBeVisible()
  })

  await test.step('a rep in a basement, in a visit, by prices that are out of date: held', async () => {
    await checkIn(rep.page, stop)
    await rep.page.getByRole('link', { name: '下单', exact: true }).click()
    for (const code of ['S0006', 'S0007']) await search(rep.page, good(code))
    await rep.page.getByRole('link', { name: '看购物车' }).click()
    for (const [code, count] of [
      ['S0006', '7'],
      ['S0007', '3'],
    ] as const) {
      const field = rep.page.locator('.cart-line', { hasText: good(code).product }).getByRole('textbox')
      await field.fill(count)
      await field.press('Enter')
    }
    // 7 at ¥2.4567 and 3 at ¥3.0111.
    await expect(rep.page.locator('.shop-sum')).toContainText('¥26.23')
    await chief.run('orders.set_policy', { tolerance_permille: 0, on_difference: 'hold', list_age_days: LIST_AGE_DAYS })
    await setPrices(manager, for_shop, [
      [good('S0006'), 25_123],
      [good('S0007'), 29_333],
    ])
    await rep.page.getByRole('button', { name: '提交订单' }).click()
    await rep.page.locator('.visit .base-cell', { hasText: '还没有编号' }).getByRole('link').click()
    await rep.online()
    await expect(rep.page.getByText('2 种商品的价格有变化')).toBeVisible({ timeout: 60_000 })
    await expect(rep.page.locator('.base-notice', { hasText: '价格和下单时看到的不同' })).toContainText(
      '下单时手机上的价格太旧',
    )
    await rep.settled()
  })

  const [ordered, held] = keptOf(server) as [Kept, Kept]
  expect(ordered).toMatchObject({ state: 'submitted', hold_codes: '[]' })
  expect(held).toMatchObject({ state: 'submitted', total_amount: 2639 })
  expect(JSON.parse(held.hold_codes)).toEqual(['orders.price_changed', 'orders.list_old'])
  expect(ordered.lines).toHaveLength(30)

  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('wu')
  await desk.settled()
  const office = desk.page
  await office.goto('/orders/desk')
  const atDesk = async (one: Kept): Promise<number[]> => {
    const sheet = office.getByRole('dialog', { name: one.number })
    const part = sheet.locator('.base-group', {
      has: office.getByRole('heading', { name: `${one.lines.length} 行商品` }),
    })
    const sums = sheet.locator('.base-group', { has: office.getByRole('heading', { name: '金额' }) })
    return [...(await amountsIn(part)), ...(await amountsIn(sums)).slice(-1)]
  }
  const told = new Map<string, number[]>()

  await test.step('a clerk reviews both: of one a line is short, the other is accepted all the same', async () => {
    await office.getByRole('row').filter({ hasText: ordered.number }).click()
    const sheet = office.getByRole('dialog', { name: ordered.number })
    await expect(sheet.getByText('2 种商品按公司价格改了')).toBeVisible()
    await sheet.getByRole('button', { name: '审核', exact: true }).click()
    await expect(sheet.getByText(/库存不够：.*苏打水.*缺 2/)).toBeVisible()
    await expect(sheet.locator('.base-cell').first()).toContainText('待采购')
    told.set(ordered.id, await atDesk(ordered))
    await sheet.getByRole('button', { name: '关闭' }).click()
    await office.getByRole('row').filter({ hasText: held.number }).click()
    const other = office.getByRole('dialog', { name: held.number })
    await expect(other.getByText('下单时手机上的价格太旧').first()).toBeVisible()
    await other.getByLabel('原因').fill('按新价')
    await other.getByRole('button', { name: '照样审核' }).click()
    await expect(other.locator('.base-cell').first()).toContainText('已审核')
    told.set(held.id, await atDesk(held))
    await other.getByRole('button', { name: '关闭' }).click()
  })

  const file = await test.step('the file', async () => {
    await office.getByRole('tab', { name: '全部' }).click()
    await expect(office.getByRole('row').filter({ hasText: ordered.number })).toBeVisible()
    const download = office.waitForEvent('download')
    await office.getByRole('button', { name: '导出' }).click()
    return sheetOf(await (await download).path())
  })
  await office.goto(`/orders/delivery-notes?ids=${ordered.id},${held.id}`)
  await expect(office.getByRole('article')).toHaveCount(2)
  await office.emulateMedia({ media: 'print' })
  const phones = new Map([
    [ordered.id, page],
    [held.id, rep.page],
  ])

  for (const { id, number, goods_amount, total_amount, lines } of keptOf(server)) {
    const whole = [...lines.map(({ amount }) => amount), total_amount]
    // Unit prices of four decimals, each line rounded by itself, and the sum of what was rounded.
    expect(whole).toEqual([...lines.map(amountOf), lines.map(amountOf).reduce((sum, one) => sum + one, 0)])
    expect(goods_amount).toBe(total_amount)
    expect(await onPhone(phones.get(id) as Page)).toEqual(whole)
    expect(told.get(id)).toEqual(whole)
    const paper = office.getByRole('article', { name: `送货单 ${number}` })
    const cells = await paper.locator('.delivery-note-lines tbody tr td:last-child').allTextContents()
    expect(cells.map(fenOf)).toEqual(whole)
    const row = file.find((one) => one.单号 === number)
    expect([row?.商品金额, row?.合计].map((yuan) => Math.round(Number(yuan) * 100))).toEqual([
      goods_amount,
      total_amount,
    ])
    const [debt] = server.rows<{ amount: number }>(
      'SELECT sum(amount) AS amount FROM receivable_items WHERE source_id = ?',
      id,
    )
    expect(debt?.amount).toBe(total_amount)
  }
  const stocks = server.rows<{ on_hand_e3: number; reserved_e3: number; kept_e3: number }>(
    `SELECT on_hand_e3, reserved_e3, (SELECT coalesce(sum(quantity_e3), 0) FROM stock_reservations
       WHERE stock_reservations.variant_id = stocks.variant_id
         AND stock_reservations.warehouse_id = stocks.warehouse_id) AS kept_e3 FROM stocks`,
  )
  expect(stocks.filter((one) => one.reserved_e3 !== one.kept_e3 || one.reserved_e3 > one.on_hand_e3)).toEqual([])
  expect([own, rep, desk].flatMap(({ complaints }) => complaints)).toEqual([])
  await own.end()
  await seeing.close()
})
