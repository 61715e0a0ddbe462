// Numerals of both kinds, and what is none.

import { expect, test } from 'vitest'
import { isAbout, numeralOf } from './numbers'

test.each([
  ['12', 12_000],
  ['1.5', 1500],
  ['0.125', 125],
  ['3千', 3_000_000],
  ['1.2万', 12_000_000],
  ['十', 10_000],
  ['十二', 12_000],
  ['二十', 20_000],
  ['廿', 20_000],
  ['廿五', 25_000],
  ['两', 2000],
  ['俩', 2000],
  ['仨', 3000],
  ['一百', 100_000],
  ['一百二十', 120_000],
  ['一百零五', 105_000],
  ['两千三百四十五', 2_345_000],
  ['一万二千', 12_000_000],
  ['壹佰贰拾', 120_000],
  ['零', 0],
])('%s', (text, value_e3) => {
  expect(numeralOf(text)).toEqual({ value_e3, is_sure: true })
})

test.each([
  ['一百二', 120_000],
  ['三千五', 3_500_000],
  ['一万八', 18_000_000],
])('%s is short for more, and may be taken for less', (text, value_e3) => {
  expect(numeralOf(text)).toEqual({ value_e3, is_sure: false })
})

test.each(['', '一一', '两三', '十十', '百', '一百零', '零五零', '1.2345', '123456789', '1,5', '两半'])(
  '%j is none',
  (text) => {
    expect(numeralOf(text)).toBeNull()
  },
)

test('two digits beside each other are about', () => {
  expect(['两三', '七八', '三五', '十二', '一百'].map(isAbout)).toEqual([true, true, true, false, false])
})
