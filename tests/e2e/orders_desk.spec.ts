// A clerk at her desk: orders reviewed many at once, each decided alone; what holds one, what is missing of one; their papers and the
// list as a file, all to the fen; an order through its whole life, changed, and back again.

import type { Page } from '@playwright/test'
import { type Good, payersOfListPrices, placeOrder, stockUp } from './support/orders'
import { sheetOf } from './support/papers'
import type { Phone } from './support/phone'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 120_000 })

interface Kept {
  number: string
  state: string
  total_amount: number
  moves: number
}

async function atDesk(
  phoneOf: (options: { screen: 'desk' }) => Promise<Phone>,
  login: string,
  path: string,
): Promise<Phone> {
  const desk = await phoneOf({ screen: 'desk' })
  await desk.context.addInitScript(() => {
    // Nobody is there to close a dialog of the system.
    Object.assign(window, { print: () => Object.assign(window, { hasPrinted: true }) })
  })
  await desk.signIn(login)
  await desk.settled()
  await desk.page.goto(path)
  return desk
}

function row(page: Page, text: string) {
  return page.getByRole('row').filter({ hasText: text })
}

test('many are reviewed at once, each decided alone, and their papers and the file say the same', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const rep = await deskFor('wang')
  const { goods } = await stockUp(await deskFor('wu'), 50_000)
  const [water, soda, tea, , scarce] = goods as [Good, Good, Good, Good, Good]
  const shops = await payersOfListPrices(rep)
  const place = (at: number, count: number, more = {}, good = water) =>
    placeOrder(
      rep,
      shops[at]?.id ?? '',
      [
        { good, count },
        { good: soda, count: 1 },
      ],
      more,
    )
  await place(0, 10)
  await place(1, 4, { priced_on: '2026-01-01' }, tea)
  await place(2, 20, {
    recipient: {
      name: '李雷',
      mobile: '13812345678',
      province: '浙江省',
      city: '杭州市',
      county: '西湖区',
      street: '文三路 188 号',
    },
    expenses: [{ name: '运费', amount: 1234, remark: '' }],
  })
  // Of these the demonstration has next to nothing.
  await place(3, 60, {}, scarce)
  const kept = (): Kept[] =>
    server.rows<Kept>(
      `SELECT number, state, total_amount, (SELECT count(*) FROM order_moves WHERE order_id = orders.id) AS moves
       FROM orders ORDER BY number`,
    )
  const [first, held, sent, short] = kept() as [Kept, Kept, Kept, Kept]

  const desk = await atDesk(phoneOf, 'wu', '/orders/desk')
  const { page } = desk
  await expect(page.getByRole('tab', { name: /待审核/ })).toHaveText('待审核4')
  await expect(row(page, held.number)).toContainText('下单时手机上的价格太旧')

  await test.step('selected by keyboard and by mouse', async () => {
    // The newest stands on top: from it three down is the oldest.
    for (const key of ['j', 'x', 'j', 'x', 'j', 'x', 'j']) await page.keyboard.press(key)
    await expect(page.getByText('已选 3 条')).toBeVisible()
    await row(page, first.number).getByRole('checkbox').check()
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused()
  })

  await test.step('reviewed; the answer to the second is lost on its way', async () => {
    let asked = 0
    await page.route('**/api/commands/orders.review', async (route) => {
      asked += 1
      if (asked !== 2) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('button', { name: '审核 4', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '审核', exact: true }).click()
    const sheet = page.getByRole('dialog', { name: '审核 4 张订单' })
    await expect(sheet.getByText('1 张已办好，3 张还没做')).toBeVisible()
    await sheet.getByRole('button', { name: '接着做' }).click()
    await expect(sheet.getByText('3 张已办好，1 张没通过')).toBeVisible()
    await expect(sheet.locator('.base-cell', { hasText: held.number })).toContainText('待确认：下单时手机上的价格太旧')
    await expect(sheet.locator('.base-cell', { hasText: short.number })).toContainText(/库存不够：.* 缺 8/)
    expect(kept().map(({ state, moves }) => [state, moves])).toEqual([
      ['reviewed', 2],
      ['submitted', 1],
      ['reviewed', 2],
      ['awaiting_purchase', 2],
    ])
  })

  await test.step('what was refused is looked at and accepted all the same', async () => {
    const sheet = page.getByRole('dialog', { name: '审核 4 张订单' })
    await sheet.getByRole('button').filter({ hasText: held.number }).click()
    const one = page.getByRole('dialog', { name: held.number })
    await one.getByLabel('原因').fill('老客户，按新价')
    await one.getByRole('button', { name: '照样审核' }).click()
    await expect(one.getByText('照样审核：下单时手机上的价格太旧')).toBeVisible()
    await expect(one.getByText('原因：老客户，按新价')).toBeVisible()
    await one.getByRole('button', { name: '关闭' }).click()
    await sheet.getByRole('button', { name: '好了' }).click()
    await expect(page.getByRole('tab', { name: /待发货/ })).toHaveText('待发货3')
    await expect(page.getByRole('tab', { name: /待采购/ })).toHaveText('待采购1')
    await expect(page.getByText('没有在等的，都办完了')).toBeVisible()
  })

  await test.step('the papers', async () => {
    await page.getByRole('tab', { name: /待发货/ }).click()
    await expect(row(page, sent.number)).toBeVisible()
    await page.locator('thead').getByRole('checkbox').check()
    await page.getByRole('button', { name: '打印送货单' }).click()
    const paper = page.getByRole('article', { name: `送货单 ${sent.number}` })
    await expect(paper).toContainText('李雷')
    await expect(paper).toContainText('浙江省杭州市西湖区文三路 188 号')
    // ¥1.20 × 20 + ¥1.50 × 1 + ¥12.34.
    expect(sent.total_amount).toBe(3784)
    await expect(paper).toContainText('¥37.84')
    await expect(paper).toContainText('金额大写：叁拾柒元捌角肆分')
    await expect(paper.getByRole('img', { name: `单号 ${sent.number} 的二维码` })).toBeVisible()
    await page.getByRole('button', { name: '打印', exact: true }).click()
    expect(await page.evaluate(() => 'hasPrinted' in window)).toBe(true)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(3)
    expect(new Set(pdf.match(/\/MediaBox \[[^\]]*\]/g))).toEqual(new Set(['/MediaBox [0 0 594.95996 841.91998]']))
    await page.getByRole('switch', { name: '打印价格' }).press('Space')
    await expect(paper).not.toContainText('¥')
    await page.getByRole('button', { name: '返回' }).click()
  })

  await test.step('the file', async () => {
    await page.getByRole('tab', { name: '全部' }).click()
    await expect(row(page, first.number)).toBeVisible()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^订单-\d{4}-\d\d-\d\d\.xlsx$/)
    const told = sheetOf(await file.path())
    expect(told.map((one) => [one.单号, one.状态, Math.round(Number(one.合计) * 100)])).toEqual(
      kept()
        .reverse()
        .map((one) => [one.number, one.state === 'reviewed' ? '已审核' : '待采购', one.total_amount]),
    )
  })
  expect(desk.complaints).toEqual([])
})

