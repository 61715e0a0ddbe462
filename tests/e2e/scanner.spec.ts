// The scanner on the built app, before a camera that sees real barcodes: they are found by our own WebAssembly under our own policy, also
// without a network; where there is no camera a gun or a person can do it.

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { browserSeeing, type Shot } from './support/film'
import { gunOf } from './support/gun'
import { cutTexts, excessWidth, missingWords, seriousFindings, smallTargets } from './support/page_checks'
import { Phone, type PhoneOptions } from './support/phone'
import { test as base, expect } from './support/test'

const CODE = '6901234567892'
const OTHER = '4006381333931'

interface Seeing {
  /** A phone whose camera sees a film. */
  phoneSeeing: (film: readonly Shot[], options?: PhoneOptions) => Promise<Phone>
}

const test = base.extend<Seeing>({
  phoneSeeing: async ({ browser, launchOptions, server }, use) => {
    const ends: (() => Promise<void>)[] = []
    await use(async (film, options) => {
      const own: Browser = await browserSeeing(browser, launchOptions, film)
      const phone = await Phone.open(own, server, options)
      ends.push(async () => {
        await phone.end()
        await own.close()
      })
      return phone
    })
    for (const end of ends) await end()
  },
})

async function openKit(page: Page): Promise<void> {
  await page.goto('/kit')
  await page.getByRole('tab', { name: 'Scan' }).click()
}

function sheetOf(page: Page, name = '扫码') {
  return page.getByRole('dialog', { name })
}

/** Where the app's second stage is kept, by the ends of the names. */
function keptLater(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    if (!(await caches.has('later'))) return []
    const kept = await (await caches.open('later')).keys()
    return kept.map(({ url }) => url.replace(/^.*\/(\w+)\b.*\.(\w+)$/, '$1 $2')).sort()
  })
}

test('the code before the camera is found, and nothing is asked of anybody else', async ({ phoneSeeing }) => {
  const phone = await phoneSeeing([{ code: CODE, seconds: 1 }])
  const { page } = phone
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).origin))
  await openKit(page)
  await page.getByRole('button', { name: '扫一个' }).click()
  await expect(page.getByRole('button', { name: `扫一个 ${CODE}` })).toBeVisible({ timeout: 20_000 })
  await expect(sheetOf(page)).toBeHidden()
  expect([...asked]).toEqual([new URL(page.url()).origin])
  expect(phone.complaints).toEqual([])
})

test('scanning on counts each time a code comes into view, and says which is wrong', async ({ phoneSeeing }, info) => {
  const phone = await phoneSeeing([
    { seconds: 2 },
    { code: CODE, seconds: 4 },
    { seconds: 2 },
    { code: OTHER, seconds: 4 },
  ])
  const { page } = phone
  await openKit(page)
  await page.getByRole('button', { name: '连续扫' }).click()
  const sheet = sheetOf(page, '连续扫')
  const scans = sheet.locator('.base-cell-title')
  const picture = sheet.getByLabel('相机画面')
  await expect(sheet.getByText('把条码放进框里')).toBeVisible()
  const place = await picture.boundingBox()
  await expect(sheet.getByText(`已扫 ${CODE} · 红烧牛肉面 五连包`)).toBeVisible({ timeout: 20_000 })
  await info.attach('right.png', { body: await page.screenshot(), contentType: 'image/png' })
  await expect(sheet.getByRole('button', { name: '完成（已扫 1）' })).toBeVisible()
  // Four seconds before the camera, and once in the list.
  await expect(sheet.getByText(`已扫 ${OTHER}`)).toBeVisible({ timeout: 20_000 })
  expect(await scans.allTextContents()).toEqual([OTHER, CODE])
  await expect(sheet.getByText(`已扫 ${CODE}`)).toBeVisible({ timeout: 20_000 })
  expect(await scans.allTextContents()).toEqual([CODE, OTHER, CODE])
  expect(await picture.boundingBox()).toEqual(place)

  await sheet.getByRole('textbox').fill('6901234567893')
  await sheet.getByRole('textbox').press('Enter')
  await expect(sheet.getByText('不对 6901234567893 · 校验位不符')).toBeVisible()
  await info.attach('wrong.png', { body: await page.screenshot(), contentType: 'image/png' })
  await sheet.getByRole('button', { name: /^完成/ }).click()
  await expect(sheet).toBeHidden()
  expect(phone.complaints).toEqual([])
})

test('what reads codes comes after the sign-in and then needs no network', async ({ phoneSeeing }) => {
  const phone = await phoneSeeing([{ code: CODE, seconds: 1 }])
  const { page } = phone
  await page.goto('/sign-in')
  await phone.installed()
  const early = await page.evaluate(async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return kept.flat().map(({ url }) => url)
  })
  expect(early.length).toBeGreaterThan(20)
  expect(early.filter((url) => /wasm|reader/.test(url))).toEqual([])
  await phone.signIn('wang')
  await expect.poll(() => keptLater(page), { timeout: 30_000 }).toEqual(['reader js', 'zxing_reader wasm'])

  // The kit page itself is not kept on phones: it is opened before the network goes.
  await openKit(page)
  await phone.offline()
  const fromWorker: string[] = []
  page.on('response', (response) => {
    if (response.fromServiceWorker()) fromWorker.push(response.url())
  })
  await page.getByRole('button', { name: '扫一个' }).click()
  await expect(page.getByRole('button', { name: `扫一个 ${CODE}` })).toBeVisible({ timeout: 20_000 })
  expect(fromWorker.filter((url) => /reader/.test(url)).length).toBeGreaterThan(0)
  expect(phone.complaints).toEqual([])
})

