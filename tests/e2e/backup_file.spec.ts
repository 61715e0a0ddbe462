// The second copy in a real browser: a phone without a signal saves what it recorded as a file and loses everything; another phone of the
// same person takes the file in and sends it. Nobody else can, and nothing is there twice whoever sends it.

import type { Page } from '@playwright/test'
import type { Phone } from './support/phone'
import { checkIn, checkOut, photograph, photoStops, type Stop } from './support/round'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 180_000 })

async function saved(page: Page, path: string): Promise<void> {
  await page.goto('/outbox')
  // The second picture may still be shrunk.
  await expect(page.getByRole('button', { name: '撤回' })).toHaveCount(4)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '保存备份文件' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^行商备份 王磊 \d{4}-\d\d-\d\d\.json$/)
  await download.saveAs(path)
  await expect(page.getByText(/已存好：4 条，2 张照片/)).toBeVisible()
}

async function takenIn(page: Page, path: string): Promise<void> {
  await page.goto('/outbox')
  await expect(page.getByRole('button', { name: '导入备份文件' })).toBeVisible()
  await page.locator('.backup-file input[type=file]').setInputFiles(path)
}

/** The phone fell into the water: nothing is left of it but the cookies of a browser. */
async function everythingGone(phone: Phone): Promise<void> {
  const devtools = await phone.context.newCDPSession(phone.page)
  await phone.page.goto('about:blank')
  await devtools.send('Storage.clearDataForOrigin', {
    origin: phone.network.url,
    storageTypes: 'indexeddb,local_storage,cache_storage,service_workers',
  })
  await devtools.detach()
}

test('a phone without a signal saves a file, and another phone of the same person sends it', async ({
  phoneOf,
  deskFor,
  server,
}, info) => {
  const rep = await deskFor('wang')
  const [first] = (await photoStops(rep)) as [Stop]
  const path = info.outputPath('backup.json')
  const lost = await phoneOf({ place: first.place })

  await test.step('a visit with two photos, without a signal, saved as a file', async () => {
    await lost.signIn('wang')
    await expect(lost.page.getByText(first.name)).toBeVisible()
    await lost.installed()
    await lost.settled()
    await lost.offline()
    await lost.page.goto('/today')
    await checkIn(lost.page, first)
    await photograph(lost.page, '门头照', 2)
    await checkOut(lost.page, '要两箱酱油')
    await saved(lost.page, path)
  })

  await test.step('then the phone is gone', async () => {
    await everythingGone(lost)
    expect(server.count('SELECT count(*) FROM visits WHERE person_id = ?', rep.person.id)).toBe(0)
  })

  await test.step('a colleague cannot take it in', async () => {
    const other = await phoneOf()
    await other.signIn('li')
    await other.settled()
    await takenIn(other.page, path)
    await expect(other.page.getByText('这是王磊的备份，只能在本人登录后导入')).toBeVisible()
    await expect(other.badge()).toHaveAccessibleName(/^都已收到/)
  })

  await test.step('another phone of his sends it, and taking it in once more changes nothing', async () => {
    const found = await phoneOf()
    await found.signIn('wang')
    await found.settled()
    await takenIn(found.page, path)
    await expect(found.page.getByText(/已导入 4 条，2 张照片/)).toBeVisible()
    await expect
      .poll(() => server.count("SELECT count(*) FROM photos WHERE state = 'stored'"), { timeout: 60_000 })
      .toBe(2)
    await found.settled()
    await takenIn(found.page, path)
    await expect(found.page.getByText('这部手机上已经都有了')).toBeVisible()
    await found.settled()
    await found.page.goto('/today')
    await expect(found.page.getByText('已结束 1 家')).toBeVisible()
    expect(found.complaints).toEqual([])
  })

  await test.step('each thing exactly once', async () => {
    const mine = 'WHERE person_id = ?'
    expect(server.count(`SELECT count(*) FROM visits ${mine}`, rep.person.id)).toBe(1)
    expect(server.count(`SELECT count(*) FROM photos ${mine}`, rep.person.id)).toBe(2)
    const kinds = server.rows<{ status: string; n: number }>(
      `SELECT status, count(*) AS n FROM sync_command ${mine} AND replica_id IS NOT NULL GROUP BY status`,
      rep.person.id,
    )
    expect(kinds).toEqual([{ status: 'applied', n: 4 }])
  })
})

test('both phones send: nothing is there twice', async ({ phoneOf, deskFor, server }, info) => {
  const rep = await deskFor('wang')
  const [first] = (await photoStops(rep)) as [Stop]
  const path = info.outputPath('backup.json')
  const one = await phoneOf({ place: first.place })
  await one.signIn('wang')
  await one.installed()
  await one.settled()
  await one.offline()
  await one.page.goto('/today')
  await checkIn(one.page, first)
  await photograph(one.page, '门头照', 2)
  await checkOut(one.page)
  await saved(one.page, path)

  const other = await phoneOf()
  await other.signIn('wang')
  await other.settled()
  await takenIn(other.page, path)
  await expect(other.page.getByText(/已导入 4 条/)).toBeVisible()
  await one.online()
  await one.settled()
  await other.settled()
  await expect
    .poll(() => server.count("SELECT count(*) FROM photos WHERE state = 'stored'"), { timeout: 60_000 })
    .toBe(2)
  expect(server.count('SELECT count(*) FROM visits WHERE person_id = ?', rep.person.id)).toBe(1)
  const decided = 'SELECT status FROM sync_command WHERE person_id = ? AND replica_id IS NOT NULL'
  expect(server.rows(decided, rep.person.id)).toEqual(Array.from({ length: 4 }, () => ({ status: 'applied' })))
  expect([...one.complaints, ...other.complaints]).toEqual([])
})
