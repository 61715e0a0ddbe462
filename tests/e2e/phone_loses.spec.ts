// What a phone can lose, in a real browser: its storage, its room, its right to be signed in, its owner, its clock; and what is left of the
// rep's work then.

import type { CDPSession, Page } from '@playwright/test'
import { seriousFindings, smallTargets } from './support/page_checks'
import type { Phone } from './support/phone'
import { addCustomer, checkIn, checkOut, photograph, photoStops, type Stop } from './support/round'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 120_000 })

const PLACE = { latitude: 31.23, longitude: 121.54 }

async function ready(phone: Phone, login = 'wang'): Promise<void> {
  await phone.signIn(login)
  await phone.installed()
  await phone.settled()
}

async function onDevtools<T>(page: Page, run: (devtools: CDPSession) => Promise<T>): Promise<T> {
  const devtools = await page.context().newCDPSession(page)
  try {
    return await run(devtools)
  } finally {
    await devtools.detach()
  }
}

/** How many records each store of every person on this phone holds, read past the app. */
function heldOnDisk(page: Page): Promise<Record<string, Record<string, number>>> {
  return page.evaluate(async () => {
    const held: Record<string, Record<string, number>> = {}
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const counts: Record<string, number> = {}
      for (const store of database.objectStoreNames) {
        counts[store] = await new Promise<number>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).count()
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      }
      database.close()
      held[name] = counts
    }
    return held
  })
}

/** What the browser does when it runs short, or after seven days on some phones: all script storage goes, cookies stay. */
async function evicted(phone: Phone): Promise<void> {
  const { page } = phone
  await page.goto('about:blank')
  await onDevtools(page, (devtools) =>
    devtools.send('Storage.clearDataForOrigin', {
      origin: phone.network.url,
      storageTypes: 'indexeddb,local_storage,cache_storage,service_workers',
    }),
  )
}

/** From the next page on this phone's clock is so many hours ahead. */
async function clockAhead(page: Page, hours: number): Promise<void> {
  await page.addInitScript((shift) => {
    const RealDate = Date
    const real = Date.now
    class Shifted extends RealDate {
      constructor(...given: unknown[]) {
        if (given.length) super(...(given as [number]))
        else super(real() + shift)
      }
      static override now(): number {
        return real() + shift
      }
    }
    globalThis.Date = Shifted as DateConstructor
  }, hours * 3_600_000)
}

test('F25: cleared storage is noticed, counted, told to the person and seen by the administrator', async ({
  phoneOf,
  server,
}) => {
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.offline()
  await addCustomer(phone.page, '会丢的小店')
  await addCustomer(phone.page, '也会丢的小店')
  await evicted(phone)
  await phone.online()
  await phone.signIn('wang')
  await phone.settled()
  const told = phone.page.getByText('这部手机的存储被清理过，2 项没发出的内容可能丢失，已通知管理员')
  await phone.page.goto('/today')
  await expect(told).toBeVisible({ timeout: 15_000 })
  // All that the server had is there again.
  await phone.page.goto('/customers')
  await expect(phone.page.getByRole('main').locator('.base-cell').first()).toBeVisible()
  await phone.page.goto('/outbox')
  await expect(told).toBeVisible()
  await phone.page.getByRole('button', { name: '知道了' }).click()
  await expect(told).toHaveCount(0)
  await phone.page.reload()
  await phone.settled()
  await expect(told).toHaveCount(0)
  expect(server.count("SELECT count(*) FROM sync_report WHERE kind = 'suspected_loss'")).toBe(1)

  const office = await phoneOf({ screen: 'desk' })
  await office.signIn('chen')
  await office.page.goto('/phones')
  const lost = office.page.locator('.base-group', { hasText: '可能丢失的内容' })
  await expect(lost).toContainText('王磊')
  await expect(lost).toContainText('2 项没发出')
  expect([...phone.complaints, ...office.complaints]).toEqual([])
})

