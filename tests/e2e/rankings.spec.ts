// Rankings: a sale on one phone moves the ranking on a manager's open phone and at his desk within a second, and each figure leads to the
// documents it is made of.

import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { Desk } from './support/desk'
import { placeOrder, stockUp } from './support/orders'
import { test } from './support/test'

function placesOf(page: Page) {
  return page
    .locator('.rankings-list .ranking-line')
    .evaluateAll((lines) =>
      lines.map((line) => [
        line.querySelector('.ranking-line-place')?.lastElementChild?.textContent,
        line.querySelector('.ranking-line-name')?.firstChild?.textContent?.trim(),
        line.querySelector('.ranking-line-value')?.textContent,
      ]),
    )
}

/** A customer this rep looks after, who pays the list prices. */
async function ownCustomer(desk: Desk): Promise<string> {
  const { customers = [], prices = [] } = await desk.everything()
  const agreed = new Set(prices.map((one) => one.customer_id))
  const own = customers.find(
    (one) => one.owner_id === desk.person.id && one.price_level_id === null && one.is_active && !agreed.has(one.id),
  )
  if (!own) throw new Error(`${desk.person.name} has nobody to sell to`)
  return own.id
}

test('a sale moves the ranking on open screens within a second', async ({ phoneOf, deskFor }) => {
  const clerk = await deskFor('wu')
  const { goods } = await stockUp(clerk, 1_000_000, 1)
  const [good] = goods
  if (!good) throw new Error('the demonstration sells nothing')
  const wang = await deskFor('wang')
  const li = await deskFor('li')
  const ofLi = await ownCustomer(li)
  await placeOrder(wang, await ownCustomer(wang), [{ good, count: 3 }])
  await placeOrder(li, ofLi, [{ good, count: 2 }])
  const money = (bottles: number) => `¥${((good.price_e4 * bottles) / 10_000).toFixed(2)}`

  const phone = await phoneOf()
  const desk = await phoneOf({ screen: 'desk' })
  for (const screen of [phone, desk]) {
    await screen.signIn('zhou')
    await screen.settled()
    const listens = screen.page.waitForResponse('**/api/sync/events**')
    await screen.page.goto('/rankings')
    await listens
    await screen.page.getByRole('button', { name: '今天' }).click()
    await expect
      .poll(() => placesOf(screen.page))
      .toEqual([
        ['1', '王磊', money(3)],
        ['2', '李娜', money(2)],
      ])
  }

  // Somebody else's phone sells; nobody touches these two. On a quiet machine it takes half a second.
  const seen = Promise.all(
    [phone, desk].map((screen) =>
      expect(screen.page.locator('.rankings-list .ranking-line').first()).toContainText(money(6), { timeout: 10_000 }),
    ),
  )
  const began = Date.now()
  await placeOrder(li, ofLi, [{ good, count: 4 }])
  await seen
  const took = Date.now() - began
  test.info().annotations.push({ type: 'sale to both screens', description: `${took} ms` })
  expect(await placesOf(desk.page)).toEqual([
    ['1', '李娜', money(6)],
    ['2', '王磊', money(3)],
  ])

  // At a desk it is a chart and a file as well.
  await expect(desk.page.getByRole('figure')).toContainText('李娜')
  const saving = desk.page.waitForEvent('download')
  await desk.page.getByRole('button', { name: '导出' }).click()
  const file = readFileSync(await (await saving).path(), 'utf8')
  expect(file.split('\r\n')[1]).toMatch(new RegExp(`^1,李娜,${money(6).slice(1)},`))

  await desk.page.locator('.rankings-list .ranking-line').first().click()
  const documents = desk.page.getByRole('dialog')
  await expect(documents.locator('.base-cell')).toHaveCount(2)
  await expect(documents).toContainText(money(4))
  await expect(documents).toContainText(money(2))
  expect([...phone.complaints, ...desk.complaints]).toEqual([])
})
