// A variant with its packs as fields hold it (texts) and as commands take it; what is wrong with it; and the grid that axes and values
// make. Pure.

import { isCheckDigitRight, normalizedBarcode } from '../../core/barcodes'
import { LARGEST_FACTOR, parsePrice, parseQuantity, priceToText, quantityToText } from '../../core/quantities'
import type { components } from '../../wire/api'
import { nextOrderable } from '../rules/packs'

export type Variant = components['schemas']['VariantRow']
export type ProductVariant = components['schemas']['ProductVariant']

/** Variants a product has at most. */
export const VARIANTS_MOST = 500
export const PACKS_MOST = 10

export interface PackForm {
  unit: string
  factor: string
  barcode: string
  /** Empty where it follows from the base unit. */
  price: string
  minimum: string
  /** Empty for none. */
  maximum: string
  step: string
  is_sold: boolean
}

export interface VariantForm {
  spec: string[]
  code: string
  price: string
  /** Empty where nobody knows. */
  cost: string
  packs: PackForm[]
  is_on_sale: boolean
}

/** A pack nobody has filled in yet: whole ones, any number of them. */
export function emptyPack(unit = '', factor = ''): PackForm {
  return { unit, factor, barcode: '', price: '', minimum: '0', maximum: '', step: '1', is_sold: true }
}

export function formOf(row: Variant): VariantForm {
  return {
    spec: [...row.spec],
    code: row.code,
    price: priceToText(row.price_e4),
    cost: row.cost_e4 ? priceToText(row.cost_e4) : '',
    packs: row.packs.map((pack) => ({
      unit: pack.unit,
      factor: String(pack.factor),
      barcode: pack.barcode,
      price: pack.price_e4 == null ? '' : priceToText(pack.price_e4),
      minimum: quantityToText(pack.minimum_e3),
      maximum: pack.maximum_e3 == null ? '' : quantityToText(pack.maximum_e3),
      step: quantityToText(pack.step_e3),
      is_sold: pack.is_sold,
    })),
    is_on_sale: row.is_on_sale,
  }
}

/** What the server takes of a form nothing is wrong with. An emptied cost leaves the one that is known. */
export function variantOf(variant_id: string, form: VariantForm, position: number): ProductVariant {
  return {
    variant_id,
    spec: form.spec.map((value) => value.trim()),
    code: form.code.trim(),
    packs: form.packs.map((pack, at) => ({
      unit: pack.unit.trim(),
      factor: at === 0 ? 1 : Number(pack.factor),
      barcode: normalizedBarcode(pack.barcode),
      price_e4: pack.price.trim() ? parsePrice(pack.price) : null,
      minimum_e3: parseQuantity(pack.minimum || '0') ?? 0,
      maximum_e3: pack.maximum.trim() ? parseQuantity(pack.maximum) : null,
      step_e3: parseQuantity(pack.step || '0') ?? 0,
      is_sold: pack.is_sold,
    })),
    price_e4: parsePrice(form.price) ?? 0,
    cost_e4: form.cost.trim() ? parsePrice(form.cost) : null,
    position,
    is_on_sale: form.is_on_sale,
  }
}

/** What is wrong, by field ("price", "packs.1.unit"), as keys of catalog.*. */
export function wrongInVariant(form: VariantForm): Record<string, string> {
  const wrong: Record<string, string> = {}
  form.spec.forEach((value, at) => {
    if (!value.trim()) wrong[`spec.${at}`] = 'value_missing'
  })
  if (parsePrice(form.price) === null) wrong.price = 'price_wrong'
  if (form.cost.trim() && parsePrice(form.cost) === null) wrong.cost = 'price_wrong'
  const units = form.packs.map((pack) => pack.unit.trim())
  const barcodes = form.packs.map((pack) => normalizedBarcode(pack.barcode))
  form.packs.forEach((pack, at) => {
    for (const [field, code] of Object.entries(wrongInPack(pack, at))) wrong[`packs.${at}.${field}`] = code
    if (units[at] && units.indexOf(units[at] as string) < at) wrong[`packs.${at}.unit`] = 'unit_there'
    if (barcodes[at] && barcodes.indexOf(barcodes[at] as string) < at) wrong[`packs.${at}.barcode`] = 'barcode_there'
  })
  return wrong
}

function wrongInPack(pack: PackForm, at: number): Partial<Record<keyof PackForm, string>> {
  const wrong: Partial<Record<keyof PackForm, string>> = {}
  if (!pack.unit.trim()) wrong.unit = 'unit_missing'
  const factor = /^\d{1,6}$/.test(pack.factor.trim()) ? Number(pack.factor) : 0
  if (at > 0 && !(factor >= 1 && factor <= LARGEST_FACTOR)) wrong.factor = 'factor_bad'
  if (pack.price.trim() && parsePrice(pack.price) === null) wrong.price = 'price_wrong'
  if (isMistyped(normalizedBarcode(pack.barcode))) wrong.barcode = 'check_digit_wrong'
  const [minimum, step] = [quantity(pack.minimum || '0'), quantity(pack.step || '0')]
  const maximum = pack.maximum.trim() ? quantity(pack.maximum) : null
  if (minimum === undefined) wrong.minimum = 'number_wrong'
  if (step === undefined) wrong.step = 'number_wrong'
  if (maximum === undefined) wrong.maximum = 'number_wrong'
  if (minimum === undefined || step === undefined || maximum === undefined) return wrong
  const limits = { minimum_e3: minimum, maximum_e3: maximum, step_e3: step }
  if (nextOrderable(0, { unit: '', factor: 1, price_e4: null, is_sold: true, ...limits }) === null) {
    wrong.maximum = 'maximum_low'
  }
  return wrong
}

function quantity(text: string): number | undefined {
  const found = parseQuantity(text)
  return found !== null && found >= 0 ? found : undefined
}

/** Whether a code looks like one of goods, by its length, but its check digit is another. */
export function isMistyped(barcode: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(barcode) && !isCheckDigitRight(barcode)
}

/** "红，蓝 蓝" → ["红", "蓝"]: values as they are typed or pasted, each once. */
export function valuesIn(text: string): string[] {
  return [...new Set(text.split(/[,，、;；\s]+/).filter(Boolean))]
}

/** Every combination of one value of each axis, the last axis running fastest. */
export function gridOf(values: readonly (readonly string[])[]): string[][] {
  return values.reduce<string[][]>((grid, own) => grid.flatMap((row) => own.map((value) => [...row, value])), [[]])
}

/** The combinations no variant has yet. */
export function missingIn(grid: readonly string[][], known: readonly (readonly string[])[]): string[][] {
  const there = new Set(known.map((spec) => JSON.stringify(spec)))
  return grid.filter((spec) => !there.has(JSON.stringify(spec)))
}

/** The units of one variant for another: how many each holds and what may be ordered, but nobody else's barcodes and prices. */
export function packsLike(packs: readonly PackForm[], own: readonly PackForm[]): PackForm[] {
  return packs.map((pack) => {
    const known = own.find((one) => one.unit.trim() === pack.unit.trim())
    return { ...pack, barcode: known?.barcode ?? '', price: known?.price ?? '' }
  })
}
