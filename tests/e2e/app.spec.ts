// The built app as an app: it can be installed, opens without a network, offers a new version but never while work waits, keeps to its
// X
import type { Page } from '@playwright/test'
import { expect, test } from './support/test'

test('it can be installed', async ({ phoneOf }) => {
  const phone = await phoneOf()
  await phone.signIn('wang')
  await phone.installed()
  const devtools = await phone.context.newCDPSession(phone.page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  // Playwright's contexts are private windows, in which nothing can be installed.
  expect(installabilityErrors.filter((error) => error.errorId !== 'in-incognito')).toEqual([])
})

test('it opens without a network, at any address', async ({ phoneOf }) => {
  const phone = await phoneOf()
  await phone.signIn('wang')
  await phone.installed()
  await phone.settled()
  await phone.offline()
  await phone.page.reload()
  await expect(phone.page.getByRole('heading', { level: 1 })).toBeVisible()
  await phone.page.goto('/outbox')
  await expect(phone.page.getByRole('heading', { level: 1, name: '待发送' })).toBeVisible()
  expect(phone.complaints).toEqual([])
})

test('a form that was begun is still there after the app was closed, opened cold or not', async ({ phoneOf }) => {
  const phone = await phoneOf()
  await phone.signIn('wang')
  await phone.installed()
  await phone.page.goto('/customers/new')
  await phone.page.getByLabel('名称').fill('没写完的小店')
  // A moment's grace: what was typed is kept once the store is open, which may be later than the page.
  await phone.settled()
  await phone.page.waitForTimeout(500)
  await phone.killAndReopen()
  await expect(phone.page.getByLabel('名称')).toHaveValue('没写完的小店')
  await phone.page.getByLabel('备注').fill('转角第二家')
  await phone.settled()
  await phone.page.waitForTimeout(500)
  await phone.killAndReopen()
  await expect(phone.page.getByLabel('备注')).toHaveValue('转角第二家')
  await expect(phone.page.getByLabel('名称')).toHaveValue('没写完的小店')
  expect(phone.complaints).toEqual([])
})

test('a new version is offered, but never while work waits', async ({ phoneOf, server }, info) => {
  const phone = await phoneOf({ place: { latitude: 31.23, longitude: 121.54 } })
  const { page } = phone
  await server.serveCopyOfApp(info.outputPath('app'))
  await phone.signIn('wang')
  await phone.installed()
  await phone.settled()

  // Work that cannot get through, while the app's own files can.
  await phone.context.route('**/api/sync/push', (route) => route.abort())
  await page.goto('/customers/new')
  await page.getByLabel('名称').fill('更新前的小店')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(phone.badge()).toHaveAccessibleName(/1 条/)

  await server.serveNextVersion('second')
  const waiting = () =>
    page.evaluate(async () => {
      document.dispatchEvent(new Event('visibilitychange'))
      return Boolean((await navigator.serviceWorker.getRegistration())?.waiting)
    })
  await expect.poll(waiting, { timeout: 20_000 }).toBe(true)
  await waiting()
  await expect(page.getByText('有新版本')).toHaveCount(0)
  await page.reload()
  await expect(phone.badge()).toHaveAccessibleName(/1 条/)
  await expect(page.getByText('有新版本')).toHaveCount(0)
  expect(await page.locator('html').getAttribute('data-version')).toBeNull()

  await phone.context.unroute('**/api/sync/push')
  await page.reload()
  await expect(page.getByText('有新版本')).toBeVisible({ timeout: 20_000 })
  expect(server.count("SELECT count(*) FROM customers WHERE name = '更新前的小店'")).toBe(1)
  await page.getByRole('button', { name: '更新' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-version', 'second')
  await phone.settled()
  expect(phone.complaints).toEqual([])
})

interface Weight {
  /** What had come before the screen was drawn. */
  first: number
  /** What came after that, behind the person's back. */
  later: number
}

/** Kilobytes of scripts and styles, as they travel, of opening a page until `drawn` is on the screen. */
async function weightOf(page: Page, path: string, drawn: string): Promise<Weight> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  // A bad line, so that what is fetched in the background surely comes later.
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 400_000,
    uploadThroughput: 100_000,
  })
  await page.addInitScript((selector) => {
    const marks = window as unknown as { drawn_at?: number }
    const look = (): void => {
      if (!marks.drawn_at && document.querySelector(selector)) marks.drawn_at = performance.now()
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  }, drawn)
  await page.goto(path)
  await expect(page.locator(drawn).first()).toBeVisible()
  await page.waitForLoadState('networkidle').catch(() => undefined)
  await devtools.detach()
  return page.evaluate(() => {
    const { drawn_at = 0 } = window as unknown as { drawn_at?: number }
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const parts = resources.filter(({ name }) => /\.(js|css)$/.test(name))
    const sum = (some: PerformanceResourceTiming[]): number =>
      some.reduce((bytes, part) => bytes + part.encodedBodySize, 0) / 1024
    return {
      first: sum(parts.filter((part) => part.responseEnd <= drawn_at)),
      later: sum(parts.filter((part) => part.responseEnd > drawn_at)),
    }
  })
}

test('the first screens are light', async ({ phoneOf }) => {
  // Without the worker, whose filling of its cache is not the first screen.
  const phone = await phoneOf({ more: { serviceWorkers: 'block', extraHTTPHeaders: { 'accept-encoding': 'gzip' } } })
  const signIn = await weightOf(phone.page, '/sign-in', 'button[type=submit]')
  await phone.signIn('wang')
  await phone.settled()
  const today = await weightOf(await phone.context.newPage(), '/today', 'main .today-number')
  // Until his stops are there: what shows rows has come, what sends and receives follows.
  const screens = [
    ['sign-in', signIn, 90],
    ['today', today, 90],
  ] as const
  for (const [name, { first, later }, limit] of screens) {
    process.stdout.write(`    ${name}: ${first.toFixed(1)} KB gzip before it is drawn, ${later.toFixed(1)} KB after\n`)
    expect(first, name).toBeGreaterThan(20)
    expect(first, name).toBeLessThanOrEqual(limit)
  }
})
