// The goods of tests/vectors/orders/paste_goods.json as rows of products and variants. Not shipped.

import { readFileSync } from 'node:fs'
import { type Catalogue, catalogueOf, type GoodsProduct, type GoodsVariant } from '..'

interface Given {
  code: string
  brand: string
  name: string
  initials: string
  /** [name of the axis, its values as value:part of the code]. */
  axes?: [string, string[]][]
  units: string[]
  barcodes?: Record<string, string>
}

function given(file: string): string {
  return readFileSync(new URL(`../../../../../tests/vectors/orders/${file}`, import.meta.url), 'utf8')
}

/** A file of the vectors of orders. */
export function vectors<T>(file: string): T {
  return JSON.parse(given(file)) as T
}

export interface Shelf {
  products: GoodsProduct[]
  variants: GoodsVariant[]
}

/** All goods; the id of each variant is its code. */
export function shelf(): Shelf {
  const products: GoodsProduct[] = []
  const variants: GoodsVariant[] = []
  for (const { code, brand, name, initials, axes = [], units, barcodes = {} } of vectors<Given[]>('paste_goods.json')) {
    const axis_names = axes.map(([axis]) => axis)
    products.push({ id: code, code, name, brand, initials, axes: axis_names, is_on_sale: true })
    const packs = units.map((unit) => ({ unit, barcode: barcodes[unit] ?? null, is_sold: true }))
    let specs: { code: string; spec: string[] }[] = [{ code, spec: [] }]
    for (const [, values] of axes) {
      specs = specs.flatMap((so_far) =>
        values.map((value) => {
          const [said = '', part = said] = value.split(':')
          return { code: `${so_far.code}-${part}`, spec: [...so_far.spec, said] }
        }),
      )
    }
    for (const one of specs) variants.push({ id: one.code, product_id: code, ...one, packs, is_on_sale: true })
  }
  return { products, variants }
}

export function shelfCatalogue(): Catalogue {
  const { products, variants } = shelf()
  return catalogueOf(products, variants)
}
