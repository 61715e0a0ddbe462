// How orders are said in lists and on their pages. Only text.

import type { Locale } from '../core/times'
import { sayMoment } from '../core/times'
import { useWords } from '../core/words'
import type { Order } from './queries/orders'

const { t, has } = useWords()

/** "待审核" */
export function sayState(state: string): string {
  return t(`orders.state.${state}`)
}

/** What a move did: "王磊 提交" is said as "提交". */
export function sayVerb(verb: string): string {
  const key = `orders.verb.${verb}`
  return has(key) ? t(key) : verb
}

/** The line under an order in a list: its number or that it has none yet, when, and where it stands. */
export function sayOrder(order: Order, now: number, locale: Locale): string {
  return [
    order.number || t('orders.no_number'),
    sayMoment(order.placed_at, now, locale),
    sayState(order.state),
    order.hold_codes.length && order.state === 'submitted' && t('orders.held_short'),
    order.short_count && t('orders.short_of', {}, order.short_count),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Why an order waits for whoever reviews it. */
export function sayHold(code: string): string {
  const key = `orders.hold.${code.replace(/^.*\./, '')}`
  return has(key) ? t(key) : t(code)
}
