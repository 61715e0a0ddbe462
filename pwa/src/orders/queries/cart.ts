// A cart as its page shows it: each line with its goods, what it costs this buyer by the prices on this phone, and what stands in its way.

import type { Ref } from 'vue'
import { type CodedPack, offersIn, productIn, type Variant, variantIn } from '../../catalog/rows'
import { checkLine, findPack } from '../../catalog/rules/packs'
import { type Buyer, type Priced, priceLine } from '../../catalog/rules/pricing'
import { sayGoods } from '../../catalog/says'
import type { View } from '../../core/domain'
import { useLive } from '../../sync'
import type { OrderLineRow } from '../../wire/feeds'
import type { Cart, CartLine } from '../cart'

export interface ShownLine {
  line: CartLine
  /** Empty when this phone does not hold the goods any more. */
  name: string
  variant: Variant | undefined
  pack: CodedPack | undefined
  priced: Priced | null
  /** A code of checkLine; null when it may be ordered. */
  fault: string | null
  gifts: { key: string; name: string; unit: string; quantity_e3: number }[]
}

export interface ShownCart {
  lines: ShownLine[]
  /** Fen; lines that have no price count nothing. */
  goods_amount: number
  /** How many lines cannot be ordered as they are. */
  fault_count: number
}

const TABLES = ['products', 'variants', 'prices']

/** What a variant is called in full; empty when this phone does not hold it. */
export function nameIn(view: View, variant_id: string): string {
  const variant = variantIn(view, variant_id)
  const product = variant && productIn(view, variant.product_id)
  return product && variant ? sayGoods(product, variant) : ''
}

function shownLine(view: View, line: CartLine, buyer: Buyer, day: string): ShownLine {
  const variant = variantIn(view, line.variant_id)
  const product = variant && productIn(view, variant.product_id)
  const pack = variant && findPack(variant.packs, line.unit)
  const priced = variant && pack ? priceLine(line, variant, offersIn(view, variant.id), buyer, day) : null
  return {
    line,
    name: product && variant ? sayGoods(product, variant) : '',
    variant,
    pack,
    priced,
    fault: checkLine(line, pack, Boolean(variant?.is_on_sale && product?.is_on_sale)),
    gifts: (priced?.gifts ?? []).map((gift, at) => ({
      key: `${line.line_id}/${at}`,
      name: nameIn(view, gift.variant_id),
      unit: gift.unit,
      quantity_e3: gift.quantity_e3,
    })),
  }
}

/** A cart by the rows of a view, on a day. */
export function shownCart(view: View, cart: Pick<Cart, 'lines'>, buyer: Buyer, day: string): ShownCart {
  const lines = cart.lines.map((line) => shownLine(view, line, buyer, day))
  return {
    lines,
    goods_amount: lines.reduce((sum, { priced }) => sum + (priced?.amount ?? 0), 0),
    fault_count: lines.filter(({ fault }) => fault).length,
  }
}

/** The same, live; null until the goods and their prices are loaded. */
export function useShownCart(
  cart: () => Cart | null | undefined,
  buyer: () => Buyer | undefined,
  day: Readonly<Ref<string>>,
): Readonly<Ref<ShownCart | null>> {
  return useLive<ShownCart | null>(
    TABLES,
    (view) => {
      const [now, who] = [cart(), buyer()]
      return now && who ? shownCart(view, now, who, day.value) : null
    },
    null,
  )
}

/** What a customer bought as far as this phone knows: the products, and the unit each variant was last taken in. */
export interface Usual {
  products: ReadonlySet<string>
  units: ReadonlyMap<string, string>
}

export function usualIn(view: View, customer_id: string): Usual {
  const products = new Set<string>()
  const units = new Map<string, string>()
  const orders = view.where('orders', 'customer_id', customer_id).sort((one, other) => other.placed_at - one.placed_at)
  for (const order of orders) {
    if (order.state === 'cancelled') continue
    for (const line of view.where('order_lines', 'order_id', order.id) as unknown as OrderLineRow[]) {
      if (line.is_gift) continue
      const product_id = variantIn(view, line.variant_id)?.product_id
      if (product_id) products.add(product_id)
      if (!units.has(line.variant_id)) units.set(line.variant_id, line.unit)
    }
  }
  return { products, units }
}

export function useUsual(customer_id: Readonly<Ref<string>>): Readonly<Ref<Usual>> {
  return useLive<Usual>(['orders', 'order_lines', 'variants'], (view) => usualIn(view, customer_id.value), {
    products: new Set(),
    units: new Map(),
  })
}
