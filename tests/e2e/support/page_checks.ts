// What is asked of every page: nothing serious for axe, nothing wider than the screen, nothing lost at twice the text size.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ROOT } from './server'

const AXE = readFileSync(join(ROOT, 'pwa', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')

interface Violation {
  impact: string
  id: string
  nodes: { html: string; failureSummary: string }[]
}

interface Axe {
  run: (options: { runOnly?: string[] }) => Promise<{ violations: Violation[] }>
}

/** What axe calls serious or critical, one line each; by some of its rules alone where the others were asked before. */
export async function seriousFindings(page: Page, rules?: string[]): Promise<string[]> {
  // Evaluated rather than added as a script, which the policy would rightly refuse.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: Axe }
    return (await axe.run(runOnly ? { runOnly } : {})).violations
  }, rules)
  return violations
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`),
    )
}

/** Waits until every colour has changed over, be it in no time: read in the middle they have a contrast nobody sees. */
export async function coloursSettled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    await drawn()
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
    await drawn()
  })
}

/** By how many pixels the page is wider than the screen. */
export function excessWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

/** Visible words that are cut off: a text wider or higher than the box that hides what stands over. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cut: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim()
      const holder = node.parentElement
      if (!text || !holder?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const own = range.getBoundingClientRect()
      if (own.width < 2 || own.height < 2) continue
      for (let box: HTMLElement | null = holder; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box)
        // Said only to readers.
        if (box.classList.contains('unseen')) break
        // What stands over there is scrolled to.
        if ([style.overflowX, style.overflowY].some((value) => value === 'auto' || value === 'scroll')) break
        const outer = box.getBoundingClientRect()
        const hides = (value: string): boolean => value === 'hidden' || value === 'clip'
        // A font of other scripts may stand a little out of its own line, with nothing drawn there.
        const spare = Math.max(2, Number.parseFloat(getComputedStyle(holder).fontSize) / 4)
        if (hides(style.overflowX) && (own.right > outer.right + 2 || own.left < outer.left - 2)) cut.push(text)
        else if (hides(style.overflowY) && (own.bottom > outer.bottom + spare || own.top < outer.top - spare))
          cut.push(text)
        else continue
        break
      }
    }
    return cut.map((text) => text.slice(0, 60))
  })
}

/** Keys of words shown instead of words. */
export function missingWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = document.body.innerText.match(
      /\b(core|sync|identity|files|customers|agents|catalog|inventory|receivables|visits|orders)\.[a-z_]+(\.[a-z_]+)*\b/g,
    )
    return [...new Set(found ?? [])]
  })
}

/** Chinese words of the app itself on a page that is shown in English; what people typed in stays Chinese. */
export function untranslated(page: Page, chinese: readonly string[]): Promise<string[]> {
  return page.evaluate((known) => {
    const words = new Set(known)
    const found = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      if (words.has(text)) found.add(text)
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const text = element.getAttribute(name) ?? ''
        if (words.has(text)) found.add(text)
      }
    }
    return [...found]
  }, chinese)
}

/** Buttons and links without a visible shape or word: what was drawn with a style the page never loaded. */
export function invisibleButtons(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header button, header a, main button, main a')]
      .filter(
        (element) => element.checkVisibility() && !element.innerText.trim() && !element.classList.contains('unseen'),
      )
      .filter((element) => {
        const own = getComputedStyle(element)
        if (own.borderTopWidth !== '0px' || own.backgroundImage !== 'none') return false
        const drawn = [...element.querySelectorAll('*')].some((part) => {
          const box = part.getBoundingClientRect()
          const style = getComputedStyle(part)
          const isShape = part instanceof SVGElement || part instanceof HTMLImageElement
          return (
            box.width > 3 &&
            box.height > 3 &&
            (isShape || style.borderRightWidth !== '0px' || style.borderLeftWidth !== '0px')
          )
        })
        return !drawn && own.backgroundColor === 'rgba(0, 0, 0, 0)'
      })
      .map((element) => element.outerHTML.slice(0, 160)),
  )
}

/** Buttons, links and fields a thumb may miss. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, a, select, textarea, summary, input:not(.unseen)')]
      .filter((element) => element.checkVisibility() && !element.closest('.unseen, .the-frame-skip'))
      // A link in a line of text, or what its whole cell or row enlarges.
      .filter(
        (element) =>
          getComputedStyle(element).display !== 'inline' &&
          !element.closest('.base-cell.is-pressable') &&
          !element.matches('.shelf-row-open'),
      )
      // A tick is hit wherever its label is.
      .map((element) => ({
        html: element.outerHTML.slice(0, 140),
        box: ((element.matches('input') && element.closest('label')) || element).getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
      .map(({ html, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`),
  )
}
