// The built app as an app: it can be installed, opens without a network, offers a new version but never while work waits, keeps to its
// content security policy, can be read by everybody, in both languages and at twice the text size, and its first screen is light.

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
  await expect
    .poll(async () => {
      await phone.killAndReopen()
      return phone.page.getByLabel('名称').inputValue()
    })
    .toBe('没写完的小店')
  await phone.page.getByLabel('备注').fill('转角第二家')
  await phone.page.waitForTimeout(300)
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
