// What a rep is told on his phone: counted at the tab, opened and read without a signal, muted and quiet as he says.

import { join } from 'node:path'
import type { Desk } from './support/desk'
import { payersOfListPrices, placeOrder, stockUp } from './support/orders'
import type { Phone } from './support/phone'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 120_000 })

interface Customer {
  id: string
  name: string
  territory_id: string
}

/** A clerk accepts an order of 王磊 and gives him a customer. */
async function tellHim(rep: Desk, clerk: Desk): Promise<Customer> {
  const { goods } = await stockUp(clerk, 50_000)
  const [shop] = await payersOfListPrices(rep)
  const [good] = goods
  if (!shop || !good) throw new Error('the demonstration has nothing to order')
  const order_id = await placeOrder(rep, shop.id, [{ good, count: 2 }])
  await clerk.run('orders.review', { order_id, expect: 'submitted' })
  const { customers = [], people = [] } = await clerk.everything()
  const me = people.find((one) => one.name === rep.person.name)
  const given = customers.find((one) => one.owner_id && one.owner_id !== me?.id) as unknown as Customer | undefined
  if (!me || !given) throw new Error('nobody else has a customer')
  await clerk.run('customers.assign', { customer_id: given.id, territory_id: given.territory_id, owner_id: me.id })
  return given
}

async function picture(phone: Phone, name: string): Promise<void> {
  const folder = process.env.ROUNDSMAN_PICTURES
  if (!folder) return
  await phone.page.screenshot({ path: join(folder, `${name}.png`) })
}

test('what others did is told, and read without a signal', async ({ phoneOf, deskFor, server }) => {
  const given = await tellHim(await deskFor('wang'), await deskFor('wu'))
  const phone = await phoneOf()
  const { page } = phone
  await phone.signIn('wang')
  await phone.settled()
  await phone.installed()
  const tab = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '我' })
  await expect(tab).toContainText('2')
  await tab.click()
  await expect(page.getByRole('link', { name: '消息 2 条未读' })).toBeVisible()
  await picture(phone, 'me')
  await page.getByRole('link', { name: '消息 2 条未读' }).click()
  const told = page.locator('.messages-list .base-cell')
  await expect(told).toHaveCount(2)
  await expect(told.first()).toContainText(`客户「${given.name}」归您了`)
  await expect(told.last()).toContainText('审核通过')
  await picture(phone, 'messages')

  await phone.offline()
  await told.first().click()
  await expect(page).toHaveURL(new RegExp(`/customers/${given.id}`))
  await page.goBack()
  await expect(page.locator('.is-unread')).toHaveCount(1)
  await page.getByRole('button', { name: '全部标为已读' }).click()
  await expect(page.locator('.is-unread')).toHaveCount(0)

  await page.getByRole('button', { name: '消息设置' }).click()
  await page.getByText('订单变动').click()
  await page.getByText('免打扰时段').click()
  await page.getByLabel('结束').fill('06:30')
  await picture(phone, 'settings')
  await phone.online()
  await phone.settled()
  const unread = server.rows<{ n: number }>(
    `SELECT count(*) AS n FROM messages JOIN people ON people.id = person_id
     WHERE login = 'wang' AND read_at IS NULL`,
  )
  expect(Number(unread[0]?.n)).toBe(0)
  const kept = server.rows<{ muted: string; quiet_from: number; quiet_until: number }>(
    'SELECT muted, quiet_from, quiet_until FROM message_settings',
  )
  expect(kept).toEqual([{ muted: '["order_moved"]', quiet_from: 1320, quiet_until: 390 }])
  expect(phone.complaints).toEqual([])

  const desk = await phoneOf({ screen: 'desk', colorScheme: 'dark' })
  await desk.signIn('wang')
  await desk.settled()
  await desk.page.goto('/messages')
  await expect(desk.page.locator('.messages-list .base-cell')).toHaveCount(2)
  await picture(desk, 'desk-dark')
  await desk.page.goto('/messages/settings')
  await expect(desk.page.getByLabel('结束')).toHaveValue('06:30')
  await picture(desk, 'desk-dark-settings')
  const other = await phoneOf({ colorScheme: 'dark' })
  await other.signIn('li')
  await other.page.goto('/messages')
  await expect(other.page.getByText(/还没有消息|转给别人了/).first()).toBeVisible()
  await picture(other, 'phone-dark')
})

test('pushes are asked for by a tap, and given up by another', async ({ phoneOf, server }) => {
  const phone = await phoneOf({ more: { permissions: ['geolocation', 'camera', 'notifications'] } })
  // Nothing here is a push service: the browser's own answer would never come.
  await phone.context.addInitScript(() => {
    const subscription = {
      endpoint: 'https://fcm.googleapis.com/fcm/send/test',
      keys: {
        p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
        auth: 'tBHItJI5svbpez7KI4CCXg',
      },
    }
    // Headless Chromium tells pages that it denies what it grants.
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' })
    Notification.requestPermission = async () => 'granted'
    let held: unknown = null
    const made = {
      toJSON: () => subscription,
      unsubscribe: async () => {
        held = null
        return true
      },
    }
    PushManager.prototype.getSubscription = async () => held as PushSubscription
    PushManager.prototype.subscribe = async () => {
      held = made
      return made as unknown as PushSubscription
    }
  })
  const { page } = phone
  await phone.signIn('wang')
  await phone.settled()
  await phone.installed()
  await page.goto('/messages/settings')
  const here = page.getByLabel('推送到这部手机')
  await expect(here).not.toBeChecked()
  await page.getByText('推送到这部手机').click()
  await expect(here).toBeChecked()
  await picture(phone, 'push')
  await phone.settled()
  const subscribed = () => server.rows<{ language: string }>('SELECT language FROM push_subscriptions')
  await expect.poll(subscribed).toEqual([{ language: 'zh-CN' }])

  await page.goto('/messages/settings')
  await phone.settled()
  // The stub forgot with the page; the server still holds the subscription until he says no.
  await page.getByText('推送到这部手机').click()
  await expect(here).toBeChecked()
  await page.getByText('推送到这部手机').click()
  await expect(here).not.toBeChecked()
  await expect.poll(subscribed).toEqual([])
  expect(phone.complaints).toEqual([])
})
