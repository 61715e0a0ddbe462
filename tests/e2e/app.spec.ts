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
