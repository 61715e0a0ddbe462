// Goods and prices as a desk keeps them are what phones sell: a product with its grid of variants, its packs and barcodes, and what a
// level pays for it.

import { expect, type Page } from '@playwright/test'
import type { Phone } from './support/phone'
import { test } from './support/test'

const MENU = { name: '菜单' }

async function open(desk: Phone, entry: string): Promise<void> {
  await desk.page.getByRole('navigation', MENU).getByRole('link', { name: entry }).click()
  await expect(desk.page.locator('#page-title')).toHaveText(entry)
}

function sheet(page: Page) {
  return page.getByRole('dialog')
}

async function keep(page: Page): Promise<void> {
  await sheet(page).getByRole('button', { name: '保存', exact: true }).click()
}

interface Variant {
  id: string
  name: string
  price_e4: number
  packs: { unit: string; factor: number; barcode: string }[]
}

test('goods added at the desk are sold at the price of a level', async ({ phoneOf, deskFor }) => {
  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('wu')
  await desk.settled()
  const { page } = desk

  // A product of two colours; without a unit and a price it is not kept.
  await open(desk, '商品管理')
  await page.getByRole('button', { name: '新商品' }).click()
  await sheet(page).getByLabel('商品名称').fill('帆布袋')
  await sheet(page).getByLabel('规格项').fill('颜色')
  await sheet(page).getByLabel('颜色').fill('红 蓝')
  await expect(sheet(page).getByText('2 种规格')).toBeVisible()
  await keep(page)
  await expect(sheet(page).getByText('写上单位')).toBeVisible()
  await sheet(page).getByLabel('基本单位').fill('个')
  await sheet(page).getByLabel('标价').fill('12.5')
  await keep(page)
  await expect(page.locator('#page-title')).toHaveText('帆布袋')
  await expect(page.getByRole('row', { name: '红' })).toContainText('¥12.50/个')

  // One of them by the keyboard: a barcode with a slip is named before it is sent; then its packs go to both.
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  const base = sheet(page).getByRole('region', { name: '个' })
  await base.getByLabel('条码').fill('4006381333932')
  await keep(page)
  await expect(base.getByText('校验位不对')).toBeVisible()
  await base.getByLabel('条码').fill('4006381 333931')
  await sheet(page).getByRole('button', { name: '加一种包装' }).click()
  const box = sheet(page).getByRole('region', { name: '新包装' })
  await box.getByLabel('每件含').fill('10')
  await box.getByLabel('单位').fill('箱')
  await sheet(page).getByRole('switch', { name: '同样的包装用到全部规格' }).press('Space')
  await keep(page)
  await expect(sheet(page)).toBeHidden()
  await expect(page.getByRole('row', { name: '红' })).toContainText('个 4006381333931')
  await expect(page.getByRole('row', { name: '蓝' })).toContainText('个 / 箱×10')

  // Another colour makes another variant, like the first but without its barcode.
  await page.getByRole('button', { name: '规格项和值' }).click()
  await sheet(page).getByLabel('值').fill('红 蓝 白')
  await expect(sheet(page).getByText('会新加 1 种规格')).toBeVisible()
  await keep(page)
  await expect(page.getByRole('row', { name: '白' })).toContainText('个 / 箱×10')

  // Nine tenths of the list price for all three, and less from twenty on for one.
  await open(desk, '价格表')
  await page.getByRole('row', { name: '银牌价格表' }).click()
  await sheet(page).getByRole('link', { name: '表里的价格' }).click()
  await page.getByLabel('显示').selectOption({ label: '全部商品' })
  await page.keyboard.press('/')
  await page.keyboard.type('fbd')
  await expect(page.getByRole('row', { name: '帆布袋' })).toHaveCount(3)
  await page.getByRole('checkbox', { name: '全选' }).check()
  await page.getByRole('button', { name: '按标价打折' }).click()
  await sheet(page).getByLabel('标价的').fill('90')
  await keep(page)
  await expect(page.getByRole('row', { name: '帆布袋 红' })).toContainText('个 ¥11.25')
  await page.getByRole('row', { name: '帆布袋 蓝' }).click()
  const piece = sheet(page).getByRole('region', { name: '个' })
  await piece.getByRole('button', { name: '加一档' }).click()
  await piece.getByLabel('起订').last().fill('20')
  await piece.getByLabel('价格').last().fill('12')
  await keep(page)
  await expect(piece.getByText('买得多反而更贵')).toBeVisible()
  await piece.getByLabel('价格').last().fill('10.88')
  await keep(page)
  await expect(page.getByRole('row', { name: '帆布袋 蓝' })).toContainText('个 ¥11.25；20 起 ¥10.88')

  // What the agent of that level has on his phone.
  const held = await (await deskFor('zhao')).everything()
  const product = held.products?.find((one) => one.name === '帆布袋')
  expect(product).toMatchObject({ axes: ['颜色'], initials: 'fbd' })
  const variants = (held.variants ?? []).filter((one) => one.product_id === product?.id) as unknown as Variant[]
  expect(variants.map((one) => one.name).sort()).toEqual(['白', '红', '蓝'].sort())
  for (const one of variants) {
    expect(one.packs.map((pack) => [pack.unit, pack.factor, pack.barcode])).toEqual([
      ['个', 1, one.name === '红' ? '4006381333931' : ''],
      ['箱', 10, ''],
    ])
    const price = held.prices?.find((row) => row.variant_id === one.id)
    expect(price?.breaks).toEqual(
      one.name === '蓝'
        ? [
            [0, 112_500],
            [20_000, 108_800],
          ]
        : [[0, 112_500]],
    )
  }
  expect(desk.complaints).toEqual([])
})

