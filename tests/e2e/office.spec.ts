// What the administrator sets at his desk is what a rep meets on his phone: the steps of a visit, the days off, how strictly a
// check-in is judged.

import { expect, type Page } from '@playwright/test'
import type { Desk } from './support/desk'
import { metresNorthOf, type Phone } from './support/phone'
import { checkIn, photoStops, type Stop, today } from './support/round'
import { test } from './support/test'

const MENU = { name: '菜单' }

async function atDesk(phoneOf: (options: { screen: 'desk' }) => Promise<Phone>): Promise<Phone> {
  const desk = await phoneOf({ screen: 'desk' })
  await desk.signIn('chen')
  await desk.settled()
  return desk
}

async function open(desk: Phone, entry: string): Promise<void> {
  await desk.page.getByRole('navigation', MENU).getByRole('link', { name: entry }).click()
  await expect(desk.page.locator('#page-title')).toHaveText(entry)
}

function steps(page: Page) {
  return page.getByRole('list', { name: '便利店的拜访步骤' }).getByRole('listitem')
}

test('the steps of a class, as set at the desk, are those of the next visit', async ({ phoneOf, deskFor }) => {
  const [stop] = (await photoStops(await deskFor('wang'))) as [Stop]
  const desk = await atDesk(phoneOf)
  const { page } = desk
  await open(desk, '拜访步骤')
  await page.getByRole('tab', { name: '便利店' }).click()
  await expect(steps(page)).toHaveCount(3)
  const save = page.getByRole('button', { name: '保存步骤' })
  await expect(save).toBeDisabled()

  // A note that must be done, first refused for want of a title.
  await page.getByRole('button', { name: '文字', exact: true }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('switch', { name: '必做' }).press('Space')
  await sheet.getByRole('button', { name: '好了' }).click()
  await save.click()
  await expect(sheet.getByText('写上标题，业务员才知道做什么')).toBeVisible()
  await sheet.getByLabel('标题').fill('竞品价格')
  await expect(sheet.getByText('写上标题，业务员才知道做什么')).toBeHidden()
  await sheet.getByRole('button', { name: '好了' }).click()

  // A photo step of two, from the camera only.
  await page.getByRole('button', { name: '照片', exact: true }).click()
  await sheet.getByLabel('标题').fill('冰柜照')
  await sheet.getByRole('button', { name: '增加至少几张' }).click()
  await sheet.getByLabel('照片来源').selectOption('camera')
  await sheet.getByText('货架', { exact: true }).click()
  await sheet.getByRole('button', { name: '好了' }).click()
  await expect(steps(page).last()).toContainText('至少 2 张 · 只能现拍')

  // A form, its fields moved by button.
  await page.getByRole('button', { name: '表单', exact: true }).click()
  await sheet.getByLabel('标题').fill('冰柜检查')
  await sheet.getByLabel('名称').fill('温度')
  await sheet.getByLabel('类型').selectOption('number')
  await sheet.getByRole('button', { name: '加一项' }).click()
  await sheet.getByLabel('名称').last().fill('牌子')
  await sheet.getByLabel('类型').last().selectOption('choice')
  await sheet.getByLabel('选项').fill('海尔\n澳柯玛')
  await sheet.getByRole('button', { name: '牌子 往前移' }).click()
  await sheet.getByRole('button', { name: '好了' }).click()

  // Moved by the keyboard, removed and taken back.
  await page.getByRole('button', { name: '竞品价格 往前移' }).focus()
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Enter')
  await expect(steps(page).first()).toContainText('竞品价格')
  await page.getByRole('button', { name: '去掉 货架照' }).click()
  await expect(steps(page)).toHaveCount(5)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(steps(page)).toHaveCount(6)
  await page.getByRole('button', { name: '去掉 货架照' }).click()

  // Leaving is asked about; staying keeps everything.
  await page.getByRole('navigation', MENU).getByRole('link', { name: '假日' }).click()
  await page.getByRole('button', { name: '接着改' }).click()
  await expect(steps(page)).toHaveCount(5)
  await save.click()
  await expect(page.getByText('步骤已保存')).toBeVisible()
  await expect(save).toBeDisabled()
  await page.reload()
  await page.getByRole('tab', { name: '便利店' }).click()
  await expect(steps(page)).toHaveCount(5)
  for (const [at, title] of ['竞品价格', '门头照', '店主反馈', '冰柜照', '冰柜检查'].entries()) {
    await expect(steps(page).nth(at)).toContainText(title)
  }

  const phone = await phoneOf({ place: metresNorthOf(stop.place, 20) })
  await phone.signIn('wang')
  await phone.settled()
  await checkIn(phone.page, stop)
  const seen = phone.page.locator('.visit-step')
  await expect(seen).toHaveCount(5)
  await expect(seen.first()).toContainText(/竞品价格\s*必做/)
  await expect(phone.page.getByText('货架照')).toHaveCount(0)
  await seen.filter({ hasText: '冰柜照' }).locator('.visit-shoot').click()
  const camera = phone.page.getByRole('dialog', { name: '拍照' })
  await expect(camera.getByRole('button', { name: '拍照' })).toBeEnabled({ timeout: 15_000 })
  await expect(camera.getByText('相册')).toHaveCount(0)
  await camera.getByRole('button', { name: '完成' }).click()
  await seen.filter({ hasText: '冰柜检查' }).locator('.base-cell-main').click()
  const form = phone.page.getByRole('dialog', { name: '冰柜检查' })
  await form.getByLabel('牌子').selectOption('澳柯玛')
  await form.getByLabel('温度').fill('-18')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(seen.filter({ hasText: '冰柜检查' })).toContainText('澳柯玛')
  await phone.settled()
  expect([...desk.complaints, ...phone.complaints]).toEqual([])
})

/** Makes the rep's routes, which are walked every day of the demonstration, such as skip holidays. */
async function skipHolidays(rep: Desk): Promise<void> {
  const { routes = [], route_stops = [] } = await rep.everything()
  for (const { id: route_id, is_active: _active, ...route } of routes.filter(
    (one) => one.person_id === rep.person.id,
  )) {
    const stops = route_stops
      .filter((stop) => stop.route_id === route_id)
      .sort((one, other) => Number(one.position) - Number(other.position))
      .map((stop) => ({ stop_id: stop.id, customer_id: stop.customer_id }))
    await rep.run('visits.plan_route', { ...route, route_id, skips_holidays: true, stops })
  }
}

test('on a day made a holiday the route is not walked, and is again when the holiday is taken back', async ({
  phoneOf,
  deskFor,
}) => {
  const rep = await deskFor('wang')
  const [stop] = (await photoStops(rep)) as [Stop]
  await skipHolidays(rep)
  const phone = await phoneOf()
  await phone.signIn('wang')
  await expect(phone.page.getByText(stop.name)).toBeVisible()

  const desk = await atDesk(phoneOf)
  const { page } = desk
  await open(desk, '假日')
  await page.getByRole('button', { name: '加假日' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: '加上' }).click()
  await expect(sheet.getByText('写上是什么假日')).toBeVisible()
  await expect(sheet.getByText('选一天')).toBeVisible()
  await sheet.getByLabel('名称').fill('盘点日')
  await sheet.getByLabel('从哪天').fill(today())
  // Closing by the keyboard is asked about too.
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '接着改' }).click()
  await sheet.getByRole('button', { name: '加上' }).click()
  await expect(sheet).toBeHidden()
  await expect(page.locator('.base-cell', { hasText: '盘点日' })).toBeVisible()

  await expect(phone.page.getByText(stop.name)).toHaveCount(0, { timeout: 30_000 })

  await page.getByRole('button', { name: '去掉 盘点日' }).click()
  await expect(page.locator('.base-cell', { hasText: '盘点日' })).toHaveCount(0)
  await expect(phone.page.getByText(stop.name)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(phone.page.getByText(stop.name)).toHaveCount(0, { timeout: 30_000 })
  await page.reload()
  await expect(page.locator('.base-cell', { hasText: '盘点日' })).toBeVisible()
  expect([...desk.complaints, ...phone.complaints]).toEqual([])
})

