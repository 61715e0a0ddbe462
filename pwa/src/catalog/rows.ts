// Rows of the catalog as its rules read them: the wire leaves open what its JSON columns hold, here it has a type.

import type { View } from '../core/domain'
import type { PriceRow, ProductRow, VariantRow } from '../wire/feeds'
import type { Pack } from './rules/packs'
import type { Break, Gift } from './rules/pricing'

/** A pack with the barcode that is printed on it; empty when there is none. */
export interface CodedPack extends Pack {
  barcode: string
}

/** A variant with its packs, the base unit first, and its value for each axis of its product. */
export interface Variant extends Omit<VariantRow, 'packs' | 'spec'> {
  packs: readonly CodedPack[]
  spec: readonly string[]
}

/** What a list says about one unit of a variant. */
export interface Offer extends Omit<PriceRow, 'breaks' | 'gifts'> {
  breaks: readonly Break[]
  gifts: readonly Gift[]
}

/** A product with variants of it, in their order. */
export interface Goods {
  product: ProductRow
  variants: readonly Variant[]
}

export function productIn(view: View, id: string): ProductRow | undefined {
  return view.get('products', id) as ProductRow | undefined
}

export function variantIn(view: View, id: string): Variant | undefined {
  return view.get('variants', id) as unknown as Variant | undefined
}

/** A product's variants in their order. */
export function variantsIn(view: View, product_id: string): Variant[] {
  const found = view.where('variants', 'product_id', product_id) as unknown as Variant[]
  return found.length < 2
    ? found
    : found.sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
}

/** A product with all its variants, also those no longer on sale; undefined when this phone does not hold it. */
export function goodsIn(view: View, product_id: string): Goods | undefined {
  const product = productIn(view, product_id)
  return product && { product, variants: variantsIn(view, product_id) }
}

/** What all lists on this phone say about a variant, whoever they are for. */
export function offersIn(view: View, variant_id: string): Offer[] {
  return view.where('prices', 'variant_id', variant_id) as unknown as Offer[]
}

/** The pictures of a product, its face first; rows of an older build on this phone know of none until the next pull. */
export function picturesOf(product: Pick<ProductRow, 'picture_ids'>): readonly string[] {
  return Array.isArray(product.picture_ids) ? product.picture_ids.map(String) : []
}

/** The axes of a product, in the order of its variants' values. */
export function axesOf(product: Pick<ProductRow, 'axes'>): readonly string[] {
  return Array.isArray(product.axes) ? product.axes.map(String) : []
}

/** The packs of a variant that may be ordered at all. */
export function soldPacks(variant: Variant): CodedPack[] {
  return variant.is_on_sale ? variant.packs.filter((pack) => pack.is_sold) : []
}

/** One name for a variant in one of its units: a list holds it once. */
export function lineKey(line: { variant_id: string; unit: string }): string {
  return `${line.variant_id}/${line.unit}`
}
