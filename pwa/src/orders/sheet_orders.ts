// One sheet, many recipients: what the company makes of a file, what of it is wrong, and handing its orders in.

import { ApiError, ask, pathOf } from '../core/api'
import { sayRefusal } from '../core/refusals'
import { useWords } from '../core/words'
import type { components } from '../wire/api'
import { type Recipient, wholeRecipient } from './cart'
import { placeOrder } from './commands'

export type SheetOrders = components['schemas']['SheetOrders']
export type SheetOrder = components['schemas']['SheetOrder']

/** Bytes: of a larger file the company would only hang up. The same as in the server's orders/routes/sheets.py. */
const SIZE_MAX = 4 * 1024 * 1024

/** What the file asks for, priced for this customer; nothing is ordered by this. Raises ApiError. */
export async function readSheet(customer_id: string, file: File): Promise<SheetOrders> {
  if (file.size > SIZE_MAX) throw new ApiError('sheet_too_large')
  return ask('POST', pathOf('/api/orders/sheets', { customer: customer_id, name: file.name.slice(-200) }), file)
}

/** The orders of a sheet by what can be done with them; `isHere` says whether this phone holds an order already. */
export function sorted(orders: readonly SheetOrder[], isHere: (id: string) => boolean) {
  const placed = orders.filter((one) => one.is_placed || isHere(one.order_id))
  const left = orders.filter((one) => !placed.includes(one))
  return {
    placed,
    faulty: left.filter((one) => one.faults.length),
    ready: left.filter((one) => !one.faults.length),
  }
}

/** Hands in one order of a sheet, under the id it has in it: however often, there is one. */
export async function placeFromSheet(customer_id: string, { priced_on }: SheetOrders, one: SheetOrder): Promise<void> {
  const { order_id, recipient, note, goods_amount, lines } = one
  await placeOrder({
    order_id,
    customer_id,
    recipient,
    note,
    delivery_method: '',
    goods_amount,
    priced_on,
    lines: lines.map(({ line_id, variant_id, unit, quantity_e3, price_e4, list_id }) => ({
      line_id,
      variant_id,
      unit,
      quantity_e3,
      price_e4,
      list_id,
    })),
  })
}

/** "张三 13800138000", and where it goes on a line of its own. */
export function sayTo({ recipient }: SheetOrder): { who: string; where: string } {
  const { name, mobile, ...place } = recipient as Recipient
  return { who: [name, mobile].filter(Boolean).join(' '), where: wholeRecipient({ ...place, name: '', mobile: '' }) }
}

/** "第 7 行：没有这个商品（X-9）" */
export function sayFault({ row, code, value }: SheetOrder['faults'][number]): string {
  const { t } = useWords()
  const why = sayRefusal(code)
  return value ? t('orders.sheet.fault', { row, why, value }) : t('orders.sheet.fault_plain', { row, why })
}
