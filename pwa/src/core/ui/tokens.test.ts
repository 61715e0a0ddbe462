// Proves from tokens.css itself that everything people read can be read: WCAG 2.2 contrast of each text on each ground it stands on.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

type Tokens = Record<string, string>
type Colour = [red: number, green: number, blue: number, alpha: number]

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

function block(selector: string): Tokens {
  const at = css.indexOf(`${selector} {`)
  if (at < 0) throw new Error(`no block ${selector}`)
  const body = css.slice(css.indexOf('{', at) + 1, css.indexOf('}', at))
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value?.trim()]),
  )
}

function colour(text: string): Colour {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text)
  if (hex) return [...hex.slice(1).map((part) => Number.parseInt(part, 16)), 1] as Colour
  const rgba = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(text)
  if (rgba) return rgba.slice(1).map(Number) as Colour
  throw new Error(`not a colour: ${text}`)
}

function over(top: Colour, ground: Colour): Colour {
  const mixed = [0, 1, 2].map((part) => (top[part] ?? 0) * top[3] + (ground[part] ?? 0) * (1 - top[3]))
  return [...mixed, 1] as Colour
}

function luminance(of: Colour): number {
  const [red, green, blue] = of.slice(0, 3).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(text: Colour, ground: Colour): number {
  const [one, other] = [luminance(over(text, ground)), luminance(ground)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

const light = block(':root')
const dark = { ...light, ...block(':root[data-theme="dark"]') }

/** Each text and the grounds it stands on; "fill" is the grey of a plain button or a stepper. */
const GROUNDS = ['page', 'surface', 'pressed', 'fill']
const PAIRS: [text: string, grounds: string[]][] = [
  ['ink', GROUNDS],
  ['second', ['page', 'surface', 'fill']],
  ['primary', GROUNDS],
  ['money', GROUNDS],
  ['warn', ['page', 'surface']],
  ['link', ['page', 'surface']],
  ['on-primary', ['primary']],
  ['on-money', ['money']],
  ['on-toast', ['toast']],
]

function ground(tokens: Tokens, name: string): Colour {
  return colour(tokens[`--${name}`] ?? '')
}

test('the measure itself: black on white is 21, the accent green on white fails', () => {
  expect(contrast([0, 0, 0, 1], [255, 255, 255, 1])).toBeCloseTo(21, 5)
  expect(contrast(colour('#07c160'), [255, 255, 255, 1])).toBeLessThan(3)
})

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_theme, tokens) => {
  const pairs = PAIRS.flatMap(([text, grounds]) => grounds.map((name) => [text, name] as const))
  test.each(pairs)('%s on %s reads at 4.5:1', (text, name) => {
    expect(contrast(colour(tokens[`--${text}`] ?? ''), ground(tokens, name))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['second', 'link', 'primary', 'money'])('the sign in %s stands out at 3:1 even while pressed', (text) => {
    expect(contrast(colour(tokens[`--${text}`] ?? ''), ground(tokens, 'pressed'))).toBeGreaterThanOrEqual(3)
  })
})

test('dark is the same whether chosen or preferred', () => {
  expect(block(':root:not([data-theme="light"])')).toEqual(block(':root[data-theme="dark"]'))
})

test('every colour that differs in the dark exists in the light', () => {
  for (const name of Object.keys(block(':root[data-theme="dark"]'))) expect(light).toHaveProperty(name)
})

test('targets and text sizes are those a thumb and an eye need', () => {
  expect(Number.parseInt(light['--target'] ?? '', 10)).toBeGreaterThanOrEqual(44)
  expect(Number.parseInt(light['--cell'] ?? '', 10)).toBeGreaterThanOrEqual(56)
  for (const [name, value] of Object.entries(light)) {
    if (name.startsWith('--text-')) expect(value, name).toMatch(/rem$/)
  }
})
