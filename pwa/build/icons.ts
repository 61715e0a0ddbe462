// Draws the home screen's icons from icons/icon.svg with the browser the tests use. Run by hand after the drawing changed; the
// pictures are kept in the repository.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'public', 'icons')
const drawing = readFileSync(join(FOLDER, 'icon.svg'), 'utf8')
const square = drawing.replace(' rx="112"', '')
// A mask may cut away all but the inner four fifths, so that picture is drawn smaller on the same ground.
const inner = square.replace('<g ', '<g transform="translate(64 64) scale(.75)" ')
const PICTURES: [string, number, string][] = [
  ['192.png', 192, drawing],
  ['512.png', 512, drawing],
  ['180.png', 180, square],
  ['maskable.png', 512, inner],
]

const browser = await chromium.launch({
  executablePath: process.env.ROUNDSMAN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  for (const [name, size, svg] of PICTURES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(
      `<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" `)}</body>`,
    )
    await page.screenshot({ path: join(FOLDER, name), omitBackground: true })
    await page.close()
  }
} finally {
  await browser.close()
}