test('an order through its life: changed, sent, signed, part of it back, and what it earns', async ({
  phoneOf,
  deskFor,
}) => {
  const rep = await deskFor('wang')
  const { goods } = await stockUp(await deskFor('wu'), 50_000)
  const [water, soda] = goods as [Good, Good]
  const [shop] = await payersOfListPrices(rep)
  await placeOrder(rep, shop?.id ?? '', [
    { good: water, count: 10 },
    { good: soda, count: 4 },
  ])
  const desk = await atDesk(phoneOf, 'wu', '/orders/desk')
  const { page } = desk
  await row(page, String(shop?.name)).click()
  const sheet = page.getByRole('dialog').first()
  const total = sheet.locator('.base-cell', { hasText: /^合计/ })
  await expect(total).toContainText('¥18.00')

  await test.step('changed before it is accepted', async () => {
    await sheet.getByRole('button', { name: '更多' }).click()
    await page.getByRole('dialog', { name: '更多' }).getByRole('button', { name: '改单' }).click()
    const amend = page.getByRole('dialog', { name: /改单/ })
    await amend.getByRole('textbox').first().fill('8')
    await amend.getByRole('button', { name: /^去掉/ }).nth(1).click()
    await amend.getByLabel('手机').fill('13911112222')
    await amend.getByLabel('原因').fill('客户来电')
    await amend.getByRole('button', { name: '改单' }).click()
    await expect(total).toContainText('¥9.60')
    await expect(sheet.getByText('合计：¥18.00 → ¥9.60')).toBeVisible()
    await expect(sheet.getByText('原因：客户来电')).toBeVisible()
    await expect(sheet.getByText('改了收货信息')).toBeVisible()
  })

  await test.step('accepted, packed, sent, signed', async () => {
    for (const [button, state] of [
      ['审核', '已审核'],
      ['配货', '已配货'],
      ['打包', '已打包'],
      ['发货', '已发货'],
      ['签收', '已签收'],
    ] as const) {
      await sheet.getByRole('button', { name: button, exact: true }).click()
      await expect(sheet.locator('.base-cell').first()).toContainText(state)
    }
  })

  await test.step('part of it comes back', async () => {
    await sheet.getByRole('button', { name: '更多' }).click()
    await page.getByRole('dialog', { name: '更多' }).getByRole('button', { name: '申请退货' }).click()
    const back = page.getByRole('dialog', { name: /^退货/ })
    await back.getByRole('textbox').first().fill('3')
    await back.getByLabel('原因').fill('破损')
    await back.getByRole('button', { name: '申请退货' }).click()
    await sheet.getByRole('button', { name: '收到退货' }).click()
    await page
      .getByRole('dialog', { name: /收到退货/ })
      .getByRole('button', { name: '收到退货' })
      .click()
    await expect(sheet.locator('.base-cell', { hasText: '退货已收' })).toContainText('¥3.60')
    // Five bottles at ¥1.20 which cost ¥0.72 each.
    await expect(sheet.locator('.base-cell', { hasText: '毛利率 40.0 %' })).toContainText('¥2.40')
    await sheet.getByRole('button', { name: '完成', exact: true }).click()
    await expect(sheet.locator('.base-cell').first()).toContainText('已完成')
    await sheet.getByRole('button', { name: '关闭' }).click()
  })

  await test.step('and is in the figures', async () => {
    await page.getByRole('link', { name: '订单查询' }).click()
    const strip = page.locator('.totals-strip')
    await expect(strip).toContainText('¥9.60')
    await expect(strip).toContainText('¥3.60')
    await page.getByRole('tab', { name: '按客户' }).click()
    await expect(row(page, String(shop?.name))).toContainText('¥2.40')
    await row(page, String(shop?.name)).click()
    await expect(page.getByRole('button', { name: '不限客户' })).toContainText(String(shop?.name))
    await page.getByRole('tab', { name: '退货' }).click()
    await expect(row(page, '破损')).toContainText('¥3.60')
  })
  expect(desk.complaints).toEqual([])
})

