// Check digits and spelling on the vectors both halves run, on real goods where the shared data is, and on made-up codes.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDigitOf, isCheckDigitRight, normalizedBarcode } from './barcodes'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const vectors = JSON.parse(readFileSync(join(root, 'tests/vectors/core/barcodes.json'), 'utf8')) as {
  is_check_digit_right: [string, boolean][]
  normalized: [string, string][]
}
const real = join(process.env.ROUNDSMAN_SHARED ?? resolve(root, '../shared'), 'data/china/code-vectors.csv')

test.each(vectors.is_check_digit_right)('isCheckDigitRight of %j is %j', (code, isRight) => {
  expect(isCheckDigitRight(code)).toBe(isRight)
})

test.each(vectors.normalized)('%j is kept as %j', (text, kept) => {
  expect(normalizedBarcode(text)).toBe(kept)
})

const body = fc.constantFrom(7, 11, 12, 13).chain((length) => fc.stringMatching(new RegExp(`^\\d{${length}}$`)))

test('a code with its check digit is right, and wrong with any other digit in any place', () => {
  fc.assert(
    fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, place, more) => {
      const code = digits + checkDigitOf(digits)
      expect(isCheckDigitRight(code)).toBe(true)
      const at = place % code.length
      const other = (Number(code[at]) + more) % 10
      expect(isCheckDigitRight(code.slice(0, at) + other + code.slice(at + 1))).toBe(false)
    }),
  )
})

test('normalizing twice changes nothing, and never the check digit', () => {
  fc.assert(
    fc.property(fc.oneof(body, fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\d -]*$/)), (text) => {
      const once = normalizedBarcode(text)
      expect(normalizedBarcode(once)).toBe(once)
      if (isCheckDigitRight(text)) expect(isCheckDigitRight(once)).toBe(true)
    }),
  )
})

describe.skipIf(!existsSync(real))('real codes of goods (skipped without the shared data)', () => {
  const rows = existsSync(real)
    ? readFileSync(real, 'utf8')
        .split(/\r?\n/)
        .map((line) => line.split(','))
        .filter(([kind]) => kind === 'ean13' || kind === 'itf14')
    : []

  test('there are some of both kinds, right and wrong', () => {
    expect(new Set(rows.map(([kind, , valid]) => `${kind} ${valid}`)).size).toBe(4)
  })

  test('each is judged as it is noted', () => {
    expect(rows.filter(([, code = '', valid]) => isCheckDigitRight(code) !== (valid === '1'))).toEqual([])
  })
})
