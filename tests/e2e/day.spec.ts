// A rep's day on the built app, without a signal: three visits with photos, the page killed in the middle, one thing the company refuses;
// then the signal comes back and everything is there, each thing exactly once, and the manager sees it. Also with answers lost on the way
// and with two tabs open.

import type { Page } from '@playwright/test'
import type { Weather } from './support/network'
import { metresNorthOf } from './support/phone'
import { checkIn, checkOut, photograph, photoStops, type Stop } from './support/round'
import { expect, test } from './support/test'

interface Trouble {
  /** How many answers to pushes and photo uploads are lost after the server did its work. */
  lost?: number
  hasTwoTabs?: boolean
}

const CODE = 'QF-100'
const PHOTOS = [3, 1, 2]

test.describe.configure({ timeout: 240_000 })

/** The server gets the request and does it; the phone never hears of it: so many times for each kind of request that carries work. */
function losingAnswers(count: number): { weather: Weather; lost: Set<string> } {
  const seen = new Map<string, number>()
  const lost = new Set<string>()
  const weather: Weather = ({ path }) => {
    if (!/\/api\/(sync\/push|files\/blobs)/.test(path)) return 'arrives'
    const kind = path.includes('push') ? 'push' : path.endsWith('complete') ? 'complete' : 'part'
    const times = seen.get(kind) ?? 0
    if (times >= count) return 'arrives'
    seen.set(kind, times + 1)
    lost.add(kind)
    return 'answer lost'
  }
  return { weather, lost }
}

async function changeCode(page: Page, stop: Stop, code: string): Promise<void> {
  await page.goto(`/customers/${stop.id}/edit`)
  await page.getByLabel('编号').fill(code)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByLabel('编号')).toHaveCount(0)
}

const variants: [string, Trouble][] = [
  ['a day without a signal', {}],
  ['a day whose answers are lost', { lost: 2 }],
  ['a day in two tabs', { hasTwoTabs: true }],
]

