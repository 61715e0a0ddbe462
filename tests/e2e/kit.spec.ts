// The kit in a real browser: photographed in both themes, on a phone and on a desk, read by axe, at twice the text size, and without
// a single breach of the page's content security policy.

import { expect, type Page, test } from '@playwright/test'
import { seriousFindings } from './support/page_checks'

const PARTS = ['Rows', 'Form', 'Over', 'Scan', 'Desk']
const SCREENS = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
}

async function watchPolicy(page: Page): Promise<string[]> {
  const breaches: string[] = []
  await page.exposeFunction('breached', (what: string) => breaches.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { breached } = window as unknown as { breached: (what: string) => void }
      breached(`${event.violatedDirective}: ${event.sample || event.blockedURI}`)
    })
  })
  return breaches
}

async function openPart(page: Page, part: string): Promise<void> {
  await page.getByRole('tab', { name: part }).click()
  await expect(page.getByRole('tab', { name: part })).toHaveAttribute('aria-selected', 'true')
}

for (const [screen, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${screen}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme, isMobile: screen === 'phone', hasTouch: screen === 'phone' })

      test('every part: photographed, nothing serious for axe, nothing wider than the screen', async ({
        page,
      }, info) => {
        const breaches = await watchPolicy(page)
        await page.goto('/kit')
        for (const part of PARTS) {
          await openPart(page, part)
          await info.attach(`${part}.png`, { body: await page.screenshot(), contentType: 'image/png' })
          expect(await seriousFindings(page), part).toEqual([])
          const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(excess, part).toBeLessThanOrEqual(0)
        }
        expect(breaches).toEqual([])
      })

      test('what comes over the page: photographed, nothing serious for axe, closed by Escape', async ({
        page,
      }, info) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.goto('/kit')
        await openPart(page, 'Over')
        for (const name of ['抽屉', '对话', '确认']) {
          await page.getByRole('button', { name, exact: true }).click()
          await expect(page.getByRole('dialog')).toBeVisible()
          await info.attach(`${name}.png`, { body: await page.screenshot(), contentType: 'image/png' })
          expect(await seriousFindings(page), name).toEqual([])
          await page.keyboard.press('Escape')
          await expect(page.getByRole('dialog')).toHaveCount(0)
        }
      })
    })
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: SCREENS.phone })

  test('targets are at least 44 px', async ({ page }) => {
    await page.goto('/kit')
    for (const part of ['Rows', 'Form', 'Over', 'Scan']) {
      await openPart(page, part)
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('button, a, select, textarea, input:not(.unseen)')]
          .map((element) => ({ html: element.outerHTML.slice(0, 120), box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && box.top >= 0 && (box.width < 43.5 || box.height < 43.5))
          .map(({ html }) => html),
      )
      expect(small, part).toEqual([])
    }
  })

  test('twice the text size loses nothing', async ({ page }) => {
    await page.goto('/kit')
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    for (const part of ['Rows', 'Form', 'Over', 'Scan']) {
      await openPart(page, part)
      const cut = await page.evaluate(() => {
        const wide = document.documentElement.scrollWidth > window.innerWidth
        const clipped = [...document.querySelectorAll('.base-cell-title, .base-field-label, .base-button, h1, h2')]
          .filter(
            (element) =>
              element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
          )
          .map((element) => element.textContent)
        return { wide, clipped }
      })
      expect(cut, part).toEqual({ wide: false, clipped: [] })
    }
  })

  test('a long list draws only what is near, also after scrolling far', async ({ page }) => {
    await page.goto('/kit')
    const rows = page.getByRole('list', { name: '200 行' }).getByRole('listitem')
    // The page may not stand yet, and rows not drawn yet have a guessed height: the end moves when they are.
    await expect(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
      await expect(rows.filter({ hasText: '第 200 行' })).toBeInViewport({ timeout: 1000 })
    }).toPass({ timeout: 10_000 })
    expect(await rows.count()).toBeLessThan(60)
  })

  test('what was removed is taken back from the toast', async ({ page }) => {
    await page.goto('/kit')
    await openPart(page, 'Over')
    await page.getByRole('button', { name: '提示和撤销' }).click()
    await page.getByRole('status').getByRole('button', { name: '撤销' }).click()
    await expect(page.getByRole('status').filter({ hasText: '已恢复' })).toBeVisible()
  })

  test('theme and language are chosen by hand and kept', async ({ page }) => {
    await page.goto('/kit')
    await page.getByLabel('Theme').selectOption('dark')
    await page.getByLabel('Language').selectOption('en')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kit')
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    expect(ground).toBe('rgb(17, 17, 17)')
  })
})

test.describe('on a desk', () => {
  test.use({ viewport: SCREENS.desk, isMobile: false, hasTouch: false })

  test('the table is worked with the keyboard', async ({ page }) => {
    await page.goto('/kit')
    await openPart(page, 'Desk')
    await expect(page.getByText('已选 2 条')).toBeVisible()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(page.getByText('已选 3 条')).toBeVisible()
    await page.keyboard.press('e')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.keyboard.type('虹桥')
    await expect(page.getByRole('table', { name: '拜访', exact: true }).getByRole('row')).toHaveCount(6)
  })
})
