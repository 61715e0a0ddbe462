// Customers on the phone: search, one customer with contacts and pin, new ones in the field, corrections of pins; and the desk's list.

import { Store } from '@lucide/vue'
import type { Describe, Domain } from '../core/domain'
import { useWords } from '../core/words'
import { effects } from './commands'

const { t } = useWords()

/** Names the customer a command is about, and leads to the page where it was made. */
function about(title: string, page = 'customer'): Describe {
  return (args: { customer_id: string; name?: string }, view) => {
    const row = view.get('customers', args.customer_id)
    return {
      title: t(title),
      note: String(row?.name ?? args.name ?? ''),
      ...(row ? { to: { name: page, params: { id: args.customer_id } } } : {}),
    }
  }
}

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

export const customers: Domain = {
  name: 'customers',
  routes: [
    {
      path: '/customers',
      name: 'customers',
      component: () => import('./CustomersPage.vue'),
      meta: { title: 'core.tab.customers', permission: 'customers.see' },
    },
    {
      path: '/customers/new',
      name: 'customer-new',
      component: () => import('./CustomerNewPage.vue'),
      meta: { title: 'customers.new', permission: 'customers.add', parent: 'customers' },
    },
    {
      path: '/customers/pins',
      name: 'pin-requests',
      component: () => import('./PinRequestsPage.vue'),
      meta: { title: 'customers.pin_requests', permission: 'customers.decide_pin', parent: 'customers' },
    },
    {
      path: '/customers/desk',
      name: 'customers-desk',
      component: () => import('./office/CustomersDeskPage.vue'),
      meta: { title: 'customers.desk', permission: 'customers.assign', is_wide: true, parent: 'customers' },
    },
    {
      path: '/customers/:id',
      name: 'customer',
      component: () => import('./CustomerPage.vue'),
      props: true,
      meta: { title: 'core.tab.customers', permission: 'customers.see', parent: 'customers' },
    },
    {
      path: '/customers/:id/edit',
      name: 'customer-edit',
      component: () => import('./CustomerEditPage.vue'),
      props: true,
      meta: { title: 'customers.edit', permission: 'customers.edit', parent: 'customers' },
    },
  ],
  tabs: [{ route: 'customers', label: 'core.tab.customers', icon: Store, permission: 'customers.see', order: 20 }],
  menu: [{ route: 'customers-desk', label: 'customers.desk', icon: Store, permission: 'customers.assign', order: 21 }],
  stores: { customer_classes: {}, customers: { is_packed: true }, contacts: {}, customer_pins: {} },
  effects,
  descriptions: {
    'customers.add': aboutNew,
    'customers.edit': about('customers.said.edit', 'customer-edit'),
    'customers.set_contact': about('customers.said.set_contact'),
    'customers.remove_contact': () => ({ title: t('customers.said.remove_contact') }),
    'customers.ask_pin': about('customers.said.ask_pin'),
    'customers.decide_pin': aboutPin,
    'customers.archive': about('customers.said.archive'),
  },
}