for (const [name, { lost = 0, hasTwoTabs = false }] of variants) {
  test(name, async ({ phoneOf, deskFor, server }, info) => {
    const rep = await deskFor('wang')
    const stops = await photoStops(rep)
    const [first, second, third] = stops as [Stop, Stop, Stop]
    expect(stops.length).toBeGreaterThanOrEqual(3)

    const phone = await phoneOf({ place: first.place })
    await test.step('sign in, first sync, then no signal any more', async () => {
      await phone.signIn('wang')
      await expect(phone.page).toHaveURL(/\/today/)
      await expect(phone.page.getByText(first.name)).toBeVisible()
      await phone.installed()
      await phone.settled()
      await phone.offline()
      await phone.page.reload()
      await expect(phone.page.getByText(first.name)).toBeVisible()
    })
    const other = hasTwoTabs ? await phone.tab('/today') : phone.page

    await test.step('at the door', async () => {
      await checkIn(phone.page, first)
      await expect(phone.page.getByText(/在店里 · 距离 \d+ 米/)).toBeVisible()
      await photograph(phone.page, '门头照', 1)
      await photograph(phone.page, '货架照', 2)
      await checkOut(phone.page, '要两箱酱油')
    })

    await test.step('outside, with a reason; the page is killed between photo and check-out', async () => {
      await phone.standAt(metresNorthOf(second.place, 700))
      if (hasTwoTabs) await expect(other.getByText('已结束 1 家')).toBeVisible()
      await checkIn(other, second, '约在别处见面')
      await photograph(other, '门头照', 1)
      if (other === phone.page) await phone.killAndReopen()
      else await other.close({ runBeforeUnload: false })
      if (hasTwoTabs) await phone.page.getByRole('link', { name: /继续拜访/ }).click()
      await expect(phone.page.getByText(/不在店里 · 距离 7\d\d 米/)).toBeVisible()
      await expect(phone.page.locator('.visit-photos .base-photo img')).toHaveCount(1)
      await checkOut(phone.page)
    })

    await test.step('no position at all, with a reason', async () => {
      await phone.standAt(null)
      if (hasTwoTabs) await phone.tab('/today')
      await checkIn(phone.page, third, '室内没信号')
      await photograph(phone.page, '门头照', 2)
      await checkOut(phone.page)
      await expect(phone.page.getByText('已结束 3 家')).toBeVisible()
    })

    await test.step('a code that somebody else takes meanwhile', async () => {
      await changeCode(phone.page, first, CODE)
      const clerk = await deskFor('wu')
      await clerk.run('customers.edit', {
        customer_id: third.id,
        changes: { code: [(await codeOf(third)) ?? '', CODE] },
      })
    })

    function codeOf(stop: Stop): Promise<string | undefined> {
      return Promise.resolve(server.rows<{ code: string }>('SELECT code FROM customers WHERE id = ?', stop.id)[0]?.code)
    }

    expect(server.count('SELECT count(*) FROM visits WHERE person_id = ?', rep.person.id)).toBe(0)

    const { weather, lost: lostSoFar } = losingAnswers(lost)
    phone.network.weather = weather
    await test.step('the signal is back: everything is received, one thing is refused in words', async () => {
      await phone.online()
      await expect(phone.badge()).toHaveAccessibleName(/1 条需要你处理/, { timeout: 90_000 })
      await expect
        .poll(() => server.count("SELECT count(*) FROM photos WHERE state = 'stored'"), { timeout: 90_000 })
        .toBe(PHOTOS.reduce((sum, count) => sum + count))
      await phone.badge().click()
      await expect(phone.page.getByText('编号已有客户在用')).toBeVisible()
      await expect(phone.page.getByText('修改客户')).toBeVisible()
      await expect(phone.page.getByText(first.name)).toBeVisible()
    })
    expect(lostSoFar).toEqual(new Set(lost ? ['push', 'part', 'complete'] : []))

    await test.step('the refused one is mended and sent', async () => {
      const before = await codeOf(first)
      await phone.page.getByRole('button', { name: '修改', exact: true }).click()
      await expect(phone.page.getByLabel('编号')).toHaveValue(CODE)
      await phone.page.getByLabel('编号').fill(`${CODE}-A`)
      await phone.page.getByRole('button', { name: '保存' }).click()
      await phone.settled()
      expect(await codeOf(first)).toBe(`${CODE}-A`)
      expect(before).not.toBe(`${CODE}-A`)
      expect(await codeOf(third)).toBe(CODE)
    })

    await test.step('each thing exactly once, in the database and in a fresh phone', async () => {
      const mine = 'person_id = ?'
      expect(server.count(`SELECT count(*) FROM visits WHERE ${mine}`, rep.person.id)).toBe(3)
      expect(server.count(`SELECT count(DISTINCT customer_id) FROM visits WHERE ${mine}`, rep.person.id)).toBe(3)
      expect(server.count(`SELECT count(*) FROM photos WHERE ${mine}`, rep.person.id)).toBe(6)
      const commands = server.rows<{ name: string; n: number }>(
        "SELECT name, count(*) AS n FROM sync_command WHERE person_id = ? AND status = 'applied' GROUP BY name",
        rep.person.id,
      )
      const times = Object.fromEntries(commands.map(({ name: of, n }) => [of, n]))
      expect(times['visits.check_in']).toBe(3)
      expect(times['visits.check_out']).toBe(3)

      const manager = await deskFor('zhou')
      const seen = await manager.everything()
      const visits = (seen.visits ?? []).filter((visit) => visit.person_id === rep.person.id)
      expect(visits.map((visit) => [visit.customer_id, visit.in_fence, visit.in_reason, visit.state]).sort()).toEqual(
        [
          [first.id, 'inside', '', 'done'],
          [second.id, 'outside', '约在别处见面', 'done'],
          [third.id, 'no_fix', '室内没信号', 'done'],
        ].sort(),
      )
      const steps = new Map((seen.visit_steps ?? []).map((step) => [step.id, step.visit_id]))
      const photosAt = (stop: Stop) => {
        const visit = visits.find((one) => one.customer_id === stop.id)?.id
        return (seen.photos ?? []).filter((photo) => steps.get(String(photo.owner_id)) === visit).length
      }
      expect([first, second, third].map(photosAt)).toEqual(PHOTOS)
    })

    for (const screen of ['phone', 'desk'] as const) {
      await test.step(`the manager sees it at a ${screen}`, async () => {
        const manager = await phoneOf({ screen })
        const { page } = manager
        await manager.signIn('zhou')
        await page.goto('/team')
        await page.locator('.base-cell', { hasText: '王磊' }).locator('.base-cell-main').click()
        await expect(page.locator('.line-visit')).toHaveCount(3)
        for (const stop of [first, second, third]) await expect(page.locator('.line')).toContainText(stop.name)
        await expect(page.locator('.line')).toContainText('要两箱酱油')
        await expect(page.locator('.line')).toContainText('约在别处见面')
        const photos = page.locator('.line-photos img')
        await expect(photos).toHaveCount(6)
        await expect
          .poll(() =>
            photos.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length),
          )
          .toBe(6)
        await info.attach(`team-${screen}.png`, { body: await page.screenshot(), contentType: 'image/png' })
        expect(manager.complaints).toEqual([])
      })
    }
    expect(phone.complaints).toEqual([])
  })
}

test('the manager sees a visit that is still going on, without what is not done yet', async ({ phoneOf, deskFor }) => {
  const rep = await deskFor('wang')
  const [stop] = (await photoStops(rep)) as [Stop]
  const now = Date.now()
  await rep.run('visits.check_in', {
    visit_id: crypto.randomUUID().replace(/^(.{14})./, '$17'),
    customer_id: stop.id,
    clocks: { wall_at: now },
    fix: {
      latitude_e7: Math.round(stop.place.latitude * 1e7),
      longitude_e7: Math.round(stop.place.longitude * 1e7),
      accuracy_m: 9,
      taken_at: now,
      count: 3,
    },
    reason: '',
    is_planned: true,
  })
  const manager = await phoneOf()
  await manager.signIn('zhou')
  await manager.page.goto('/team')
  await manager.page.locator('.base-cell', { hasText: '王磊' }).locator('.base-cell-main').click()
  const card = manager.page.locator('.line-card')
  await expect(card).toContainText(stop.name)
  await expect(card).toContainText('进行中')
  await expect(card).not.toContainText('店主反馈')
  expect(manager.complaints).toEqual([])
})