test('F24: a full phone says so before the rep leaves, and nothing half-written is kept', async ({
  phoneOf,
  deskFor,
}) => {
  const rep = await deskFor('wang')
  const [first] = (await photoStops(rep)) as [Stop]
  const phone = await phoneOf({ place: first.place })
  await ready(phone)
  await phone.offline()
  await phone.page.goto('/today')
  await checkIn(phone.page, first)
  await photograph(phone.page, '门头照', 1)
  // The picture is shrunk and recorded with its step behind the screen.
  await expect.poll(async () => Object.values(await heldOnDisk(phone.page)).map(({ outbox }) => outbox)).toEqual([2])
  const before = await heldOnDisk(phone.page)

  const devtools = await phone.context.newCDPSession(phone.page)
  const origin = phone.network.url
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  // Chromium believes for half a minute what it last knew of the room.
  await phone.page.waitForTimeout(35_000)
  const step = phone.page.locator('.visit-step', { hasText: '货架照' })
  await step.locator('.visit-shoot').click()
  const camera = phone.page.getByRole('dialog', { name: '拍照' })
  const shutter = camera.getByRole('button', { name: '拍照' })
  await expect(shutter).toBeEnabled({ timeout: 15_000 })
  await shutter.click()
  await expect(phone.page.getByText(/存不下|空间/).first()).toBeVisible({ timeout: 10_000 })
  const after = await heldOnDisk(phone.page)
  expect(Object.values(after).map(({ outbox, blobs, bytes }) => ({ outbox, blobs, bytes }))).toEqual(
    Object.values(before).map(({ outbox, blobs, bytes }) => ({ outbox, blobs, bytes })),
  )

  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await shutter.click()
  await expect(camera.locator('p[role=status]')).toContainText(/\b1(\/\d+)? 张/)
  await camera.getByRole('button', { name: '完成' }).click()
  await checkOut(phone.page)
  await phone.online()
  await phone.settled()
  expect(phone.complaints).toEqual([])
})

test('F24: at 70 and at 85 percent of the room the first page warns', async ({ phoneOf }) => {
  const phone = await phoneOf()
  await ready(phone)
  for (const [share, said] of [
    [0.69, null],
    [0.7, '已用 70%，有信号时先把照片发出去'],
    [0.86, '已用 86%，快存不下了'],
  ] as const) {
    // Recent Chromium tells every page the same room whatever there is; the others, and phones' own browsers, tell the truth.
    const page = await phone.context.newPage()
    await page.addInitScript((part) => {
      StorageManager.prototype.estimate = async () => ({ usage: part * 1000, quota: 1000 })
    }, share)
    await page.goto('/today')
    await expect(page.locator('.today-number').first()).toBeVisible()
    await expect(page.getByText('浏览器可能会清掉没发出的内容')).toBeVisible({ timeout: 10_000 })
    if (said) await expect(page.getByText(said)).toBeVisible()
    else await expect(page.getByText(/已用 \d+%/)).toHaveCount(0)
    await page.close()
  }
  expect(phone.complaints).toEqual([])
})

test('F27: a newer build’s tab gets the database, the older one says so and keeps nothing from anybody', async ({
  phoneOf,
  server,
}) => {
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.offline()
  await addCustomer(phone.page, '升级前的小店')
  // What a newer build does on opening: a version of the layout that adds a store.
  const newer = await phone.tab('/kit')
  const upgraded = await newer.evaluate(async () => {
    const [{ name = '', version = 0 } = {}] = (await indexedDB.databases()).filter((one) =>
      one.name?.startsWith('rm-u-'),
    )
    return new Promise<string>((resolve) => {
      const request = indexedDB.open(name, version + 10)
      request.onblocked = () => resolve('blocked')
      request.onupgradeneeded = () => request.result.createObjectStore('later')
      request.onsuccess = () => {
        request.result.close()
        resolve('upgraded')
      }
    })
  })
  expect(upgraded).toBe('upgraded')
  const notice = phone.page.getByRole('alertdialog')
  await expect(notice).toContainText('已更新到新版本，重新打开即可')
  await phone.online()
  await notice.getByRole('button', { name: '重新打开' }).click()
  await phone.settled()
  await expect.poll(() => server.count("SELECT count(*) FROM customers WHERE name = '升级前的小店'")).toBe(1)
})

