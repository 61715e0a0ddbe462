// Every page as somebody meets it, with the demonstration's people and things on it: read by axe in both themes, at twice the text size,
// in English, with targets a thumb finds, and without a single breach of the content security policy.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  coloursSettled,
  cutTexts,
  excessWidth,
  invisibleButtons,
  missingWords,
  seriousFindings,
  smallTargets,
  untranslated,
} from './support/page_checks'
import {
  beginDay,
  furnish,
  furnishOrders,
  LOOKS_OF_ADMINISTRATOR,
  type Look,
  looksOfManager,
  looksOfOrders,
  looksOfRep,
  OFFICE_SETTINGS,
  SIGNED_OUT,
  show,
} from './support/pages'
import type { Phone } from './support/phone'
import { ROOT } from './support/server'
import { expect, test } from './support/test'

test.describe.configure({ timeout: 300_000 })

// The name of the language, and what the demonstration calls as our own examples do.
const SAID_IN_CHINESE = new Set(['简体中文', '服装', '颜色', '尺码', '银牌价格表', '瓶'])
const SOURCE = join(ROOT, 'pwa', 'src')

function wordsOf(locale: string): Record<string, string> {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith(join('words', `${locale}.json`)),
  )
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(SOURCE, file), 'utf8'))))
}

/** All that is wrong with a page, each with the page's name, so that one run tells of all. */
async function faultsOf(phone: Phone, look: Look): Promise<string[]> {
  const { page } = phone
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await coloursSettled(page)
    // The theme changes colours and nothing else.
    const rules = colorScheme === 'dark' ? ['color-contrast'] : undefined
    found.push(...(await seriousFindings(page, rules)).map((one) => `${colorScheme}: ${one}`))
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const excess = await excessWidth(page)
  if (excess > 0) found.push(`wider than the screen by ${excess}`)
  found.push(...(await missingWords(page)).map((key) => `no word for ${key}`))
  found.push(...(await invisibleButtons(page)).map((html) => `nothing to see: ${html}`))
  if ((page.viewportSize()?.width ?? 0) < 1024) {
    found.push(...(await smallTargets(page)).map((one) => `small target: ${one}`))
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  const wide = await excessWidth(page)
  if (wide > 0 && page.viewportSize()?.width === 390) found.push(`at 200 % wider than the screen by ${wide}`)
  found.push(...(await cutTexts(page)).map((text) => `at 200 % cut off: ${text}`))
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
  return found.map((one) => `${look.name}: ${one}`)
}

async function lookAt(phone: Phone, looks: readonly Look[]): Promise<string[]> {
  const found: string[] = []
  for (const look of looks) {
    await test.step(look.name, async () => {
      await show(phone.page, look)
      found.push(...(await faultsOf(phone, look)))
    })
  }
  return found.concat(phone.complaints)
}

async function englishOf(phone: Phone, looks: readonly Look[]): Promise<string[]> {
  const found: string[] = []
  const english = new Set(Object.values(wordsOf('en')))
  const chinese = Object.values(wordsOf('zh-CN')).filter((text) => !english.has(text) && !SAID_IN_CHINESE.has(text))
  await phone.context.addInitScript(() => localStorage.setItem('roundsman.locale', 'en'))
  // Opened by the words on their buttons, which are Chinese in the list of pages.
  for (const look of looks.filter((one) => !one.over)) {
    await show(phone.page, look)
    const left = await untranslated(phone.page, chinese)
    found.push(...[...left, ...(await missingWords(phone.page))].map((text) => `${look.name}: ${text}`))
  }
  return found
}

test('a rep on his phone', async ({ phoneOf, deskFor, server }) => {
  const company = await furnish(deskFor, server)
  const phone = await phoneOf()
  const found = await lookAt(phone, SIGNED_OUT)
  const looks = looksOfRep(company, await beginDay(phone, company))
  found.push(...(await lookAt(phone, looks)))
  expect(found).toEqual([])
  expect(await englishOf(phone, looks)).toEqual([])
})

for (const screen of ['phone', 'desk'] as const) {
  test(`a manager at a ${screen}`, async ({ phoneOf, deskFor, server }) => {
    const company = await furnish(deskFor, server)
    const phone = await phoneOf({ screen })
    await phone.signIn('zhou')
    await phone.settled()
    const looks = looksOfManager(company)
    expect(await lookAt(phone, looks)).toEqual([])
    expect(await englishOf(phone, looks)).toEqual([])
  })
}

test('an administrator at a desk', async ({ phoneOf, deskFor, server }) => {
  await furnish(deskFor, server)
  const phone = await phoneOf({ screen: 'desk' })
  await phone.signIn('chen')
  await phone.settled()
  expect(await lookAt(phone, LOOKS_OF_ADMINISTRATOR)).toEqual([])
  expect(await englishOf(phone, LOOKS_OF_ADMINISTRATOR)).toEqual([])
})

for (const screen of ['phone', 'desk'] as const) {
  test(`a clerk works through orders at a ${screen}`, async ({ phoneOf, deskFor }) => {
    const looks = looksOfOrders(await furnishOrders(deskFor))
    const phone = await phoneOf({ screen })
    await phone.signIn('wu')
    await phone.settled()
    expect(await lookAt(phone, looks)).toEqual([])
    expect(await englishOf(phone, looks)).toEqual([])
  })
}

test('an administrator sets visits from his phone', async ({ phoneOf, deskFor, server }) => {
  await furnish(deskFor, server)
  const phone = await phoneOf()
  await phone.signIn('chen')
  await phone.settled()
  expect(await lookAt(phone, OFFICE_SETTINGS)).toEqual([])
})
