// Customers on the phone: search, one customer with contacts and pin, new ones in the field, corrections of pins; and the desk's list.

import { Store } from '@lucide/vue'
import type { Domain } from '../core/domain'

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
      path: '/customers/:id(.{36})',
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
  stores: { customer_classes: {}, price_levels: {}, customers: { is_packed: true }, contacts: {}, customer_pins: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
}
