// How the office says what the server answers about orders: refusals with what they are about, and what a move changed. Only text.

import type { ApiError } from '../../core/api'
import { formatMoney } from '../../core/money'
import { formatPrice, formatQuantity } from '../../core/quantities'
import { sayError } from '../../core/refusals'
import { useWords } from '../../core/words'
import { wholeAddress } from '../../customers/says'
import type { components } from '../../wire/api'
import { sayHold, sayState } from '../says'

type Schemas = components['schemas']
export type OrderDetail = Schemas['OrderDetail']
export type OrderListRow = Schemas['OrderListRow']
export type OrderMove = Schemas['OrderMoveRow']
type PriceChange = Schemas['PriceChange']
type ShortLine = Schemas['ShortLine']

const { t } = useWords()

/** Several things in one line. */
export function joined(texts: readonly string[]): string {
  return texts.join(t('orders.desk.list_comma'))
}

/** What holds an order, in one line. */
export function sayHolds(codes: readonly string[]): string {
  return joined(codes.map(sayHold))
}

/** "矿泉水 缺 3、可乐 缺 12", in base units. */
export function sayShort(lines: readonly ShortLine[]): string {
  return joined(
    lines.map(({ name, missing_e3 }) => t('orders.desk.short_line', { name, quantity: formatQuantity(missing_e3) })),
  )
}

/** Why an order could not be moved, with what holds it, what is missing or where it is meanwhile. */
export function sayRefused(error: unknown): string {
  const { code, details } = error as Partial<ApiError>
  if (code === 'orders.held' && Array.isArray(details?.holds))
    return t('orders.desk.held_by', { holds: sayHolds(details.holds as string[]) })
  if (code === 'orders.short' && Array.isArray(details?.lines))
    return t('orders.desk.short_of', { lines: sayShort(details.lines as ShortLine[]) })
  if ((code === 'orders.stale' || code === 'orders.wrong_state') && typeof details?.state === 'string')
    return t('orders.desk.is_already', { state: sayState(details.state) })
  return sayError(error)
}

/** "矿泉水 ¥2.00 → ¥2.10，这一行 ¥20.00 → ¥21.00" */
export function sayPriceChange(change: PriceChange, name: string): string {
  return t('orders.desk.price_change', {
    name,
    price_before: formatPrice(change.price_before_e4),
    price_after: formatPrice(change.price_after_e4),
    amount_before: formatMoney(change.amount_before),
    amount_after: formatMoney(change.amount_after),
  })
}

interface AmendedLine {
  name: string
  unit: string
  quantity_before_e3: number
  quantity_after_e3: number
  amount_before: number
  amount_after: number
}

function sayAmendedLine(line: AmendedLine): string {
  const amounts = `${formatMoney(line.amount_before)} → ${formatMoney(line.amount_after)}`
  const before = formatQuantity(line.quantity_before_e3)
  const after = formatQuantity(line.quantity_after_e3)
  const quantity = before === after ? `${after} ${line.unit}` : `${before} → ${after} ${line.unit}`
  return t('orders.desk.amended_line', { name: line.name, quantity, amounts })
}

/** What a move changed, line by line; nothing for one that only moved the order. `nameOf` names the order's lines. */
export function sayMoveDetail({ detail }: OrderMove, nameOf: (line_id: string) => string): string[] {
  const said: string[] = []
  for (const change of (detail.changes ?? []) as PriceChange[])
    said.push(sayPriceChange(change, nameOf(change.line_id)))
  const holds = (detail.holds ?? []) as string[]
  if (holds.length) said.push(t('orders.desk.held_by', { holds: sayHolds(holds) }))
  const accepted = (detail.accepted ?? []) as string[]
  if (accepted.length) said.push(t('orders.desk.accepted', { holds: sayHolds(accepted) }))
  for (const line of (detail.lines ?? []) as AmendedLine[]) said.push(sayAmendedLine(line))
  if (typeof detail.total_before === 'number' && detail.total_before !== detail.total_after)
    said.push(
      t('orders.desk.total_change', {
        before: formatMoney(detail.total_before),
        after: formatMoney(detail.total_after as number),
      }),
    )
  if (typeof detail.note_before === 'string' && detail.note_before !== detail.note_after)
    said.push(
      t('orders.desk.note_change', { before: detail.note_before || t('core.none'), after: String(detail.note_after) }),
    )
  if (detail.recipient_after) said.push(t('orders.desk.recipient_changed'))
  if (typeof detail.amount === 'number') said.push(t('orders.desk.credited', { amount: formatMoney(detail.amount) }))
  return said
}

/** Where it goes, in one line; empty where the customer takes it himself. */
export const sayAddress: (recipient: OrderDetail['recipient']) => string = wholeAddress
