// The phone's rules of packs and prices on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { baseQuantity, checkLine, findPack, mergeLines, nextOrderable, type Variant } from './packs'
import { type Break, type Buyer, breaksFault, type Offer, type Priced, priceLine, priceOrder } from './pricing'

interface Wanted {
  name: string
  variant: string
  unit: string
  quantity_e3: number
}

interface Priceable {
  name: string
  offers: string[]
  buyer: Partial<Buyer>
  day: string
}

type Named = [line_id: string, variant_id: string, unit: string, quantity_e3: number]

interface Vectors {
  variants: Record<string, Omit<Variant, 'id'>>
  offers: Record<string, Partial<Offer>>
  price_line: (Wanted & Priceable & { priced: Priced })[]
  price_order: (Priceable & { lines: [string, string, number][]; amounts: number[]; goods_amount: number })[]
  check_line: (Wanted & { is_on_sale?: boolean; fault: string | null })[]
  next_orderable: (Wanted & { next_e3: number | null })[]
  merge_lines: { name: string; lines: Named[]; merged: Named[] }[]
  base_quantity: [number, number, number][]
  breaks_fault: { name: string; breaks: Break[]; may_rise: boolean; fault: string | null }[]
}

const file = new URL('../../../../tests/vectors/catalog/pricing.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
const variants = new Map(Object.entries(vectors.variants).map(([id, variant]) => [id, { id, ...variant }]))
const plain = { gifts: [], customer_id: null, level_id: null, until_on: null, is_active: true }

function offersOf({ offers }: Priceable): Offer[] {
  return offers.map((name) => ({ ...plain, ...vectors.offers[name] }) as Offer)
}

function buyerOf({ buyer }: Priceable): Buyer {
  return { customer_id: null, level_id: null, ...buyer }
}

function lineOf({ variant, unit, quantity_e3 }: Wanted) {
  return { variant_id: variant, unit, quantity_e3 }
}

function packOf({ variant, unit }: Wanted) {
  return findPack(variants.get(variant)!.packs, unit)
}

test('every vector has a rule here', () => {
  const rules = [
    'price_line',
    'price_order',
    'check_line',
    'next_orderable',
    'merge_lines',
    'base_quantity',
    'breaks_fault',
  ]
  expect(Object.keys(vectors).sort()).toEqual([...rules, 'variants', 'offers'].sort())
})

test.each(vectors.price_line)('priceLine: $name', (one) => {
  const priced = priceLine(lineOf(one), variants.get(one.variant)!, offersOf(one), buyerOf(one), one.day)
  expect(priced).toEqual(one.priced)
})

test.each(vectors.price_order)('priceOrder: $name', (one) => {
  const lines = one.lines.map(([variant_id, unit, quantity_e3]) => ({ variant_id, unit, quantity_e3 }))
  const priced = priceOrder(lines, variants, offersOf(one), buyerOf(one), one.day)
  expect(priced.lines.map(({ amount }) => amount)).toEqual(one.amounts)
  expect(priced.goods_amount).toBe(one.goods_amount)
})

test('a unit or variant nobody checked is an error', () => {
  const nobody = { customer_id: null, level_id: null }
  const line = { variant_id: 'water', unit: '桶', quantity_e3: 1000 }
  expect(() => priceLine(line, variants.get('water')!, [], nobody, '2026-06-15')).toThrow(RangeError)
  expect(() => priceOrder([{ ...line, variant_id: 'gone' }], variants, [], nobody, '2026-06-15')).toThrow(RangeError)
})

test.each(vectors.check_line)('checkLine: $name', (one) => {
  expect(checkLine(lineOf(one), packOf(one), one.is_on_sale)).toBe(one.fault)
})

test.each(vectors.next_orderable)('nextOrderable: $name', (one) => {
  expect(nextOrderable(one.quantity_e3, packOf(one)!)).toBe(one.next_e3)
})

test.each(vectors.merge_lines)('mergeLines: $name', (one) => {
  const lines = ([line_id, variant_id, unit, quantity_e3]: Named) => ({ line_id, variant_id, unit, quantity_e3 })
  expect(mergeLines(one.lines.map(lines))).toEqual(one.merged.map(lines))
})

test.each(vectors.base_quantity)(
  '%i thousandths of packs of %i hold %i of the base unit',
  (quantity_e3, factor, base_e3) => {
    expect(baseQuantity(quantity_e3, factor)).toBe(base_e3)
  },
)

test.each(vectors.breaks_fault)('breaksFault: $name', (one) => {
  expect(breaksFault(one.breaks, one.may_rise)).toBe(one.fault)
})