test('F27: a tab that will not let go is asked for in words, and nothing is lost meanwhile', async ({ phoneOf }) => {
  const phone = await phoneOf({ place: PLACE })
  await phone.page.goto('/sign-in')
  // An old build that does not close on a version change holds an earlier layout of this person's database.
  const holder = await phone.tab('/kit')
  await phone.signIn('wang')
  await phone.settled()
  const name = Object.keys(await heldOnDisk(phone.page))[0] as string
  await phone.page.close()
  await holder.evaluate(async (of) => {
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(of).onsuccess = resolve
    })
    await new Promise((resolve) => {
      const request = indexedDB.open(of, 1)
      request.onsuccess = () => {
        Object.assign(window, { held: request.result })
        resolve(null)
      }
    })
  }, name)
  phone.page = await phone.tab('/today')
  const notice = phone.page.getByRole('alertdialog')
  await expect(notice).toContainText('另一个窗口还开着旧版本。关掉它，这里就能继续。', { timeout: 15_000 })
  await holder.close()
  await expect(notice).toHaveCount(0)
  await phone.settled()
})

test('F29: a build that is too old sends all it has, is told to update, and pulls nothing wrong', async ({
  phoneOf,
  server,
}) => {
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  // The same build, as it would speak five months after the server stopped giving rows to its schema.
  await phone.context.route('**/api/sync/{hello,push,pull}', async (route) => {
    const body = route.request().postDataJSON() as Record<string, unknown>
    await route.continue({ postData: JSON.stringify({ ...body, schema: 0 }) })
  })
  const before = await heldOnDisk(phone.page)
  await addCustomer(phone.page, '旧版本录的小店')
  await expect.poll(() => server.count("SELECT count(*) FROM customers WHERE name = '旧版本录的小店'")).toBe(1)
  await phone.page.goto('/outbox')
  await expect(phone.page.getByText('这个版本太旧，内容照常发送，更新后才能收到新内容')).toBeVisible({
    timeout: 15_000,
  })
  await phone.settled()
  const after = await heldOnDisk(phone.page)
  const rows = (held: typeof before) => Object.values(held).map((one) => (one.rows ?? 0) + (one.pages ?? 0))
  expect(rows(after)).toEqual(rows(before))
  expect(phone.complaints).toEqual([])
})

test('F31: with a session that ended capture goes on, the loop rests, and signing in again sends it all', async ({
  phoneOf,
  server,
}) => {
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.context.clearCookies({ name: /^(__Host-)?roundsman$/ })
  await addCustomer(phone.page, '登录过期后的小店')
  await phone.page.goto('/outbox')
  await expect(
    phone.page.getByText('登录后自动发送').or(phone.page.locator('.base-notice.is-warn')).first(),
  ).toBeVisible()
  await expect(phone.badge()).toHaveAccessibleName(/1 条在手机上等发送/)
  let asked = 0
  phone.page.on('request', (request) => {
    if (/api\/sync\/push/.test(request.url())) asked += 1
  })
  await addCustomer(phone.page, '过期后又一家')
  await expect(phone.badge()).toHaveAccessibleName(/2 条在手机上等发送/)
  expect(server.count("SELECT count(*) FROM customers WHERE name LIKE '%过期后%'")).toBe(0)
  expect(asked).toBe(0)
  await phone.page.goto('/outbox')
  await phone.page.getByRole('link', { name: '去登录' }).click()
  await phone.signIn('wang')
  await phone.settled()
  await expect.poll(() => server.count("SELECT count(*) FROM customers WHERE name LIKE '%过期后%'")).toBe(2)
  expect(phone.complaints).toEqual([])
})

