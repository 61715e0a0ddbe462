// Goods in stock and orders for them, through the same commands a clerk and a rep use.

import type { Desk } from './desk'

export interface Good {
  variant_id: string
  unit: string
  price_e4: number
}

export interface Warehouse {
  warehouse_id: string
  goods: Good[]
}

interface Row {
  id: string
  [field: string]: unknown
}

/** The first goods of the demonstration, so many thousandths of each in one warehouse. */
export async function stockUp(clerk: Desk, quantity_e3: number, count = 5): Promise<Warehouse> {
  const { variants = [] } = await clerk.everything()
  const goods = (variants as Row[])
    .filter((one) => one.is_on_sale)
    .sort((one, other) => String(one.code).localeCompare(String(other.code)))
    .slice(0, count)
    .map((one) => ({
      variant_id: one.id,
      unit: (one.packs as { unit: string }[])[0]?.unit ?? '',
      price_e4: Number(one.price_e4),
    }))
  const { warehouses = [] } = await clerk.everything()
  const known = (warehouses as Row[]).find((one) => one.is_default)
  const warehouse_id = known?.id ?? crypto.randomUUID()
  if (!known) await clerk.run('inventory.set_warehouse', { warehouse_id, name: '总仓', is_default: true })
  await clerk.run('inventory.receive', {
    receipt_id: crypto.randomUUID(),
    warehouse_id,
    lines: goods.map(({ variant_id, unit, price_e4 }) => ({
      variant_id,
      unit,
      quantity_e3,
      cost_e4: Math.round(price_e4 * 0.6),
    })),
    reason: '期初入库',
  })
  return { warehouse_id, goods }
}

/** Customers of the demonstration who pay the list prices and owe nothing, in the order of their codes. */
export async function payersOfListPrices(desk: Desk): Promise<{ id: string; name: string }[]> {
  const { customers = [], prices = [], accounts = [] } = await desk.everything()
  const agreed = new Set([...(prices as Row[]).map((one) => one.customer_id), ...accounts.map((one) => one.id)])
  return (customers as Row[])
    .filter((one) => /^PU\d{3}$/.test(String(one.code)) && one.price_level_id === null && !agreed.has(one.id))
    .sort((one, other) => String(one.code).localeCompare(String(other.code)))
    .map((one) => ({ id: one.id, name: String(one.name) }))
}

/** Places an order of these goods at the prices it is told, so many of each; its id. */
export async function placeOrder(
  desk: Desk,
  customer_id: string,
  lines: readonly { good: Good; count: number; seen_e4?: number }[],
  more: Record<string, unknown> = {},
): Promise<string> {
  const order_id = crypto.randomUUID()
  const seen = lines.map(({ good, count, seen_e4 }) => ({
    line_id: crypto.randomUUID(),
    variant_id: good.variant_id,
    unit: good.unit,
    quantity_e3: count * 1000,
    price_e4: seen_e4 ?? good.price_e4,
  }))
  const goods_amount = seen.reduce((sum, one) => sum + Math.round((one.price_e4 * one.quantity_e3) / 100_000), 0)
  await desk.run('orders.place', {
    order_id,
    customer_id,
    lines: seen,
    goods_amount,
    priced_on: new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    ...more,
  })
  return order_id
}
