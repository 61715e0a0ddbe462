// What the test camera sees: barcodes drawn here, bar by bar, as a film for Chromium's fake camera.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from '@playwright/test'

/** GS1 General Specifications, section 5.2.1: the widths of space, bar, space and bar of each digit in number set A; C turns the
 * colours, B the direction as well. */
const WIDTHS = ['3211', '2221', '2122', '1411', '1132', '1231', '1114', '1312', '1213', '3112']
/** Which of the left six are of set B, by the digit that is not drawn. */
const SETS = ['AAAAAA', 'AABABB', 'AABBAB', 'AABBBA', 'ABAABB', 'ABBAAB', 'ABBBAA', 'ABABAB', 'ABABBA', 'ABBABA']

/** The bars of an EAN-13 as 95 modules, "1" for dark. The check digit is drawn as it is given. */
export function ean13(code: string): string {
  const bars = (widths: string, first: 0 | 1): string =>
    [...widths].map((width, at) => String((first + at) % 2).repeat(Number(width))).join('')
  const digits = [...code].map(Number)
  const sets = SETS[digits[0] as number] as string
  const left = digits.slice(1, 7).map((digit, at) => {
    const widths = WIDTHS[digit] as string
    return bars(sets[at] === 'A' ? widths : [...widths].reverse().join(''), 0)
  })
  const right = digits.slice(7).map((digit) => bars(WIDTHS[digit] as string, 1))
  return `101${left.join('')}01010${right.join('')}101`
}

export interface Shot {
  /** The EAN-13 in the middle, a little askew; nothing without it. */
  code?: string
  seconds: number
}

const FRAMES_A_SECOND = 30

async function pictureOf(browser: Browser, code: string | undefined): Promise<Buffer> {
  const page = await browser.newPage()
  const bytes = await page.evaluate(async (modules) => {
    const canvas = new OffscreenCanvas(1280, 720)
    const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
    // A carton in the light of a store, not white paper.
    const light = pen.createLinearGradient(0, 0, 1280, 720)
    light.addColorStop(0, '#b08d62')
    light.addColorStop(1, '#7c5f3d')
    pen.fillStyle = light
    pen.fillRect(0, 0, 1280, 720)
    for (let line = 0; line < 60; line += 1) {
      pen.fillStyle = `rgba(60, 40, 20, ${0.05 + (line % 5) / 50})`
      pen.fillRect(0, line * 12, 1280, 2 + (line % 3))
    }
    if (modules) {
      pen.translate(640, 360)
      pen.rotate((8 * Math.PI) / 180)
      pen.fillStyle = '#f4f1ea'
      pen.fillRect(-300, -120, 600, 240)
      pen.fillStyle = '#1c1a18'
      for (const [at, module] of [...modules].entries()) {
        if (module === '1') pen.fillRect(-237.5 + at * 5, -90, 5, 150)
      }
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
    return [...new Uint8Array(await blob.arrayBuffer())]
  }, code && ean13(code))
  await page.close()
  return Buffer.from(bytes)
}

/** A browser whose camera sees these one after the other, and then again from the beginning. */
export async function browserSeeing(browser: Browser, options: LaunchOptions, film: readonly Shot[]): Promise<Browser> {
  const frames: Buffer[] = []
  for (const { code, seconds } of film) {
    const picture = await pictureOf(browser, code)
    for (let count = 0; count < seconds * FRAMES_A_SECOND; count += 1) frames.push(picture)
  }
  const folder = mkdtempSync(join(tmpdir(), 'roundsman-e2e-film-'))
  const file = join(folder, 'film.mjpeg')
  writeFileSync(file, Buffer.concat(frames))
  const args = [...(options.args ?? []), `--use-file-for-fake-video-capture=${file}`]
  const seeing = await chromium.launch({ ...options, args })
  seeing.on('disconnected', () => rmSync(folder, { recursive: true, force: true }))
  return seeing
}
