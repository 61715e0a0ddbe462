// Amounts in capital numerals: the examples of the rules themselves, and whatever is written reads back as what it was.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moneyInWords } from './money_in_words'

test.each([
  // The examples of the annex (支付结算办法附件一).
  [140950, '壹仟肆佰零玖元伍角整'],
  [600714, '陆仟零柒元壹角肆分'],
  [168032, '壹仟陆佰捌拾元叁角贰分'],
  [10700053, '壹拾万柒仟元伍角叁分'],
  [1640902, '壹万陆仟肆佰零玖元零贰分'],
  [32504, '叁佰贰拾伍元零肆分'],
  // Nothing, little, negative.
  [0, '零元整'],
  [1, '壹分'],
  [10, '壹角整'],
  [15, '壹角伍分'],
  [100, '壹元整'],
  [-32504, '负叁佰贰拾伍元零肆分'],
  // Zeros between and across groups of ten thousand.
  [1000, '壹拾元整'],
  [1500, '壹拾伍元整'],
  [1001000, '壹万零壹拾元整'],
  [1000100, '壹万零壹元整'],
  [100000000, '壹佰万元整'],
  [100050000, '壹佰万零伍佰元整'],
  [1000000000000, '壹佰亿元整'],
  [1000000010000, '壹佰亿零壹佰元整'],
  [10000000000100, '壹仟亿零壹元整'],
  [10000100000000, '壹仟亿零壹佰万元整'],
  [1000000000000000, '壹拾万亿元整'],
  [100000500000000, '壹万亿零伍佰万元整'],
  [350000000000000, '叁万伍仟亿元整'],
  [Number.MAX_SAFE_INTEGER, '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
])('%d fen is %s', (fen, said) => {
  expect(moneyInWords(fen)).toBe(said)
})

const UNITS: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 }

/** Reads what was written, by a way of its own: groups are closed by 万 and 亿, and 亿 multiplies all before it. */
function read(text: string): bigint {
  let total = 0n
  let group = 0n
  let digit = 0n
  let fen = 0n
  const sign = text.startsWith('负') ? -1n : 1n
  for (const letter of text.replace(/^负|整$/g, '')) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(letter)
    if (value >= 0) {
      digit = BigInt(value)
      continue
    }
    if (letter === '角') fen += digit * 10n
    else if (letter === '分') fen += digit
    else if (letter === '万') {
      total += (group + digit) * 10_000n
      group = 0n
    } else if (letter === '亿') {
      total = (total + group + digit) * 100_000_000n
      group = 0n
    } else if (letter === '元') {
      total += group + digit
      group = 0n
    } else group += digit * BigInt(UNITS[letter] ?? 0)
    digit = 0n
  }
  return sign * (total * 100n + fen)
}

test('whatever is written reads back as what it was', () => {
  const amounts = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    // Sparse ones, where zeros matter.
    fc
      .array(fc.constantFrom('0', '0', '0', '1', '5'), { minLength: 1, maxLength: 15 })
      .map((digits) => Number(digits.join(''))),
  )
  fc.assert(
    fc.property(amounts, (fen) => {
      const said = moneyInWords(fen)
      expect(read(said)).toBe(BigInt(fen))
      expect(said).not.toMatch(/零零|(?<=.)零[元万亿拾佰仟]|亿.*亿/)
    }),
    { numRuns: 2000 },
  )
})

test('a fraction of a fen is no amount', () => {
  expect(() => moneyInWords(1.5)).toThrow(RangeError)
})
