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

/** What axe calls serious or critical, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script, which the policy would rightly refuse.
  await page.evaluate(AXE)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }
    return (await axe.run()).violations
  })
  return violations
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 240)}`),
    )
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
      if (!text || !holder || !holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const own = range.getBoundingClientRect()
      if (own.width < 2 || own.height < 2) continue
      for (let box: HTMLElement | null = holder; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box)
        // Said only to readers.
        if (style.clipPath !== 'none' || (box.offsetWidth <= 1 && box.offsetHeight <= 1)) break
        const outer = box.getBoundingClientRect()
        const hides = (value: string): boolean => value === 'hidden' || value === 'clip'
        if (hides(style.overflowX) && (own.right > outer.right + 2 || own.left < outer.left - 2)) cut.push(text)
        else if (hides(style.overflowY) && (own.bottom > outer.bottom + 2 || own.top < outer.top - 2)) cut.push(text)
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
    const found = document.body.innerText.match(/\b(core|identity|files|customers|visits|sync)\.[a-z_]+(\.[a-z_]+)*\b/g)
    return [...new Set(found ?? [])]
  })
}
