// What each command of customers is called in the outbox, with the customer it is about and the page where it was made.

import type { Describe } from '../core/domain'
import { useWords } from '../core/words'
import type { Payloads } from '../wire/commands'

const { t } = useWords()

/** Names the customer a command is about, and leads to the page that mends it, if there is one. */
function about(title: string, page?: string): Describe {
  return (args: { customer_id: string; name?: string }, view) => {
    const row = view.get('customers', args.customer_id)
    return {
      title: t(title),
      note: String(row?.name ?? args.name ?? ''),
      ...(row && page ? { to: { name: page, params: { id: args.customer_id } } } : {}),
    }
  }
}

const aboutContact: Describe = (args: Payloads['customers.set_contact'], view) => ({
  ...about('customers.said.set_contact', 'customer')(args, view),
  typed: [[args.name, args.position, args.phone].filter(Boolean).join(' · ')],
})

/** A refused new customer is nowhere but in its own command. */
const aboutNew: Describe = (args: { name: string }) => ({
  title: t('customers.said.add'),
  note: args.name,
  to: { name: 'customer-new' },
})

const aboutPin: Describe = (args: { pin_id: string; is_approved: boolean }, view) => {
  const pin = view.get('customer_pins', args.pin_id)
  const customer = pin && view.get('customers', String(pin.customer_id))
  return {
    title: t(args.is_approved ? 'customers.pin_approved' : 'customers.pin_refused'),
    note: String(customer?.name ?? ''),
  }
}

export const DESCRIPTIONS: Record<string, Describe> = {
  'customers.add': aboutNew,
  'customers.edit': about('customers.said.edit', 'customer-edit'),
  'customers.set_contact': aboutContact,
  'customers.remove_contact': () => ({ title: t('customers.said.remove_contact') }),
  'customers.ask_pin': about('customers.said.ask_pin'),
  'customers.decide_pin': aboutPin,
  'customers.archive': about('customers.said.archive'),
}
