// Ordering on a phone, on the built app: a rep in a basement inside a visit, with prices that changed meanwhile, with goods that are no
// longer sold; and how fast the shelf answers over 20,000 goods on a phone four times slower than this machine.

import type { Page } from '@playwright/test'
import type { Desk } from './support/desk'
import { fillGoods, fillShelf, type Shelf } from './support/goods'
import { gunOf } from './support/gun'
import { checkIn, photoStops, type Stop, today } from './support/round'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 120_000 })

const NOODLES = '红烧牛肉面 五连包'
const WATER = '矿泉水 550ml'

/** A shelf, and a customer of today's round who pays by its level. */
async function readyToSell(manager: Desk, rep: Desk): Promise<{ shelf: Shelf; stop: Stop }> {
  const shelf = await fillShelf(manager, today())
  const [stop] = await photoStops(rep)
  if (!stop) throw new Error('nobody is on the round today')
  await manager.run('customers.set_level', { customer_id: stop.id, level_id: shelf.level_id })
  return { shelf, stop }
}

async function lookFor(page: Page, name: string): Promise<void> {
  await page.locator('.shelf').getByRole('searchbox').fill(name)
}

/** One bottle of water, on the shelf. */
async function takeWater(page: Page): Promise<void> {
  await lookFor(page, WATER)
  await page.getByRole('button', { name: `加一瓶 ${WATER}` }).click()
}

/** So many cases of the noodles, in their sheet. */
async function takeNoodles(page: Page, count: number): Promise<void> {
  await lookFor(page, NOODLES)
  await page.getByRole('button', { name: NOODLES, exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: /^箱/ }).click()
  await sheet.getByRole('button', { name: '加入' }).click()
  await sheet.getByRole('textbox').fill(String(count))
  await sheet.getByRole('button', { name: '好', exact: true }).click()
  await expect(sheet).toBeHidden()
}

test('a rep orders inside a visit without a signal; with the signal comes the number', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const rep = await deskFor('wang')
  const { stop } = await readyToSell(await deskFor('zhou'), rep)
  const phone = await phoneOf({ place: stop.place })
  const { page } = phone
  await phone.signIn('wang')
  await phone.installed()
  await phone.settled()
  await phone.offline()
  await page.reload()

  await test.step('from the visit to the shelf, and into the cart', async () => {
    await checkIn(page, stop)
    await page.getByRole('link', { name: '下单', exact: true }).click()
    await takeNoodles(page, 8)
    await takeWater(page)
    await expect(page.getByRole('status').filter({ hasText: '2 种商品' })).toContainText('¥577.20')
  })

  await test.step('the page is killed, the cart is there, and says how far the next price is', async () => {
    await page.getByRole('link', { name: '看购物车' }).click()
    await expect(page.getByText(/再加 2 箱.*¥69\.00\/箱/)).toBeVisible()
    await phone.killAndReopen()
    await expect(phone.page.getByText(/再加 2 箱.*¥69\.00\/箱/)).toBeVisible()
    await phone.page.getByLabel(NOODLES, { exact: false }).and(phone.page.getByRole('textbox')).fill('10')
    await phone.page.getByText('2 种商品').click()
    await expect(phone.page.getByText(`送 2 袋 ${NOODLES}`)).toBeVisible()
  })

  await test.step('handed in, it stands among the steps of the visit and waits', async () => {
    await phone.page.getByRole('button', { name: '提交订单' }).click()
    const order = phone.page.locator('.visit .base-cell', { hasText: '还没有编号' })
    await expect(order).toContainText('¥691.20')
    await expect(order.getByRole('button', { name: '在这部手机上' })).toBeVisible()
    expect(server.count('SELECT count(*) FROM orders')).toBe(0)
    await order.getByRole('link').click()
    await expect(phone.page.getByText('还没有编号')).toBeVisible()
  })

  await test.step('the signal is back', async () => {
    await phone.online()
    await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText(/^S\d{10}$/, { timeout: 60_000 })
    await phone.settled()
  })

  const [order] = server.rows<{ id: string; number: string; visit_id: string; goods_amount: number; state: string }>(
    'SELECT * FROM orders',
  )
  expect(order).toMatchObject({ state: 'submitted', goods_amount: 69_120, visit_id: expect.any(String) })
  await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText(order?.number ?? '')
  // What is free is a line the company added, at no price.
  expect(server.rows('SELECT unit, quantity_e3, amount, is_gift FROM order_lines ORDER BY position')).toEqual([
    { unit: '箱', quantity_e3: 10_000, amount: 69_000, is_gift: 0 },
    { unit: '袋', quantity_e3: 2_000, amount: 0, is_gift: 1 },
    { unit: '瓶', quantity_e3: 1_000, amount: 120, is_gift: 0 },
  ])
  expect(server.count('SELECT count(*) FROM orders')).toBe(1)
  expect(phone.complaints).toEqual([])
})