test('a stricter fence of a class asks the rep for a reason where he needed none', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const [stop] = (await photoStops(await deskFor('wang'))) as [Stop]
  const desk = await atDesk(phoneOf)
  const { page } = desk
  await open(desk, '客户分类')
  await page.getByRole('row', { name: /便利店/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('严格', { exact: true }).click()
  await sheet.getByRole('textbox', { name: '范围' }).fill('10')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('填 20 到 20000 的整数')).toBeVisible()
  await sheet.getByRole('textbox', { name: '范围' }).fill('30')
  await sheet.getByLabel('名称').fill('街边便利店')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet).toBeHidden()
  await expect(page.getByRole('row', { name: /街边便利店/ })).toContainText('30 米')

  await page.getByRole('button', { name: '加一类' }).click()
  await sheet.getByLabel('名称').fill('街边便利店')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('已经有这个名称的分类')).toBeVisible()
  await sheet.getByLabel('名称').fill('批发市场')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row', { name: /批发市场/ })).toContainText('200 米')

  const phone = await phoneOf({ place: metresNorthOf(stop.place, 120) })
  await phone.signIn('wang')
  await phone.settled()
  await checkIn(phone.page, stop, '约在别处见面')
  await phone.settled()
  const [visit] = server.rows<{ in_fence: string; flags: string }>(
    `SELECT in_fence, flags FROM visits WHERE customer_id = '${stop.id}' ORDER BY checked_in_at DESC LIMIT 1`,
  )
  expect(visit?.in_fence).toBe('outside')
  expect(visit?.flags).toContain('outside_hard')
  expect([...desk.complaints, ...phone.complaints]).toEqual([])
})
