// A real company's years on the page: AdventureWorks comes in by the imports it would use itself, and the ranking by rep and by territory
// and the completion of every quarter's quotas read as they were reckoned elsewhere, to the cent.

import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ROOT, whyNoShops } from './support/server'
import { test } from './support/test'

interface Told {
  reps: string[]
  places: string[]
  years: {
    start: string
    end_exclusive: string
    subtotal: number
    ranking: [string, number, number][]
    by_place: Record<string, number>
  }[]
  quota: { quarter: string; last: string; people: number; reached: number }[]
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

function money(fen: number): string {
  return `¥${(fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** Names and values as they are shown, once there are so many. */
async function placesOn(page: Page, count: number): Promise<[string, string][]> {
  const lines = page.locator('.rankings-list .ranking-line')
  await expect(lines).toHaveCount(count)
  return lines.evaluateAll((all) =>
    all.map((line) => [
      line.querySelector('.ranking-line-name')?.firstChild?.textContent?.trim() ?? '',
      line.querySelector('.ranking-line-value')?.textContent?.trim() ?? '',
    ]),
  )
}

async function choose(page: Page, from: string, until: string): Promise<void> {
  const answered = page.waitForResponse(
    (answer) => answer.url().includes('/api/rankings') && answer.url().includes(`from=${from}&to=${until}`),
  )
  // Whichever is moved first, the other one is in the way no longer.
  await page.getByLabel('从', { exact: true }).fill(from)
  await page.getByLabel('到', { exact: true }).fill(until)
  await answered
}

test('a company of fourteen reps and ten territories is ranked to the cent', async ({ server, deskFor, phoneOf }) => {
  test.skip(Boolean(whyNoShops()), whyNoShops())
  test.setTimeout(120_000)
  const folder = mkdtempSync(join(tmpdir(), 'roundsman-e2e-adventure-'))
  const python = join(ROOT, '.venv', 'bin', 'python')
  const told = JSON.parse(
    execFileSync(python, ['-m', 'tests.adventure_works', folder], { cwd: ROOT, encoding: 'utf8' }),
  ) as Told
  const chen = await deskFor('chen')
  const { territories = [] } = await chen.everything()
  const root = territories.find((one) => one.parent_id === null)?.id
  for (const [number, name] of told.reps.entries()) {
    const phone = `1370000${String(number).padStart(4, '0')}`
    const person = { person_id: crypto.randomUUID(), name, phone, login: `aw${number}`, roles: ['rep'] }
    await chen.run('identity.add_person', { ...person, password: 'adventure works' })
  }
  for (const name of told.places) {
    await chen.run('identity.add_territory', { territory_id: crypto.randomUUID(), parent_id: root, name })
  }
  server.roundsman('import', 'customers', join(folder, 'customers.csv'), '--territory', '行商商贸')
  for (const what of ['products', 'orders', 'targets']) {
    server.roundsman('import', what, join(folder, `${what}.csv`))
  }

  const screen = await phoneOf({ screen: 'desk' })
  const { page } = screen
  await screen.signIn('chen')
  await page.goto('/rankings')
  await page.getByRole('button', { name: '自己选' }).click()
  for (const year of told.years) {
    await page.getByRole('button', { name: '人员' }).click()
    await choose(page, year.start, dayBefore(year.end_exclusive))
    expect(await placesOn(page, year.ranking.length)).toEqual(
      year.ranking.map(([name, , yuan]) => [name, money(Math.round(yuan * 100))]),
    )
    await expect(page.locator('.rankings-about')).toContainText(money(Math.round(year.subtotal * 100)))
    await page.getByRole('button', { name: '区域' }).click()
    const by_place = Object.entries(year.by_place).sort(([, one], [, other]) => other - one)
    expect(await placesOn(page, by_place.length)).toEqual(by_place.map(([name, fen]) => [name, money(fen)]))
  }

  await page.getByRole('button', { name: '人员' }).click()
  await page.getByRole('tab', { name: '完成率' }).click()
  for (const { quarter, last, people, reached } of told.quota) {
    await choose(page, quarter, last)
    const rates = (await placesOn(page, people)).map(([, rate]) => Number.parseFloat(rate))
    expect(rates.filter((rate) => rate >= 100)).toHaveLength(reached)
  }
})