test('what changed while there was no signal is told: a price line by line, goods no longer sold to be mended', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const rep = await deskFor('wang')
  const manager = await deskFor('zhou')
  const { shelf, stop } = await readyToSell(manager, rep)
  const phone = await phoneOf()
  const { page } = phone
  await phone.signIn('wang')
  await phone.installed()
  await phone.settled()
  await phone.offline()

  await page.goto(`/orders/for/${stop.id}`)
  await takeWater(page)
  await takeNoodles(page, 1)
  await page.getByRole('link', { name: '看购物车' }).click()
  await page.getByRole('button', { name: '提交订单' }).click()
  await expect(page.getByText('还没有编号')).toBeVisible()
  await expect(page.getByText('¥73.20').first()).toBeVisible()

  await manager.run('catalog.put_on_sale', { product_id: shelf.products.get(WATER), is_on_sale: false })
  await manager.run('catalog.set_prices', {
    list_id: shelf.list_id,
    prices: [{ variant_id: shelf.variants.get(NOODLES), unit: '箱', breaks: [[0, 700_000]] }],
  })
  await phone.online()
  await expect(phone.badge()).toHaveAccessibleName(/1 条需要你处理/, { timeout: 60_000 })
  expect(server.count('SELECT count(*) FROM orders')).toBe(0)

  await test.step('the outbox says why, and leads back to the cart', async () => {
    await phone.badge().click()
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await expect(page.getByText('公司没有收下')).toBeVisible()
    const water = page.locator('.cart-line', { hasText: WATER })
    await expect(water).toContainText('已停售')
    await water.getByRole('button', { name: `减少${WATER}` }).click()
    await expect(water).toHaveCount(0)
    // The price on the phone is the new one by now.
    await expect(page.locator('.cart-line', { hasText: NOODLES })).toContainText('¥70.00')
    await page.getByRole('button', { name: '提交订单' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^S\d{10}$/, { timeout: 60_000 })
  })
  await phone.settled()
  expect(server.rows('SELECT state, goods_amount FROM orders')).toEqual([{ state: 'submitted', goods_amount: 7000 }])

  await test.step('a price that only changed is told line by line', async () => {
    await phone.offline()
    await page.goto(`/orders/for/${stop.id}`)
    await takeNoodles(page, 3)
    await page.getByRole('link', { name: '看购物车' }).click()
    await manager.run('catalog.set_prices', {
      list_id: shelf.list_id,
      prices: [{ variant_id: shelf.variants.get(NOODLES), unit: '箱', breaks: [[0, 680_000]] }],
    })
    await page.getByRole('button', { name: '提交订单' }).click()
    await expect(page.getByText('¥210.00').first()).toBeVisible()
    await phone.online()
    await expect(page.getByText('1 种商品的价格有变化')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('价格 ¥70.00 → ¥68.00')).toBeVisible()
    await expect(page.getByText('¥204.00').first()).toBeVisible()
  })
  expect(phone.complaints).toEqual([])
})