/** A picture of one colour, as a file is chosen. */
async function aPicture(page: Page, colour: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const base64 = await page.evaluate(async (fill) => {
    const canvas = new OffscreenCanvas(640, 480)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('nothing to draw on')
    context.fillStyle = fill
    context.fillRect(0, 0, 640, 480)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
    return btoa(String.fromCharCode(...bytes))
  }, colour)
  return { name: `${colour}.png`, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') }
}

test('goods get pictures at the desk, and an agent sees their face on his shelf', async ({ phoneOf, server }) => {
  const [goods] = server.rows<{ name: string }>('SELECT name FROM products WHERE is_on_sale ORDER BY code LIMIT 1')
  if (!goods) throw new Error('the demonstration sells nothing')
  const { name } = goods
  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('wu')
  await desk.settled()
  const { page } = desk
  await open(desk, '商品管理')
  await page.getByRole('searchbox').fill(name)
  await page.getByRole('row', { name }).click()
  const pictures = sheet(page).first().locator('.base-photo-grid img')
  const files = [await aPicture(page, 'red'), await aPicture(page, 'blue')]
  await sheet(page).locator('input[type=file]').setInputFiles(files)
  await expect(pictures).toHaveCount(2)
  const second = await pictures.nth(1).getAttribute('src')
  await sheet(page)
    .getByRole('button', { name: `${name} 的图片 2` })
    .click()
  await page.getByRole('button', { name: '设为首图' }).click()
  await expect(pictures.first()).toHaveAttribute('src', String(second))
  await sheet(page)
    .getByRole('button', { name: `${name} 的图片 2` })
    .click()
  await page.getByRole('button', { name: '删除这张图片' }).click()
  await expect(pictures).toHaveCount(1)

  const phone = await phoneOf()
  await phone.signIn('zhao')
  await phone.settled()
  await phone.page.goto('/catalog')
  await phone.page.getByRole('searchbox').fill(name)
  const face = phone.page.locator('.shelf-row', { hasText: name }).locator('.product-tile img')
  await expect(face).toHaveAttribute('src', String(second))
  await expect.poll(() => face.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  const large = sheet(phone.page).getByRole('img', { name: `${name} 的图片 1` })
  const widthOf = () => large.evaluate((image: HTMLImageElement) => image.naturalWidth)
  // Without a signal it is the one of the shelf.
  await phone.offline()
  await phone.page.getByRole('button', { name, exact: true }).click()
  await expect.poll(widthOf).toBe(320)
  await phone.page.keyboard.press('Escape')
  await expect(large).toHaveCount(0)
  await phone.online()
  await phone.page.getByRole('button', { name, exact: true }).click()
  await expect.poll(widthOf).toBe(640)
  expect([...desk.complaints, ...phone.complaints]).toEqual([])
})

test('a built-in set of categories comes and goes with its switch', async ({ phoneOf, deskFor }) => {
  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('chen')
  await desk.settled()
  const { page } = desk
  await open(desk, '商品分类')
  await expect(page.getByRole('row', { name: '服装 / 上衣' })).toBeVisible()
  await page.getByRole('button', { name: '内置分类' }).click()
  await sheet(page).getByRole('switch', { name: '美妆' }).press('Space')
  await expect(sheet(page).getByRole('switch', { name: '美妆' })).toBeChecked()
  await sheet(page).getByRole('button', { name: '关闭' }).click()
  await expect(page.getByRole('row', { name: '美妆 / 彩妆' })).toContainText('色号，容量')

  // One of one's own, below it.
  await page.getByRole('button', { name: '新分类' }).click()
  await sheet(page).getByLabel('名称').fill('男士护理')
  await sheet(page)
    .getByRole('button', { name: /上级分类/ })
    .click()
  await page.getByRole('dialog').last().getByText('美妆', { exact: true }).click()
  await keep(page)
  await expect(page.getByRole('row', { name: '美妆 / 男士护理' })).toBeVisible()
  const held = await (await deskFor('zhao')).everything()
  expect(held.categories?.map((one) => one.name)).toContain('男士护理')
  expect(desk.complaints).toEqual([])
})
