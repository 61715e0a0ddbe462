// Signing in and finding a customer, on the built app: what a rep does first every morning, also without the network, and how fast the
// search answers over 20,000 customers on a phone four times slower than this machine.

import { expect, type Page, test } from '@playwright/test'

const PASSWORD = 'xingshang'

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

const rows = (page: Page) => page.locator('.customers-page .base-cell')

async function openCustomers(page: Page): Promise<void> {
  await page.goto('/customers')
  await expect(rows(page).first()).toBeVisible({ timeout: 20_000 })
}

/** The service worker has taken everything it needs for a start without the network, and this page is under it. */
async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready)
  // The visit that installed the worker is not controlled by it; the next one is.
  await page.reload()
  await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true)
}

async function openNew(page: Page): Promise<void> {
  await page.getByRole('button', { name: '新增客户' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('新增客户')
}

test('a wrong password is said in words, and nobody is let in', async ({ page }) => {
  await page.goto('/customers')
  await expect(page).toHaveURL(/sign-in\?next=\/customers/)
  await page.getByLabel('账号').fill('wang')
  await page.getByLabel('密码', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('账号或密码不对')
  await page.getByRole('button', { name: '显示' }).click()
  await expect(page.getByLabel('密码', { exact: true })).toHaveAttribute('type', 'text')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(/\/customers$/)
})

test('search finds by name, initials, code and phone, and leads to the customer', async ({ page }) => {
  await signIn(page, 'wang')
  await openCustomers(page)
  await rows(page).first().getByRole('link').click()
  const name = (await page.locator('.customer-page .base-cell-title').first().textContent())?.trim() ?? ''
  const phone = (await page.locator('a[href^="tel:"]').first().getAttribute('href'))?.replace(/\D/g, '') ?? ''
  const code = await page.locator('.base-cell', { hasText: '编号' }).locator('.base-cell-value').textContent()
  await page.getByRole('button', { name: '返回' }).click()
  for (const text of [name.slice(0, 3), phone.slice(-6), (code ?? '').toLowerCase()]) {
    await page.getByRole('searchbox').fill(text)
    await expect(rows(page).filter({ hasText: name }), text).toHaveCount(1)
  }
  await page.getByRole('searchbox').fill('没有这样的客户')
  await expect(page.getByText('没有找到客户')).toBeVisible()
})

test.describe('with a position', () => {
  test.use({ geolocation: { latitude: 31.2244, longitude: 121.544, accuracy: 12 }, permissions: ['geolocation'] })

  test('the nearest come first, and only after a tap', async ({ page }) => {
    await signIn(page, 'wang')
    await openCustomers(page)
    await expect(page.locator('.base-cell-value')).toHaveCount(0)
    await page.getByRole('button', { name: '附近' }).click()
    await expect(page.locator('.base-cell-value').first()).toHaveText(/ m$/)
    const far = (await page.locator('.base-cell-value').allTextContents()).map(
      (text) => Number.parseFloat(text) * (text.includes('km') ? 1000 : 1),
    )
    expect(far).toEqual([...far].sort((one, other) => one - other))
  })
})

test('a new customer made without the network survives a restart and arrives later', async ({ page, context }) => {
  await signIn(page, 'wang')
  await openCustomers(page)
  await readyForOffline(page)
  await context.setOffline(true)
  await openNew(page)
  const name = `离线小店${Date.now()}`
  await page.getByLabel('名称').fill(name)
  await page.getByLabel('电话').fill('13912345678')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(page.getByRole('button', { name: '在这部手机上' }).first()).toBeVisible()
  await page.goto('/customers')
  await page.getByRole('searchbox').fill(name)
  await expect(rows(page)).toHaveCount(1)
  await context.setOffline(false)
  await expect(page.getByRole('button', { name: '在这部手机上' })).toHaveCount(0, { timeout: 20_000 })
  await expect(rows(page).filter({ hasText: name })).toHaveCount(1)
})

test('a new customer saved before a slow phone has read its rows is not lost', async ({ page, context }) => {
  await signIn(page, 'wang')
  await openCustomers(page)
  const slow = await context.newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 20 })
  await page.goto('/customers/new', { waitUntil: 'commit' })
  await page.getByLabel('名称').fill('手快的小店')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('手快的小店', { timeout: 30_000 })
})

test('a look-alike is shown while the name is typed', async ({ page }) => {
  await signIn(page, 'wang')
  await openCustomers(page)
  const known = ((await rows(page).first().locator('.base-cell-title').textContent()) ?? '').trim()
  await page.goto('/customers/new')
  await page.getByLabel('名称').fill(`${known} `)
  await expect(page.getByText('可能已经有了')).toBeVisible()
  await expect(page.getByRole('link', { name: known })).toBeVisible()
})

test('signing out with work that was not sent drops nothing without the typed word', async ({ page, context }) => {
  await signIn(page, 'li')
  await openCustomers(page)
  await readyForOffline(page)
  await context.setOffline(true)
  await openNew(page)
  await page.getByLabel('名称').fill('没发出的小店')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('没发出的小店')
  await page.goto('/me/sign-out')
  await page.getByText('放弃没发出的内容并退出').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: '删除' })).toBeDisabled()
  await dialog.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '退出登录 没发出的锁在这部手机上' }).click()
  await expect(page.getByText('1 条还没发出')).toBeVisible()
  await context.setOffline(false)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  await openCustomers(page)
  await page.getByRole('searchbox').fill('没发出的小店')
  await expect(rows(page)).toHaveCount(1)
  await page.goto('/me/sign-out')
  await expect(page.getByText('还没发出')).toHaveCount(0, { timeout: 20_000 })
})

