// A rep's round as his thumb does it, on the built app: check in at a stop, photograph, check out. And who is on today's route.

import { expect, type Page } from '@playwright/test'
import type { Desk } from './desk'
import type { Place } from './phone'

export interface Stop {
  id: string
  name: string
  place: Place
}

/** The day in Shanghai, as the demonstration's company counts days, or the one so many days later. */
export function today(later = 0): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + later * 86_400_000)
}

/** Customers with a pin, of the class whose one must is a photo of the front: 便利店. Of one territory when it is given. */
export function cornerShops(
  { customers = [], customer_classes = [] }: Awaited<ReturnType<Desk['everything']>>,
  territory_id?: string,
): Stop[] {
  const corner = customer_classes.find((one) => one.name === '便利店')?.id
  return customers
    .filter((one) => one.class_id === corner && one.latitude_e7 != null)
    .filter((one) => territory_id === undefined || one.territory_id === territory_id)
    .map((one) => ({
      id: one.id,
      name: String(one.name),
      place: { latitude: Number(one.latitude_e7) / 1e7, longitude: Number(one.longitude_e7) / 1e7 },
    }))
}

/** Those of them that are on a rep's route today, in its order. */
export async function photoStops(desk: Desk): Promise<Stop[]> {
  const rows = await desk.everything()
  const of = (table: string) => rows[table] ?? []
  // 0 Sunday … 6 Saturday there, Monday's bit is 1 here.
  const weekday = (new Date(`${today()}T00:00:00Z`).getUTCDay() + 6) % 7
  const routes = new Set(
    of('routes')
      .filter((route) => route.person_id === desk.person.id && (Number(route.weekdays) >> weekday) & 1)
      .map((route) => route.id),
  )
  const shops = new Map(cornerShops(rows).map((shop) => [shop.id, shop]))
  return of('route_stops')
    .filter((stop) => routes.has(String(stop.route_id)))
    .sort((one, other) => Number(one.position) - Number(other.position))
    .flatMap((stop) => shops.get(String(stop.customer_id)) ?? [])
}

/** A new customer of whoever holds this phone, with a name and nothing else. */
export async function addCustomer(page: Page, name: string): Promise<void> {
  await page.goto('/customers/new')
  await page.getByLabel('名称').fill(name)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
}

/** From Today into a visit. `reason` is tapped when the place asks for one. */
export async function checkIn(page: Page, stop: Stop, reason = ''): Promise<void> {
  await page.locator('.base-cell', { hasText: stop.name }).getByRole('button').first().click()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText(stop.name)
  if (reason) {
    const enough = sheet.getByRole('button', { name: '不等了' })
    await expect(sheet.getByRole('button', { name: reason }).or(enough)).toBeVisible({ timeout: 15_000 })
    if (await enough.isVisible()) await enough.click()
    await expect(sheet.getByRole('button', { name: '签到', exact: true })).toBeDisabled()
    await sheet.getByRole('button', { name: reason }).click()
  }
  await sheet.getByRole('button', { name: '签到', exact: true }).click()
  await expect(page).toHaveURL(/\/visits\//)
  await expect(page.getByText(stop.name).first()).toBeVisible()
}

/** Takes so many pictures for the step of that title, with the camera inside the page. */
export async function photograph(page: Page, title: string, count: number): Promise<void> {
  const step = page.locator('.visit-step', { hasText: title })
  await expect(step.locator('.visit-shoot')).toBeVisible()
  const before = await step.locator('.visit-photos li').count()
  await step.locator('.visit-shoot').click()
  const camera = page.getByRole('dialog', { name: '拍照' })
  const shutter = camera.getByRole('button', { name: '拍照' })
  await expect(shutter).toBeEnabled({ timeout: 15_000 })
  const counted = (await camera.locator('p[role=status]').textContent()) ?? ''
  const already = Number(/(\d+)(?=\/| 张)/.exec(counted)?.[1] ?? '0')
  for (let one = 1; one <= count; one += 1) {
    // While the last picture is being kept, a tap takes no other.
    await expect(shutter).not.toHaveAttribute('aria-busy')
    await shutter.click()
    await expect(camera.locator('p[role=status]')).toContainText(new RegExp(`\\b${already + one}(/\\d+)? 张`))
  }
  await camera.getByRole('button', { name: '完成' }).click()
  await expect(camera).toBeHidden()
  await expect(step.locator('.visit-photos li')).toHaveCount(before + count)
}

export async function checkOut(page: Page, note = ''): Promise<void> {
  await page.getByRole('button', { name: '签退', exact: true }).click()
  const sheet = page.getByRole('dialog')
  if (note) await sheet.getByLabel('备注').fill(note)
  await sheet.getByRole('button', { name: '签退', exact: true }).click()
  await expect(page).toHaveURL(/\/today/)
}
