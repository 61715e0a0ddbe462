// What a price list says of one unit as fields hold it (texts) and as catalog.set_prices takes it; what is wrong with it; prices made
// from the list price by a share of it. Pure.

import {
  formatPrice,
  formatQuantity,
  LARGEST_PRICE,
  parsePrice,
  parseQuantity,
  priceToText,
  quantityToText,
} from '../../core/quantities'
import type { components } from '../../wire/api'

export type PricedVariant = components['schemas']['PricedVariantRow']
export type ListPrice = components['schemas']['ListPrice']
type Price = components['schemas']['PriceRow']
type Pack = PricedVariant['packs'][number]

export const BREAKS_MOST = 20
export const GIFTS_MOST = 5

export interface GiftForm {
  every: string
  variant_id: string
  unit: string
  quantity: string
}

export interface UnitForm {
  unit: string
  /** [from which quantity, price]; a row with neither says nothing. */
  breaks: [string, string][]
  gifts: GiftForm[]
  may_rise: boolean
}

/** One form for each unit of a variant, also for those without a price. */
export function formsOf(row: PricedVariant): UnitForm[] {
  return row.packs.map((pack) => {
    const known = row.prices.find((one) => one.unit === pack.unit)
    return {
      unit: pack.unit,
      breaks: known ? known.breaks.map(([from, price]) => [quantityToText(from), priceToText(price)]) : [['0', '']],
      gifts: (known?.gifts ?? []).map((gift) => ({
        every: quantityToText(gift.every_e3),
        variant_id: gift.variant_id,
        unit: gift.unit,
        quantity: quantityToText(gift.quantity_e3),
      })),
      may_rise: known?.may_rise ?? false,
    }
  })
}

function isFilled([from, price]: readonly [string, string]): boolean {
  return price.trim() !== '' || !['', '0'].includes(from.trim())
}

/** What is wrong, by field ("breaks.0.price", "gifts.1.every"), as keys of catalog.*. A unit without any price is not wrong. */
export function wrongInUnit(form: UnitForm): Record<string, string> {
  const wrong: Record<string, string> = {}
  const read = form.breaks.map(([from, price]) => [parseQuantity(from || '0'), parsePrice(price)] as const)
  let before: readonly [number, number] | null = null
  form.breaks.forEach((one, at) => {
    if (!isFilled(one)) return
    const [from, price] = read[at] as (typeof read)[number]
    if (from === null || from < 0) wrong[`breaks.${at}.from`] = 'number_wrong'
    else if (before && from <= before[0]) wrong[`breaks.${at}.from`] = 'breaks_not_ascending'
    if (price === null) wrong[`breaks.${at}.price`] = 'price_wrong'
    else if (before && price > before[1] && !form.may_rise) wrong[`breaks.${at}.price`] = 'breaks_rise'
    if (from !== null && price !== null) before = [from, price]
  })
  const hasPrice = form.breaks.some(isFilled)
  form.gifts.forEach((gift, at) => {
    if (!hasPrice) wrong[`gifts.${at}.every`] = 'gift_without_price'
    else if (!positive(gift.every)) wrong[`gifts.${at}.every`] = 'number_wrong'
    if (!positive(gift.quantity)) wrong[`gifts.${at}.quantity`] = 'number_wrong'
    if (!gift.variant_id || !gift.unit) wrong[`gifts.${at}.variant_id`] = 'gift_of_what'
  })
  return wrong
}

function positive(text: string): boolean {
  return (parseQuantity(text) ?? 0) > 0
}

/** What the server takes of a form nothing is wrong with; without prices it is taken off the list. */
export function priceOf(variant_id: string, form: UnitForm): ListPrice {
  const breaks = form.breaks
    .filter(isFilled)
    .map(([from, price]): [number, number] => [parseQuantity(from || '0') ?? 0, parsePrice(price) ?? 0])
  return {
    variant_id,
    unit: form.unit,
    breaks,
    gifts: breaks.length
      ? form.gifts.map((gift) => ({
          every_e3: parseQuantity(gift.every) ?? 0,
          variant_id: gift.variant_id,
          unit: gift.unit,
          quantity_e3: parseQuantity(gift.quantity) ?? 0,
        }))
      : [],
    may_rise: form.may_rise,
  }
}

/** The list price of a pack: its own, or what its base units cost together. */
export function listPriceOf(row: Pick<PricedVariant, 'price_e4'>, pack: Pack): number {
  return pack.price_e4 ?? row.price_e4 * pack.factor
}

/** A share of a price in hundredths of a percent, half up to the fourth decimal: 9250 of ¥1.23 is ¥1.1378. */
export function shareOf(price_e4: number, share_e4: number): number {
  return Math.min(LARGEST_PRICE, Number((BigInt(price_e4) * BigInt(share_e4) + 5000n) / 10_000n))
}

/** "92.5" → 9250; null when it is no share from 0 to 1000 %. */
export function parseShare(text: string): number | null {
  const found = /^\s*(\d{1,4})(?:\.(\d{1,2}))?\s*%?\s*$/.exec(text.normalize('NFKC'))
  const share = found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : Number.NaN
  return share > 0 && share <= 100_000 ? share : null
}

/** A share of the list price for the base unit of some variants; what else they have in the list stays. */
export function pricesByShare(rows: readonly PricedVariant[], share_e4: number): ListPrice[] {
  return rows.flatMap((row) => {
    const base = row.packs[0]
    if (!base || !row.price_e4) return []
    const known = row.prices.find((one) => one.unit === base.unit)
    const breaks: [number, number][] = [[0, shareOf(row.price_e4, share_e4)]]
    return [{ variant_id: row.variant_id, unit: base.unit, breaks, gifts: known?.gifts ?? [], may_rise: false }]
  })
}

/** "¥1.80；24 起 ¥1.70" of a unit; empty without a price. */
export function sayBreaks(price: Price | undefined, from: (quantity: string, price: string) => string): string {
  return (price?.breaks ?? [])
    .map(([minimum_e3, price_e4]) =>
      minimum_e3 ? from(formatQuantity(minimum_e3), formatPrice(price_e4)) : formatPrice(price_e4),
    )
    .join('；')
}
