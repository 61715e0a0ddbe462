// Search as you type over all goods on this phone, by whatever is printed on them or said of them, as core/search.ts does it; and the
// pack a barcode is on. Pure; what is drawn is the page's affair.

import { normalizedBarcode } from '../core/barcodes'
import { bestFitting, lineOf, searchWords } from '../core/search'
import type { ProductRow } from '../wire/feeds'
import type { Goods, Variant } from './rows'

/** Goods on sale in the order of the shelf, with the line of each and those of its variants that are on sale. */
export interface CatalogIndex {
  products: readonly ProductRow[]
  variants: readonly (readonly Variant[])[]
  lines: readonly string[]
}

export interface Asked {
  text: string
  keep?: (product: ProductRow) => boolean
  /** How many are given at most. */
  most: number
}

export interface Found {
  /** Products with their variants on sale. */
  hits: Goods[]
  /** How many match, also those not given. */
  count: number
}

/** A pack by its barcode. */
export interface Scanned {
  product: ProductRow
  variant: Variant
  unit: string
}

interface Kept {
  variants: readonly Variant[]
  line: string
  order: string
}

// A row of the store is replaced, never changed, so what was made of rows stays right as long as they are the same objects.
const kept = new WeakMap<ProductRow, Kept>()

function isSame(ours: readonly Variant[], theirs: readonly Variant[]): boolean {
  return ours.length === theirs.length && ours.every((one, at) => one === theirs[at])
}

/** The same texts in the same order as the server's search_line in catalog/rules/goods.py. */
function textsOf(product: ProductRow, variants: readonly Variant[]): string[] {
  const texts = [product.name, product.pinyin, product.initials, product.code, product.brand]
  for (const { name, code, packs } of variants) {
    texts.push(name, code)
    for (const { barcode } of packs) texts.push(barcode)
  }
  return [...new Set(texts.filter(Boolean))]
}

function keptOf(product: ProductRow, all: readonly Variant[]): Kept {
  const variants = all.filter((one) => one.is_on_sale)
  let found = kept.get(product)
  if (!found || !isSame(found.variants, variants)) {
    found = { variants, line: lineOf(textsOf(product, variants)), order: product.pinyin || product.name }
    kept.set(product, found)
  }
  return found
}

/** The index of all goods on sale. `variantsOf` gives a product's variants in their order. */
export function indexOf(
  products: Iterable<ProductRow>,
  variantsOf: (product: ProductRow) => readonly Variant[],
): CatalogIndex {
  const entries: { product: ProductRow; kept: Kept }[] = []
  for (const product of products) {
    if (!product.is_on_sale) continue
    const one = keptOf(product, variantsOf(product))
    if (one.variants.length) entries.push({ product, kept: one })
  }
  entries.sort(
    (one, other) =>
      one.product.position - other.product.position ||
      (one.kept.order < other.kept.order ? -1 : one.kept.order > other.kept.order ? 1 : 0) ||
      (one.product.id < other.product.id ? -1 : 1),
  )
  return {
    products: entries.map(({ product }) => product),
    variants: entries.map((entry) => entry.kept.variants),
    lines: entries.map((entry) => entry.kept.line),
  }
}

/** Goods whose line holds every word, where the first word begins a name, a field, stands anywhere; else in the order of the shelf. */
export function search(index: CatalogIndex, { text, keep, most }: Asked): Found {
  const { at, count } = bestFitting(
    index.lines,
    searchWords(text),
    most,
    keep && ((one) => keep(index.products[one] as ProductRow)),
  )
  return {
    hits: at.map((one) => ({
      product: index.products[one] as ProductRow,
      variants: index.variants[one] as readonly Variant[],
    })),
    count,
  }
}

const codes = new WeakMap<CatalogIndex, Map<string, Scanned>>()

/** The pack with this barcode, in whatever notation it was read; undefined when none on sale has it. */
export function packOf(index: CatalogIndex, barcode: string): Scanned | undefined {
  let known = codes.get(index)
  if (!known) {
    known = new Map()
    for (const [at, product] of index.products.entries()) {
      for (const variant of index.variants[at] ?? []) {
        for (const { barcode, is_sold, unit } of variant.packs) {
          if (barcode && is_sold) known.set(normalizedBarcode(barcode), { product, variant, unit })
        }
      }
    }
    codes.set(index, known)
  }
  return known.get(normalizedBarcode(barcode))
}
