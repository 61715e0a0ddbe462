// The phone's quantities and unit prices on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  amountOf,
  formatPrice,
  formatQuantity,
  LARGEST_PRICE,
  LARGEST_QUANTITY,
  parsePrice,
  parseQuantity,
  priceToText,
  quantityToText,
} from './quantities'

interface Vectors {
  amount_of: [number, number, number][]
  quantities: [number, string, string][]
  prices: [number, string, string][]
  parse_quantity: [string, number | null][]
  parse_price: [string, number | null][]
}

const file = new URL('../../../tests/vectors/core/quantities.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

test.each(vectors.amount_of)('%i ‱ yuan × %i ‰ is %i fen', (price_e4, quantity_e3, amount) => {
  expect(amountOf(price_e4, quantity_e3)).toBe(amount)
})

test.each(vectors.quantities)('the quantity %i is written %s and read %s', (quantity_e3, text, read) => {
  expect(quantityToText(quantity_e3)).toBe(text)
  expect(formatQuantity(quantity_e3)).toBe(read)
})

test.each(vectors.prices)('the price %i is written %s and read %s', (price_e4, text, read) => {
  expect(priceToText(price_e4)).toBe(text)
  expect(formatPrice(price_e4)).toBe(read)
})

test.each(vectors.parse_quantity)('typed "%s" is the quantity %s', (text, quantity_e3) => {
  expect(parseQuantity(text)).toBe(quantity_e3)
})

test.each(vectors.parse_price)('typed "%s" is the price %s', (text, price_e4) => {
  expect(parsePrice(text)).toBe(price_e4)
})

test('what is written is read', () => {
  const aQuantity = fc.integer({ min: -LARGEST_QUANTITY, max: LARGEST_QUANTITY })
  const aPrice = fc.integer({ min: 0, max: LARGEST_PRICE })
  fc.assert(
    fc.property(aQuantity, aPrice, (quantity_e3, price_e4) => {
      expect(parseQuantity(quantityToText(quantity_e3))).toBe(quantity_e3)
      expect(parseQuantity(formatQuantity(quantity_e3))).toBe(quantity_e3)
      expect(parsePrice(priceToText(price_e4))).toBe(price_e4)
      expect(parsePrice(formatPrice(price_e4))).toBe(price_e4)
    }),
  )
})

test('what no phone can hold is refused', () => {
  expect(() => amountOf(Number.MAX_SAFE_INTEGER, 100_001)).toThrow(RangeError)
  expect(() => amountOf(0.5, 1000)).toThrow(RangeError)
  expect(() => quantityToText(0.5)).toThrow(RangeError)
})
