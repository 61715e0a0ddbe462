// What each command of receivables is called in the outbox, with the customer it is about.

import type { Describe } from '../core/domain'
import { formatMoney } from '../core/money'
import { useWords } from '../core/words'
import type { Payloads } from '../wire/commands'

const { t } = useWords()

export const DESCRIPTIONS: Record<string, Describe> = {
  'receivables.collect': (args: Payloads['receivables.collect'], view) => {
    const customer = view.get('customers', args.customer_id)
    const amount = formatMoney(args.amount)
    return {
      title: t('receivables.said.collect', { amount }),
      note: String(customer?.short_name || customer?.name || ''),
      typed: [[amount, t(`receivables.method.${args.method ?? 'cash'}`), args.note].filter(Boolean).join(' · ')],
      // Of a customer this phone no longer holds there is no page to mend it on; it can be sent again as it is.
      ...(customer ? { to: { name: 'customer', params: { id: args.customer_id } } } : {}),
    }
  },
}