/** Gives the WebAssembly of a copied app another name, as a build with another release of it would. */
function renameReader(app: string): void {
  const assets = join(app, 'assets')
  const old = readdirSync(assets).find((name) => /^zxing_reader-.*\.wasm$/.test(name)) as string
  renameSync(join(assets, old), join(assets, 'zxing_reader-NEXT0000.wasm'))
  for (const folder of [app, assets]) {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name)
      if (name.startsWith(old)) rmSync(file)
      if (!name.endsWith('.js')) continue
      const before = readFileSync(file, 'utf8')
      if (!before.includes(old)) continue
      writeFileSync(file, before.replaceAll(old, 'zxing_reader-NEXT0000.wasm'))
      for (const more of ['.br', '.gz']) rmSync(`${file}${more}`, { force: true })
    }
  }
}

test('a new version brings its own reader with it, and the old one is dropped only then', async ({
  phoneOf,
  server,
}, info) => {
  const phone = await phoneOf()
  const { page } = phone
  await server.serveCopyOfApp(info.outputPath('app'))
  await phone.signIn('wang')
  await phone.installed()
  const readers = () =>
    page.evaluate(async () => {
      const kept = await (await caches.open('later')).keys()
      return kept.map(({ url }) => url).filter((url) => url.endsWith('.wasm'))
    })
  await expect.poll(async () => (await readers()).length, { timeout: 30_000 }).toBe(1)
  const [old] = await readers()
  await phone.settled()

  renameReader(server.app)
  await server.serveNextVersion('second')
  await page.reload()
  await expect(page.getByText('有新版本')).toBeVisible({ timeout: 20_000 })
  // Who does not take it at once scans on with what he has.
  expect(await readers()).toEqual([old, expect.stringContaining('NEXT0000')])
  await page.getByRole('button', { name: '更新' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-version', 'second')
  await expect.poll(readers).toEqual([expect.stringContaining('NEXT0000')])
  expect(phone.complaints).toEqual([])
})

test.describe('without a camera', () => {
  const NO_CAMERA: BrowserContextOptions = { permissions: ['geolocation'] }

  test('it says so, and the code is typed; Escape closes', async ({ phoneOf }, info) => {
    const phone = await phoneOf({ more: NO_CAMERA })
    const { page } = phone
    // The browser of the tests lets every page have its camera.
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
    })
    await openKit(page)
    await page.getByRole('button', { name: '扫一个' }).click()
    const sheet = sheetOf(page)
    await expect(sheet.getByText('没有相机权限，在设置里允许后再试')).toBeVisible()
    await info.attach('refused.png', { body: await page.screenshot(), contentType: 'image/png' })
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await page.getByRole('button', { name: '扫一个' }).click()
    await sheet.getByRole('textbox', { name: '输入条码' }).fill(CODE)
    await sheet.getByRole('button', { name: '确定' }).click()
    await expect(page.getByRole('button', { name: `扫一个 ${CODE}` })).toBeVisible()
    await expect(sheet).toBeHidden()
    expect(phone.complaints).toEqual([])
  })

  test('a gun that types is heard by the sheet, and by the page under it when that is closed', async ({ phoneOf }) => {
    const phone = await phoneOf({ screen: 'desk', more: NO_CAMERA })
    const { page } = phone
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'))
    })
    const gun = await gunOf(page)
    await openKit(page)
    await gun(CODE)
    await expect(page.getByText(CODE)).toBeVisible()
    await page.getByRole('button', { name: '连续扫' }).click()
    const sheet = sheetOf(page, '连续扫')
    await expect(sheet.getByText('没有可用的相机')).toBeVisible()
    // The close button has the focus, and is not pressed by the gun's Enter.
    await gun(OTHER)
    await expect(sheet.getByText(`已扫 ${OTHER}`)).toBeVisible()
    await sheet.getByRole('textbox').fill('12')
    await gun(CODE)
    await expect(sheet.getByText(`已扫 ${CODE}`)).toBeVisible()
    await expect(sheet.getByRole('textbox')).toHaveValue('12')
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    expect(phone.complaints).toEqual([])
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it can be read and touched, ${colorScheme}`, async ({ phoneSeeing }, info) => {
    const phone = await phoneSeeing([{ code: CODE, seconds: 1 }], { colorScheme })
    const { page } = phone
    await openKit(page)
    await page.getByRole('button', { name: '连续扫' }).click()
    const sheet = sheetOf(page, '连续扫')
    await expect(sheet.getByText(`已扫 ${CODE}`)).toBeVisible({ timeout: 20_000 })
    await info.attach('scanned.png', { body: await page.screenshot(), contentType: 'image/png' })
    // What is beside the sheet has its own test.
    expect(await seriousFindings(page)).toEqual([])
    expect(await smallTargets(page)).toEqual([])
    expect(await excessWidth(page)).toBeLessThanOrEqual(0)
    expect(await missingWords(page)).toEqual([])
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect(await cutTexts(page)).toEqual([])
    await info.attach('large.png', { body: await page.screenshot(), contentType: 'image/png' })
    expect(phone.complaints).toEqual([])
  })
}