test('an agent in a browser without a service worker orders by search, by code and by pasting, for somebody else', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const { shelf } = await readyToSell(await deskFor('zhou'), await deskFor('wang'))
  const phone = await phoneOf({ more: { serviceWorkers: 'block' } })
  const { page } = phone
  await phone.signIn('zhao')
  await phone.settled()
  await page.goto('/orders')
  await page.getByRole('button', { name: '下单' }).click()

  await test.step('by search', async () => {
    await takeWater(page)
    await lookFor(page, '')
  })

  await test.step('by code: typed, unknown, and from a gun', async () => {
    await page.getByRole('button', { name: '扫码下单' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('输入条码').fill('6920152414019')
    await sheet.getByRole('button', { name: '确定' }).click()
    await expect(sheet.getByText(NOODLES).first()).toBeVisible()
    await sheet.getByLabel('输入条码').fill('6901234567892')
    await sheet.getByRole('button', { name: '确定' }).click()
    await expect(sheet.getByText('商品里没有这个条码')).toBeVisible()
    await sheet.getByRole('button', { name: '完成' }).click()
    await expect(sheet).toBeHidden()
    const gun = await gunOf(page)
    await gun('16920152414016')
    await expect(page.getByText(`${NOODLES} 1 箱`)).toBeVisible()
  })

  await test.step('by pasting: what is sure is taken, what is not is asked', async () => {
    await page.getByRole('button', { name: '粘贴下单' }).click()
    const sheet = page.getByRole('dialog')
    await sheet
      .getByLabel('文字')
      .fill('散装大米5公斤，短袖黑色2件\n肥宅快乐水3罐，明天下午送\n张三 13800138000 上海市浦东新区世纪大道100号')
    await expect(sheet.getByText('还有 2 行没确定')).toBeVisible()
    await sheet.getByRole('button', { name: '纯棉短袖 黑 · L' }).click()
    // What was not recognised is looked for from its row.
    await sheet.locator('.pasted', { hasText: '肥宅快乐水' }).getByRole('button', { name: '搜索商品' }).click()
    const goods = page.getByRole('dialog', { name: /肥宅快乐水/ })
    await goods.getByRole('searchbox').fill('可口可乐')
    await goods.getByRole('button', { name: '可口可乐 330ml' }).click()
    await expect(goods).toBeHidden()
    await expect(sheet.getByText('用作送货日期')).toBeVisible()
    await sheet.getByRole('button', { name: '加入 3 行' }).click()
  })

  await page.getByRole('link', { name: '看购物车' }).click()
  await expect(page.getByText('张三 13800138000 上海市浦东新区世纪大道100号')).toBeVisible()
  await page.getByRole('button', { name: '提交订单' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^S\d{10}$/, { timeout: 60_000 })
  const [order] = server.rows<{
    agent_id: string
    customer_id: string
    recipient: string
    wanted_on: string
    note: string
  }>('SELECT * FROM orders')
  expect(order?.wanted_on).toBe(today(1))
  expect(order?.note).toBe(`${today(1)} 下午送`)
  expect(order?.agent_id).toBe(order?.customer_id)
  expect(JSON.parse(order?.recipient ?? '{}')).toMatchObject({
    name: '张三',
    county: '浦东新区',
    street: '世纪大道100号',
  })
  expect(
    server.rows('SELECT variant_id, unit, quantity_e3 FROM order_lines WHERE NOT is_gift ORDER BY position'),
  ).toMatchObject([
    { variant_id: shelf.variants.get(WATER), unit: '瓶', quantity_e3: 1000 },
    { variant_id: shelf.variants.get(NOODLES), unit: '袋', quantity_e3: 1000 },
    { variant_id: shelf.variants.get(NOODLES), unit: '箱', quantity_e3: 1000 },
    { variant_id: shelf.variants.get('散装大米'), unit: '公斤', quantity_e3: 5000 },
    { unit: '件', quantity_e3: 2000 },
    { variant_id: shelf.variants.get('可口可乐 330ml'), unit: '罐', quantity_e3: 3000 },
  ])
  expect(phone.complaints).toEqual([])
})

test('20,000 goods: the shelf answers a letter within 50 ms on a phone four times slower', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const manager = await deskFor('zhou')
  const { stop } = await readyToSell(manager, await deskFor('wang'))
  const phone = await phoneOf()
  const { page } = phone
  await phone.signIn('wang')
  // Before the company's own goods are there, others would not outlive their coming.
  await phone.settled()
  await page.goto(`/orders/for/${stop.id}`)
  await expect(page.locator('.shelf-row')).toHaveCount(30, { timeout: 60_000 })
  await page.evaluate(fillGoods, 20_000)
  await page.reload()
  const sold = server.count(
    `SELECT count(DISTINCT product_id) FROM variants JOIN products ON products.id = product_id
      WHERE products.is_on_sale AND variants.is_on_sale`,
  )
  await expect(page.getByText(`共 ${20_000 + sold} 个`)).toBeVisible({ timeout: 60_000 })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  // Of several rounds the quickest: what the machine's other work adds is not the search's.
  const times = await page.evaluate(
    async ({ texts, rounds }) => {
      const field = document.querySelector('input[type="search"]') as HTMLInputElement
      const drawn = () =>
        [...document.querySelectorAll('.shelf-row-open')]
          .slice(0, 6)
          .map((name) => name.textContent)
          .join()
      const best = texts.map(() => Number.POSITIVE_INFINITY)
      for (let round = 0; round < rounds; round++) {
        for (const [at, text] of texts.entries()) {
          const began = performance.now()
          field.value = text
          field.dispatchEvent(new Event('input', { bubbles: true }))
          // The list is drawn again in a microtask; a promise queued now settles after it.
          await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)))
          best[at] = Math.min(best[at] as number, performance.now() - began)
          const answer = drawn()
          await new Promise((resolve) => setTimeout(resolve, 150))
          // What was timed is the answer in sight, not a part of it.
          if (answer !== drawn()) throw new Error(`${text} was not answered when the clock was stopped`)
        }
      }
      return best
    },
    {
      texts: ['红', '红烧', '牛肉 面', 'hs', 'hsnr', '6', '69', '692', '6920', '没', '矿', '矿泉', 'p1', 'p19', 'p199'],
      rounds: 5,
    },
  )
  test.info().annotations.push({ type: 'search, ms', description: times.map((one) => one.toFixed(1)).join(' ') })
  expect(await page.locator('.shelf-row').count()).toBeLessThanOrEqual(30)
  expect(Math.max(...times)).toBeLessThan(50)
})
