// Quantities as integer thousandths of a unit (_e3) and unit prices as integer 1/10000 yuan (_e4): what a quantity costs, how both are
// written and how typed text becomes them again. The twin of backend/roundsman/core/quantities.py.

import { parseScaled } from './money'

// Thirty million units, three million yuan each: the dearest line there can be, 9 × 10^15 fen, stays below 2^53.
export const LARGEST_QUANTITY = 30_000_000_000
export const LARGEST_PRICE = 30_000_000_000
// With it also the base units of any line stay below 2^53.
export const LARGEST_FACTOR = 100_000

/**
 * What a quantity costs, in fen, a half rounded away from zero. Rounded once per line; sums are sums of lines. Reckoned in BigInt,
 * since the product passes 2^53 long before the amount does. Throws RangeError when the amount does too.
 */
export function amountOf(price_e4: number, quantity_e3: number): number {
  const product = BigInt(price_e4) * BigInt(quantity_e3)
  const half = product < 0n ? -50_000n : 50_000n
  // BigInt division cuts towards zero.
  const amount = Number((product + half) / 100_000n)
  if (!Number.isSafeInteger(amount)) throw new RangeError(`too large an amount: ${amount}`)
  return amount
}

/** What may stand in a number field: "1234.5", "12", no grouping. */
export function quantityToText(quantity_e3: number): string {
  return written(quantity_e3, 3, 0)
}

/** "1,234.5"; below zero it leads with a true minus sign. */
export function formatQuantity(quantity_e3: number): string {
  return grouped(quantityToText(quantity_e3))
}

/** What may stand in a number field: "3.20", "0.0125": two decimals, more only when needed. */
export function priceToText(price_e4: number): string {
  return written(price_e4, 4, 2)
}

/** "¥1,203.20", "¥0.0125". */
export function formatPrice(price_e4: number): string {
  return `¥${grouped(priceToText(price_e4))}`
}

/** Thousandths from typed text ("１.５" → 1500), or null when it is no number, has more decimals or is too large. */
export function parseQuantity(text: string): number | null {
  return parseScaled(text, 3, LARGEST_QUANTITY)
}

/** 1/10000 yuan from typed text ("￥0.0125" → 125), or null when it is no price, has more decimals or is too large. */
export function parsePrice(text: string): number | null {
  const price_e4 = parseScaled(text.replace(/^[¥￥元 ]+|[¥￥元 ]+$/g, ''), 4, LARGEST_PRICE)
  return price_e4 !== null && price_e4 >= 0 ? price_e4 : null
}

/** A scaled integer with `least` decimals, or as many as it needs. Throws RangeError when it is no safe integer. */
function written(scaled: number, digits: number, least: number): string {
  if (!Number.isSafeInteger(scaled)) throw new RangeError(`not a scaled integer: ${scaled}`)
  const text = String(Math.abs(scaled)).padStart(digits + 1, '0')
  const cut = text.length - digits
  const decimals = text.slice(cut).replace(/0+$/, '').padEnd(least, '0')
  return `${scaled < 0 ? '-' : ''}${text.slice(0, cut)}${decimals && `.${decimals}`}`
}

function grouped(text: string): string {
  return text.replace('-', '−').replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
}
