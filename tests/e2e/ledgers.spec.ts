// Money and goods in a browser: a rep collects without a signal and the debt falls at once; at a desk it is seen, taken back, printed;
// goods are taken in and counted.

import { expect, type Page } from '@playwright/test'
import type { Phone } from './support/phone'
import { test } from './support/test'

const MENU = { name: '菜单' }

async function open(desk: Phone, entry: string): Promise<Page> {
  const { page } = desk
  await page.getByRole('navigation', MENU).getByRole('link', { name: entry }).click()
  await expect(page.locator('#page-title')).toHaveText(entry)
  return page
}

test('money received without a signal lowers the debt at once, and a clerk takes it back', async ({
  phoneOf,
  server,
}) => {
  const [debtor] = server.rows<{ id: string; name: string; debt: number }>(
    `SELECT accounts.id, customers.name, debt FROM accounts JOIN customers ON customers.id = accounts.id
     JOIN people ON people.id = accounts.owner_id WHERE login = 'wang' ORDER BY debt DESC LIMIT 1`,
  )
  if (!debtor) throw new Error('nobody of 王磊 owes anything')
  const phone = await phoneOf()
  await phone.signIn('wang')
  await phone.settled()
  await phone.installed()
  const { page } = phone
  await page.goto(`/customers/${debtor.id}`)
  const account = page.locator('.base-group').filter({ has: page.getByRole('heading', { name: '账款' }) })
  await expect(account).toContainText('¥7,830.50')
  await phone.network.cut()
  await account.getByRole('button', { name: '收款' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('金额').fill('830.5')
  await sheet.getByText('扫码', { exact: true }).click()
  await expect(sheet).toContainText('¥830.50')
  await sheet.getByRole('button', { name: '收 ¥830.50' }).click()
  await expect(sheet).toBeHidden()
  await expect(account).toContainText('¥7,000.00')
  await page.goto('/collections')
  await expect(page.getByText('扫码 ¥830.50')).toBeVisible()
  await phone.network.mend()
  await phone.settled()
  const [row] = server.rows<{ debt: number }>(`SELECT debt FROM accounts WHERE id = '${debtor.id}'`)
  expect(row?.debt).toBe(700_000)

  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('wu')
  const debts = await open(desk, '应收账款')
  await debts.getByRole('searchbox').fill(debtor.name)
  await debts.getByRole('row', { name: debtor.name }).first().click()
  const side = debts.getByRole('dialog')
  await expect(side).toContainText('¥7,000.00')
  await side.getByRole('button', { name: '作废' }).first().click()
  await debts.getByRole('dialog').getByRole('button', { name: '作废' }).click()
  await expect(debts.getByText('写一下原因')).toBeVisible()
  await debts.getByLabel('原因').fill('扫错码')
  await debts.getByRole('dialog').getByRole('button', { name: '作废' }).click()
  await expect(side).toContainText('¥7,830.50')
  await expect(side).toContainText('已作废：扫错码')

  // The paper that is handed over knows nothing of what was taken back.
  await debts.goto(`/statements/${debtor.id}`)
  await debts.getByLabel('从').fill('2020-01-01')
  const paper = debts.locator('.statement-paper')
  await expect(paper).toContainText('期末应收')
  await expect(paper.locator('tfoot')).toContainText('¥7,830.50')
  await expect(paper).not.toContainText('扫错码')
  await debts.emulateMedia({ media: 'print' })
  await expect(debts.getByRole('button', { name: '打印' })).toBeHidden()
  await expect(paper).toBeVisible()
})

test('goods are taken in by a scan and counted at a desk, and phones know', async ({ phoneOf, server }) => {
  const [water] = server.rows<{ id: string; barcode: string; name: string }>(
    `SELECT variants.id, barcodes.id AS barcode, products.name FROM variants
     JOIN products ON products.id = variants.product_id JOIN barcodes ON barcodes.variant_id = variants.id
     WHERE variants.code = 'S0002' AND barcodes.unit = '箱'`,
  )
  if (!water) throw new Error('the demonstration has no case of S0002')
  const onHand = (): number =>
    server.rows<{ n: number }>(
      `SELECT on_hand_e3 / 1000 AS n FROM stocks JOIN warehouses ON warehouses.id = warehouse_id
       WHERE variant_id = '${water.id}' AND is_default`,
    )[0]?.n ?? 0
  const before = onHand()
  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('wu')
  await desk.settled()
  const page = await open(desk, '库存')
  await page.getByRole('button', { name: '收货' }).click()
  const sheet = page.getByRole('dialog')
  const goods = sheet.getByLabel('商品')
  await goods.fill(water.barcode)
  await goods.press('Enter')
  await goods.fill(water.barcode)
  await goods.press('Enter')
  await expect(sheet.getByLabel('数量')).toHaveValue('2')
  await sheet.getByRole('button', { name: '收 1 种货' }).click()
  await expect(page.getByText('已收 1 种货')).toBeVisible()
  await expect.poll(onHand).toBe(before + 48)

  await page.getByRole('searchbox').fill('S0002')
  await page.getByRole('row', { name: /S0002.*主仓/ }).click()
  await expect(sheet).toContainText('收货')
  await sheet.getByRole('button', { name: '盘点调整' }).click()
  await sheet.getByLabel('实盘').fill(String(before))
  await expect(sheet).toContainText('比账面 −48')
  await sheet.getByRole('button', { name: '破损' }).click()
  await sheet.getByRole('button', { name: '盘点调整' }).click()
  await expect.poll(onHand).toBe(before)
})
