import { describe, expect, test } from 'vitest'
import { formatMoney, moneyToText, parseMoney } from './money'

describe('money', () => {
  test.each([
    [0, '¥0.00'],
    [5, '¥0.05'],
    [99, '¥0.99'],
    [100, '¥1.00'],
    [123450, '¥1,234.50'],
    [100000000, '¥1,000,000.00'],
    [-32000, '−¥320.00'],
    [Number.MAX_SAFE_INTEGER, '¥90,071,992,547,409.91'],
  ])('%i fen reads %s', (fen, text) => {
    expect(formatMoney(fen)).toBe(text)
    expect(parseMoney(text)).toBe(fen)
    expect(parseMoney(moneyToText(fen))).toBe(fen)
  })

  test('a currency without minor units has no point', () => {
    expect(formatMoney(1200, 'JPY')).toBe('JP¥1,200')
    expect(parseMoney('1200', 'JPY')).toBe(1200)
    expect(parseMoney('1200.5', 'JPY')).toBeNull()
  })

  test('a fraction of a fen is refused', () => {
    expect(() => formatMoney(0.5)).toThrow(RangeError)
    expect(() => formatMoney(Number.NaN)).toThrow(RangeError)
  })

  test.each([
    ['12.3', 1230],
    ['12.', 1200],
    ['.5', 50],
    ['￥１２．３０', 1230],
    ['1,234元', 123400],
    ['-0', 0],
  ])('typed %s is %i fen', (text, fen) => {
    expect(parseMoney(text)).toBe(fen)
  })

  test.each(['', '.', '-', '12.345', 'abc', '1.2.3', '1e5', '99999999999999999'])('typed "%s" is no amount', (text) => {
    expect(parseMoney(text)).toBeNull()
  })
})