test('the administrator decides that differing prices wait, and keeps the levels', async ({ phoneOf, deskFor }) => {
  const desk = await atDesk(phoneOf, 'chen', '/orders/policy')
  const { page } = desk
  await page.getByText('差得多就等确认').click()
  await page.getByRole('textbox', { name: '允许相差' }).fill('1001')
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect(page.getByText('填 0 到 1000 的整数')).toBeVisible()
  await page.getByRole('textbox', { name: '允许相差' }).fill('5')
  await expect(page.getByText('相差不超过 ¥5.00 直接生效')).toBeVisible()
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect(page.getByText('规则已保存')).toBeVisible()

  const rep = await deskFor('wang')
  const { goods } = await stockUp(await deskFor('wu'), 50_000)
  const [water] = goods as [Good]
  const [shop] = await payersOfListPrices(rep)
  await placeOrder(rep, shop?.id ?? '', [{ good: water, count: 10, seen_e4: water.price_e4 - 1000 }])
  await page.goto('/orders/desk')
  await expect(row(page, String(shop?.name))).toContainText('价格和下单时看到的不同')
  await row(page, String(shop?.name)).click()
  await expect(
    page
      .getByRole('dialog')
      .getByText(/¥1\.10 → ¥1\.20，¥11\.00 → ¥12\.00/)
      .first(),
  ).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click()

  await page.goto('/customers/levels')
  await page.getByRole('button', { name: '加一级' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('名称').fill('银牌')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('已经有这个名称的等级')).toBeVisible()
  await sheet.getByLabel('名称').fill('钻石')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(row(page, '钻石')).toBeVisible()

  await page.goto('/customers/desk')
  await page.getByRole('searchbox').fill(String(shop?.name))
  await row(page, String(shop?.name)).click()
  await page.getByRole('dialog').getByLabel('价格等级').selectOption({ label: '钻石' })
  await expect(page.getByText('价格等级已改')).toBeVisible()
  await expect(row(page, String(shop?.name))).toContainText('钻石')
  expect(desk.complaints).toEqual([])
})