test('F32: of two people on one phone each sends only his own', async ({ phoneOf, deskFor, server }) => {
  const wang = await deskFor('wang')
  const li = await deskFor('li')
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.offline()
  await addCustomer(phone.page, '王的小店')
  await phone.page.goto('/me/sign-out')
  await phone.page.getByRole('button', { name: /^退出登录/ }).click()
  await expect(phone.page).toHaveURL(/sign-in/)
  await phone.online()
  await phone.signIn('li')
  await phone.settled()
  // His territory has come.
  await expect(phone.page.locator('.today-number').first()).toBeVisible()
  await phone.page.goto('/customers')
  await expect(phone.page.getByRole('main').locator('.base-cell').first()).toBeVisible()
  await addCustomer(phone.page, '李的小店')
  await phone.settled()
  const makers = () =>
    server.rows<{ name: string; person: string }>(
      `SELECT json_extract(args, '$.name') AS name, person_id AS person FROM sync_command
       WHERE name = 'customers.add' AND json_extract(args, '$.name') LIKE '%的小店' ORDER BY 1`,
    )
  expect(makers()).toEqual([{ name: '李的小店', person: li.person.id }])
  // What was received is let go of with the next pull.
  const waiting = async () => Object.values(await heldOnDisk(phone.page)).map((held) => held.outbox)
  await expect.poll(async () => (await waiting()).sort()).toEqual([0, 1])
  await phone.page.goto('/me/sign-out')
  await phone.page.getByRole('button', { name: /^退出登录/ }).click()
  await expect(phone.page).toHaveURL(/sign-in/)
  await phone.signIn('wang')
  await phone.settled()
  await expect.poll(makers).toEqual([
    { name: '李的小店', person: li.person.id },
    { name: '王的小店', person: wang.person.id },
  ])
  expect(phone.complaints).toEqual([])
})

test('F33: a stolen phone hands its last work in for inspection and keeps nothing', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const office = await deskFor('chen')
  const wang = await deskFor('wang')
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.offline()
  await addCustomer(phone.page, '被偷后的小店')
  const replicas = server.rows<{ id: string; device: string }>(
    'SELECT id, device FROM sync_replica WHERE person_id = ?',
    wang.person.id,
  )
  const stolen = replicas.find((one) => /Chrome/.test(one.device)) as { id: string }
  await office.run('identity.wipe_replica', { replica_id: stolen.id })
  await phone.online()
  await expect
    .poll(() => server.rows("SELECT status FROM sync_command WHERE args LIKE '%被偷后的小店%'"), { timeout: 30_000 })
    .toEqual([{ status: 'quarantined' }])
  expect(server.count("SELECT count(*) FROM customers WHERE name = '被偷后的小店'")).toBe(0)
  const left = () =>
    phone.page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map((one) => one.name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      kept: Object.keys(localStorage),
    }))
  await expect.poll(() => left().then((one) => one.databases), { timeout: 20_000 }).toEqual([])
  await expect.poll(() => left().then((one) => one.caches), { timeout: 20_000 }).toEqual([])
  await expect.poll(() => left().then((one) => one.kept.filter((key) => /person|people/.test(key)))).toEqual([])
  await expect(phone.page).toHaveURL(/sign-in/)
  await phone.page.goto('/today')
  await expect(phone.page).toHaveURL(/sign-in/)
  expect(await phone.page.getByText('便利店').count()).toBe(0)
})

