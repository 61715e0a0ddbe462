// One sheet, many recipients, in a browser: what is wrong is said with its row, what is right is placed at once, and the sheet put right
// orders nothing twice.

import type { Desk } from './support/desk'
import { fillShelf } from './support/goods'
import { photoStops, today } from './support/round'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 90_000 })

const HEAD = '收件人,手机,收货地址,商品,数量,单位,备注\n'
const RIGHT = `张三,13800138000,上海市浦东新区世纪大道100号,红烧牛肉面 五连包,2,箱,轻放
,,,矿泉水 550ml,12,瓶,
李四,13900139000,浙江省杭州市西湖区文三路1号,矿泉水 550ml,1,箱,
`
const WRONG = '王五,13700137000,江苏省南京市鼓楼区中山路1号,没有的水,1,箱,\n'

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(HEAD + text) })

async function shelf(manager: Desk): Promise<void> {
  await fillShelf(manager, today())
}

test('an agent without a service worker orders for many recipients by a sheet', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  await shelf(await deskFor('zhou'))
  const phone = await phoneOf({ more: { serviceWorkers: 'block' } })
  const { page } = phone
  await phone.signIn('zhao')
  await phone.settled()
  const before = server.count('SELECT count(*) FROM orders')
  await page.goto('/orders')
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '表格下单' }).click()
  await expect(page.getByText('一个表格，每个收件人一张订单')).toBeVisible()
  const file = page.locator('input[type=file]')

  await test.step('a file of another kind is refused in words', async () => {
    await file.setInputFiles(csv('别的.csv', ''))
    await expect(page.getByText('表格里没找到收件人和商品这两列')).toBeVisible()
  })

  await test.step('what is wrong names its row, the others are placed', async () => {
    await file.setInputFiles(csv('代发.csv', RIGHT + WRONG))
    await expect(page.getByText('第 5 行：没有这个商品（没有的水）')).toBeVisible()
    await page.getByRole('button', { name: /张三 13800138000/ }).click()
    const sheet = page.getByRole('dialog')
    await expect(sheet.getByText('上海市浦东新区世纪大道100号')).toBeVisible()
    await expect(sheet.getByText('红烧牛肉面 五连包')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '提交 2 张订单' }).click()
    await expect(page.getByText('2 张订单已保存')).toBeVisible()
    await expect(page.getByRole('link', { name: /张三 13800138000/ })).toBeVisible()
    await phone.settled()
  })
  expect(server.count('SELECT count(*) FROM orders')).toBe(before + 2)

  await test.step('put right and sent again, only what is new is placed', async () => {
    await file.setInputFiles(csv('代发.csv', RIGHT + WRONG.replace('没有的水', '矿泉水 550ml')))
    await expect(page.getByText(/7 天内下过同样的单：S\d{10}/)).toHaveCount(2)
    await page.getByRole('button', { name: '提交 1 张订单' }).click()
    await expect(page.getByText('1 张订单已保存')).toBeVisible()
    await phone.settled()
    await file.setInputFiles(csv('代发.csv', RIGHT + WRONG))
    await expect(page.getByRole('heading', { name: '已经提交' })).toBeVisible()
    await expect(page.getByRole('heading', { name: '可以提交' })).toHaveCount(0)
  })
  const rows = server.rows<{ recipient: string; agent_id: string; customer_id: string }>(
    'SELECT recipient, agent_id, customer_id FROM orders ORDER BY placed_at DESC, number DESC LIMIT 3',
  )
  expect(rows.map((row) => (JSON.parse(row.recipient) as { county: string }).county)).toEqual([
    '鼓楼区',
    '西湖区',
    '浦东新区',
  ])
  expect(rows.every((row) => row.agent_id === row.customer_id)).toBe(true)
  expect(server.count('SELECT count(*) FROM orders')).toBe(before + 3)
  expect(phone.complaints.filter((one) => !one.includes('422'))).toEqual([])
})

test('a rep and a clerk reach it from where orders begin', async ({ phoneOf, deskFor }) => {
  await shelf(await deskFor('zhou'))
  const [stop] = await photoStops(await deskFor('wang'))
  if (!stop) throw new Error('nobody is on the round today')
  const phone = await phoneOf()
  await phone.signIn('wang')
  await phone.settled()
  await phone.page.goto('/orders')
  await phone.page.getByRole('button', { name: '更多' }).click()
  await phone.page.getByRole('dialog').getByRole('button', { name: '表格下单' }).click()
  await phone.page.getByRole('dialog').getByRole('button', { name: stop.name }).first().click()
  await expect(phone.page).toHaveURL(new RegExp(`/orders/sheet/${stop.id}`))
  await phone.page.locator('input[type=file]').setInputFiles(csv('代发.csv', RIGHT))
  await expect(phone.page.getByRole('button', { name: '提交 2 张订单' })).toBeEnabled()

  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('wu')
  await desk.settled()
  await desk.page.goto('/orders/desk')
  await desk.page.getByRole('button', { name: '表格下单' }).click()
  await desk.page.getByRole('dialog').getByRole('searchbox').fill(stop.name)
  await desk.page.getByRole('dialog').getByRole('button', { name: stop.name }).first().click()
  await desk.page.locator('input[type=file]').setInputFiles(csv('代发.csv', RIGHT))
  await expect(desk.page.getByRole('button', { name: '提交 2 张订单' })).toBeEnabled()
})
