// Targets: what is set and split at a desk is what a rep is measured by on his phone, and what was taken away comes back.

import { expect } from '@playwright/test'
import { placeOrder, stockUp } from './support/orders'
import { test } from './support/test'

test('a target is set, split and measured', async ({ phoneOf, deskFor }) => {
  const boss = await phoneOf({ screen: 'desk' })
  const { page } = boss
  await boss.signIn('chen')
  await boss.settled()
  await page.goto('/targets')
  await page.getByRole('tab', { name: '目标' }).click()
  await expect(page.getByText('这段时间还没有目标')).toBeVisible()

  await page.getByRole('button', { name: '定目标' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('给谁定').selectOption({ label: '区域' })
  await sheet.getByLabel('目标').fill('0')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('选一个人或区域')).toBeVisible()
  await expect(sheet.getByText('写一个大于零的数')).toBeVisible()
  await sheet.getByLabel('区域').selectOption({ label: '华东区' })
  await sheet.getByLabel('目标').fill('68001')
  await sheet.getByRole('button', { name: '保存' }).click()
  const east = page.getByRole('row').filter({ hasText: '华东区' })
  await expect(east).toContainText('¥68,001.00')

  await east.click()
  await sheet.getByRole('button', { name: '分解' }).click()
  const split = page.getByRole('dialog', { name: /分解/ })
  await split.getByText('分到业务员').click()
  await expect(split.getByText('余下 ¥1.00')).toBeVisible()
  await split.getByLabel('李娜').fill('0')
  // Whoever has no share is left out, and has his share again when it is split anew.
  await expect(split.getByText('¥68,001.00', { exact: true })).toBeVisible()
  await split.getByRole('button', { name: '分解' }).click()
  await expect(page.getByRole('row').filter({ hasText: '王磊' })).toContainText('¥68,001.00')
  await expect(page.getByRole('row').filter({ hasText: '李娜' })).toHaveCount(0)
  await east.click()
  await sheet.getByRole('button', { name: '分解' }).click()
  await split.getByText('分到业务员').click()
  await split.getByLabel('王磊').fill('3')
  await split.getByRole('button', { name: '分解' }).click()
  await expect(page.getByText('已分成 2 份')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '王磊' })).toContainText('¥51,000.00')
  await expect(page.getByRole('row').filter({ hasText: '李娜' })).toContainText('¥17,000.00')
  await expect(east).toContainText('¥68,000.00')

  await page.getByRole('row').filter({ hasText: '李娜' }).click()
  await sheet.getByRole('button', { name: '取消目标' }).click()
  await expect(page.getByRole('row').filter({ hasText: '李娜' })).toHaveCount(0)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('row').filter({ hasText: '李娜' })).toContainText('¥17,000.00')

  const { goods } = await stockUp(await deskFor('wu'), 1_000_000, 1)
  const [good] = goods
  if (!good) throw new Error('the demonstration sells nothing')
  const wang = await deskFor('wang')
  const { customers = [], prices = [] } = await wang.everything()
  const agreed = new Set(prices.map((one) => one.customer_id))
  const own = customers.find((one) => one.owner_id === wang.person.id && one.is_active && !agreed.has(one.id))
  if (!own) throw new Error('nobody to sell to')
  await placeOrder(wang, own.id, [{ good, count: 3 }])
  const sold = (good.price_e4 * 3) / 100
  const fen = (amount: number) => `¥${(amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`

  const phone = await phoneOf()
  await phone.signIn('wang')
  await phone.page.goto('/targets')
  const mine = phone.page.getByRole('region', { name: '我的目标' })
  await expect(mine).toContainText(`${fen(sold)} / ¥51,000.00`)
  await expect(mine).toContainText(`还差 ${fen(5_100_000 - sold)}`)
  await phone.page.getByRole('button', { name: '往前' }).click()
  await expect(phone.page.getByText('经理还没有给您定这段时间的目标')).toBeVisible()
})
