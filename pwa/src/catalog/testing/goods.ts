// Small goods for tests: products, variants with their packs, and what lists say about them.

import type { ProductRow } from '../../wire/feeds'
import type { CodedPack, Offer, Variant } from '../rows'

export function product(id: string, own: Partial<ProductRow> = {}): ProductRow {
  return {
    id,
    code: '',
    name: id,
    brand: '',
    category_id: null,
    axes: [],
    description: '',
    picture_ids: [],
    pinyin: '',
    initials: '',
    position: 0,
    is_on_sale: true,
    ...own,
  }
}

export function pack(unit: string, own: Partial<CodedPack> = {}): CodedPack {
  return {
    unit,
    factor: 1,
    barcode: '',
    price_e4: null,
    minimum_e3: 0,
    maximum_e3: null,
    step_e3: 1000,
    is_sold: true,
    ...own,
  }
}

/** A variant of ¥10 the piece, sold in pieces and boxes of twelve. */
export function variant(id: string, own: Partial<Variant> = {}): Variant {
  return {
    id,
    product_id: id,
    code: '',
    name: '',
    spec: [],
    packs: [pack('件'), pack('箱', { factor: 12 })],
    price_e4: 100_000,
    position: 0,
    is_on_sale: true,
    ...own,
  }
}

export function offer(id: string, own: Partial<Offer> = {}): Offer {
  return {
    id,
    list_id: `list-${id}`,
    variant_id: 'v',
    unit: '件',
    breaks: [[0, 90_000]],
    gifts: [],
    may_rise: false,
    level_id: 'gold',
    customer_id: null,
    from_on: '2026-01-01',
    until_on: null,
    is_active: true,
    ...own,
  }
}