test('20,000 customers: the list answers a letter within 50 ms on a phone four times slower', async ({ page }) => {
  test.setTimeout(120_000)
  await signIn(page, 'wang')
  await openCustomers(page)
  await page.evaluate(fillStore, 20_000)
  await page.reload()
  await expect(page.getByText(/^共 200\d\d 家/)).toBeVisible({ timeout: 30_000 })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  // Of several rounds the quickest: what the machine's other work adds is not the search's.
  const times = await page.evaluate(
    async ({ texts, rounds }) => {
      const field = document.querySelector('input[type="search"]') as HTMLInputElement
      const drawn = () =>
        [...document.querySelectorAll('.customers-page .base-cell-title')]
          .slice(0, 10)
          .map((title) => title.textContent)
          .join()
      const best = texts.map(() => Number.POSITIVE_INFINITY)
      for (let round = 0; round < rounds; round++) {
        for (const [at, text] of texts.entries()) {
          const began = performance.now()
          field.value = text
          field.dispatchEvent(new Event('input', { bubbles: true }))
          // The list is drawn again in a microtask; a promise queued now settles after it.
          await new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)))
          best[at] = Math.min(best[at] as number, performance.now() - began)
          const answer = drawn()
          await new Promise((resolve) => setTimeout(resolve, 100))
          // What was timed is the answer in sight, not a part of it.
          if (answer !== drawn()) throw new Error(`${text} was not answered when the clock was stopped`)
        }
      }
      return best
    },
    {
      texts: ['和', '和平', '和平便', 'hp', 'hpb', '1', '13', '138', '1380', '没', '永', '永兴', 'c1', 'c19', 'c199'],
      rounds: 6,
    },
  )
  test.info().annotations.push({ type: 'search, ms', description: times.map((one) => one.toFixed(1)).join(' ') })
  await expect(page.locator('.customers-page .base-cell').first()).toBeVisible()
  expect(await rows(page).count()).toBeLessThanOrEqual(30)
  expect(Math.max(...times)).toBeLessThan(50)
})

/** Puts so many made-up customers beside the real ones into the store of whoever is signed in, as its packed pages hold them. */
async function fillStore(count: number): Promise<void> {
  const person = localStorage.getItem('roundsman.person')
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(`rm-u-${person}`)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const letters = '和平便利永兴烟酒家乐食品春晖东升福满华联'
  const made = Array.from({ length: count }, (_, at) => {
    const name = Array.from(
      { length: 8 },
      (_none, place) => letters[(at * 7 + place * place * 3) % letters.length],
    ).join('')
    const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`
    const row = {
      id,
      code: `C${at}`,
      name: `${name}${at}`,
      short_name: '',
      class_id: null,
      tags: [],
      phone: `138${String(at).padStart(8, '0')}`,
      province: '',
      city: '上海市',
      county: '浦东新区',
      street: `和平路${at}号`,
      owner_id: person,
      territory_id: '',
      latitude_e7: 312_000_000 + ((at * 7919) % 900_000),
      longitude_e7: 1_214_800_000 + ((at * 104_729) % 900_000),
      pin_accuracy_m: 10,
      pin_source: 'import',
      pinyin: `hepingbianliyongxingyanjiu${at}`,
      initials: `hpblyx${at}`,
      remark: '',
      is_active: true,
      created_at: 0,
    }
    return { row, b: { [`user:${person}`]: 1 } }
  })
  const work = database.transaction('pages', 'readwrite')
  for (let at = 0; at < made.length; at += 500) {
    work.objectStore('pages').put({ t: 'customers', p: 1000 + at / 500, rows: made.slice(at, at + 500) })
  }
  await new Promise<void>((resolve, reject) => {
    work.oncomplete = () => resolve()
    work.onerror = () => reject(work.error)
  })
  database.close()
}
