// Goods as the parser looks at them: one product in its variants, its name taken apart once and the rest when it is asked for.

import { plainOf } from '../text'
import { type Axis, axesOf, type Named } from './cover'
import { joinedOf } from './tokens'

/** What the parser needs of a row of `products`. */
export interface GoodsProduct {
  id: string
  code: string
  name: string
  brand: string
  /** First letters of the name's syllables, as the server spells them. */
  initials: string
  /** Names of what its variants differ by: 颜色, 尺码. */
  axes: readonly string[]
  is_on_sale: boolean
}

/** What the parser needs of a row of `variants`. */
export interface GoodsVariant {
  id: string
  product_id: string
  code: string
  /** Its value on each of the product's axes. */
  spec: readonly string[]
  packs: readonly { unit: string; barcode: string | null; is_sold: boolean }[]
  is_on_sale: boolean
}

/** One variant as the parser knows it. */
export interface Sold {
  id: string
  spec: readonly string[]
  /** The units it is sold in, the base unit first. */
  units: readonly string[]
}

/** What a code or barcode names: a variant, the unit a barcode is on, or only the product. */
export interface Coded {
  by: 'code' | 'barcode'
  variant: Sold | null
  unit: string | null
}

/** One product in its variants. */
export class Goods implements Named {
  readonly text: string
  readonly name: string
  readonly brand_length: number
  private readonly product: GoodsProduct
  private readonly rows: readonly GoodsVariant[]
  private sold: Sold[] | undefined
  private values: Axis[] | undefined

  constructor(product: GoodsProduct, rows: readonly GoodsVariant[]) {
    this.product = product
    this.rows = rows
    const brand = joinedOf(plainOf(product.brand))
    this.name = joinedOf(plainOf(product.name))
    this.text = `${brand}\u0003${this.name}`
    // Alone the brand does not say which of its goods.
    this.brand_length = this.name.startsWith(brand) ? brand.length : 0
  }

  get id(): string {
    return this.product.id
  }

  get initials(): string {
    return this.product.initials
  }

  get variants(): readonly Sold[] {
    this.sold ??= this.rows.map(({ id, spec, packs }) => ({
      id,
      spec,
      units: packs.filter((pack) => pack.is_sold).map((pack) => pack.unit),
    }))
    return this.sold
  }

  get axes(): readonly Axis[] {
    this.values ??= axesOf(this.product.axes.length, this.rows)
    return this.values
  }

  /** What a code or barcode (plain) of it names. */
  coded(code: string): Coded {
    for (const [at, row] of this.rows.entries()) {
      const variant = this.variants[at] as Sold
      if (plainOf(row.code).trim() === code) return { by: 'code', variant, unit: null }
      const pack = row.packs.find(({ barcode }) => barcode !== null && plainOf(barcode).trim() === code)
      if (pack) return { by: 'barcode', variant, unit: pack.unit }
    }
    return { by: 'code', variant: this.variants.length === 1 ? (this.variants[0] as Sold) : null, unit: null }
  }
}
