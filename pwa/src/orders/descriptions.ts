// What each command of orders is called in the outbox, with whom it is for and the page where it can be put right.

import type { Describe, View } from '../core/domain'
import { formatMoney } from '../core/money'
import { useWords } from '../core/words'
import type { Payloads } from '../wire/commands'
import { sayVerb } from './says'

const { t } = useWords()

function nameOf(view: View, customer_id: string): string {
  const customer = view.get('customers', customer_id)
  return String(customer?.short_name || customer?.name || view.get('agents', customer_id)?.name || '')
}

/** Names the order a command is about, and leads to it. */
function about(verb: string): Describe {
  return (args: { order_id: string; reason?: string }, view) => {
    const order = view.get('orders', args.order_id)
    return {
      title: t('orders.said', { verb: sayVerb(verb) }),
      note: [order?.number, order && nameOf(view, order.customer_id), args.reason].filter(Boolean).join(' · '),
    }
  }
}

export const DESCRIPTIONS: Record<string, Describe> = {
  'orders.place': (args: Payloads['orders.place'], view) => ({
    title: t('orders.said', { verb: sayVerb('place') }),
    note: [nameOf(view, args.customer_id), t('orders.kinds', {}, args.lines.length), formatMoney(args.goods_amount)]
      .filter(Boolean)
      .join(' · '),
    ...(args.note ? { typed: [args.note] } : {}),
    to: { name: 'cart', params: { id: args.order_id } },
  }),
  'orders.submit': about('submit'),
  'orders.cancel': about('cancel'),
  'orders.ask_return': about('ask_return'),
}