test('F31: the phone of somebody let go hands in its work behind a closed screen, and is his again when he is back', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const [office, wang] = [await deskFor('chen'), await deskFor('wang')]
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.offline()
  await addCustomer(phone.page, '离职前的小店')
  await office.run('identity.deactivate_person', { person_id: wang.person.id })
  await phone.online()
  await phone.killAndReopen()
  const closed = phone.page.getByRole('alertdialog')
  await expect(closed).toContainText('公司已停用你的账号')
  await expect
    .poll(() => server.rows("SELECT status FROM sync_command WHERE args LIKE '%离职前的小店%'"), { timeout: 30_000 })
    .toEqual([{ status: 'quarantined' }])
  await expect(closed).toContainText('记录已全部交给公司')
  expect(await seriousFindings(phone.page)).toEqual([])
  expect(await smallTargets(phone.page)).toEqual([])
  const box = await closed.boundingBox()
  expect([box?.width, box?.height], 'nothing of the company shows beside it').toEqual(
    Object.values(phone.page.viewportSize() ?? {}),
  )
  await office.run('identity.reactivate_person', { person_id: wang.person.id })
  await closed.getByRole('button', { name: '再试一次' }).click()
  await expect(closed).toHaveCount(0)
  expect(Object.keys(await heldOnDisk(phone.page)).length).toBeGreaterThan(0)
  expect(phone.complaints).toEqual([])
})

test('F37: a phone whose clock is a day wrong works as ever, and the check-in says so', async ({
  phoneOf,
  deskFor,
  server,
}) => {
  const rep = await deskFor('wang')
  const [first] = (await photoStops(rep)) as [Stop]
  const phone = await phoneOf({ place: first.place })
  await ready(phone)
  await phone.offline()
  await clockAhead(phone.page, 26)
  await phone.page.goto(`/today?check_in=${first.id}`)
  const sheet = phone.page.getByRole('dialog')
  await sheet.getByRole('button', { name: '签到', exact: true }).click()
  await expect(phone.page).toHaveURL(/\/visits\//)
  await photograph(phone.page, '门头照', 1)
  await checkOut(phone.page)
  await phone.online()
  await phone.settled()
  const visits = server.rows<{ state: string; flags: string }>(
    'SELECT * FROM visits WHERE person_id = ?',
    rep.person.id,
  )
  expect(visits).toHaveLength(1)
  expect(visits[0]?.state).toBe('done')
  expect(JSON.stringify(visits[0])).toContain('clock')
})

test('F38: without the stream of wake-ups what the office changes still arrives', async ({ phoneOf, deskFor }) => {
  const office = await deskFor('wu')
  const rep = await deskFor('wang')
  const [first] = (await photoStops(rep)) as [Stop]
  const phone = await phoneOf()
  await phone.context.route('**/api/sync/events**', (route) => route.abort())
  await ready(phone)
  await phone.page.goto(`/customers/${first.id}`)
  await expect(phone.page.getByText(first.name).first()).toBeVisible()
  await office.run('customers.edit', { customer_id: first.id, changes: { short_name: [null, '没有推送也到了'] } })
  await phone.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await phone.page.waitForTimeout(3000)
  const rows = await rep.everything()
  expect((rows.customers ?? []).find((one) => one.id === first.id)?.short_name).toBe('没有推送也到了')
  await expect(phone.page.getByText('没有推送也到了').first()).toBeVisible({ timeout: 20_000 })
})

test('after two weeks without the company its customers are put away, what waits is not, and contact brings them back', async ({
  phoneOf,
  server,
}) => {
  const phone = await phoneOf({ place: PLACE })
  await ready(phone)
  await phone.page.goto('/customers')
  const customers = phone.page.getByRole('main').locator('.base-cell')
  await expect(customers.first()).toBeVisible()
  await phone.offline()
  await addCustomer(phone.page, '两周前的小店')
  await clockAhead(phone.page, 15 * 24)
  await phone.page.goto('/customers')
  const notice = phone.page.getByText('已有两周没联系上公司')
  await expect(notice).toBeVisible()
  await expect(customers).toHaveCount(0)
  await phone.page.goto('/outbox')
  await expect(notice).toBeVisible()
  await expect(phone.page.getByText('两周前的小店').first()).toBeVisible()
  await phone.online()
  await phone.settled()
  await expect(notice).toHaveCount(0)
  expect(server.count("SELECT count(*) FROM customers WHERE name = '两周前的小店'")).toBe(1)
  await phone.page.goto('/customers')
  await expect(customers.first()).toBeVisible()
  expect(phone.complaints).toEqual([])
})
