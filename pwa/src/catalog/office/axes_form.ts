// The axes of a product with their values as they are typed, and the variants that follow from them. Pure.

import type { components } from '../../wire/api'
import { formOf, gridOf, missingIn, type ProductVariant, VARIANTS_MOST, valuesIn, variantOf } from './variant_form'

type Product = components['schemas']['ProductRow']

export const AXES_MOST = 5

export interface AxisForm {
  name: string
  values: string
  /** Not one the product's variants have yet. */
  is_new: boolean
}

/** The axes with the values its variants have, in the order they come. */
export function axesOf(product: Product): AxisForm[] {
  return product.axes.map((name, at) => ({
    name,
    // One a line where a value holds what else would part it.
    values: joined([...new Set(product.variants.map((one) => one.spec[at] ?? ''))]),
    is_new: false,
  }))
}

function joined(values: readonly string[]): string {
  return values.join(values.some((value) => valuesIn(value).length !== 1) ? '\n' : '，')
}

/** The values of one axis: one a line when it has several lines, so that a value may hold spaces and commas. */
export function valuesOf(axis: AxisForm): string[] {
  if (!axis.values.includes('\n')) return valuesIn(axis.values)
  return [
    ...new Set(
      axis.values
        .split('\n')
        .map((value) => value.trim())
        .filter(Boolean),
    ),
  ]
}

/** What is wrong, by field ("0.name"), as keys of catalog.*; `count` is how many variants there would be. */
export function wrongInAxes(axes: readonly AxisForm[], count: number): Record<string, string> {
  const wrong: Record<string, string> = {}
  const names = axes.map((axis) => axis.name.trim())
  axes.forEach((axis, at) => {
    if (!names[at]) wrong[`${at}.name`] = 'name_missing'
    else if (names.indexOf(names[at] as string) < at) wrong[`${at}.name`] = 'axis_there'
    const values = valuesOf(axis)
    if (!values.length) wrong[`${at}.values`] = 'value_missing'
    else if (values.some((value) => value.length > 60)) wrong[`${at}.values`] = 'too_long'
    else if (count > VARIANTS_MOST) wrong[`${at}.values`] = 'too_many_variants'
  })
  return wrong
}

/**
 * The variants there are, where new axes change them, and those to be made of the combinations that are missing. Those take packs, price
 * and cost of the first one there is, but nobody's code or barcodes.
 */
export function gridFor(
  product: Product,
  axes: readonly AxisForm[],
  isFull: boolean,
): { kept: ProductVariant[]; added: ProductVariant[] } {
  const values = axes.map(valuesOf)
  const firsts = values.slice(product.axes.length).map((own) => own[0] ?? '')
  const known = product.variants.map((one) => ({ one, spec: [...one.spec, ...firsts] }))
  const kept = firsts.length
    ? known.map(({ one, spec }) => variantOf(one.id, { ...formOf(one), spec }, one.position))
    : []
  const model = product.variants[0]
  if (!isFull || !model) return { kept, added: [] }
  const like = formOf(model)
  const packs = like.packs.map((pack) => ({ ...pack, barcode: '' }))
  const last = Math.max(...product.variants.map((one) => one.position))
  const added = missingIn(
    gridOf(values),
    known.map(({ spec }) => spec),
  ).map((spec, at) => variantOf('', { ...like, code: '', packs, spec, is_on_sale: true }, last + 1 + at))
  return { kept, added }
}
