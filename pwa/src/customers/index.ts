// Customers on the phone: search, one customer with contacts and pin, new ones in the field, corrections of pins; and the desk's list.

import { Store } from '@lucide/vue'
import type { Domain } from '../core/domain'
import { lateIcon } from '../core/shell/late_icon'

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
      path: '/customers/classes',
      name: 'classes',
      component: () => import('./office/ClassesPage.vue'),
      meta: { title: 'customers.classes', permission: 'customers.keep_classes', is_wide: true, parent: 'me' },
    },
    {
      path: '/customers/levels',
      name: 'levels',
      component: () => import('./office/LevelsPage.vue'),
      meta: { title: 'customers.levels', permission: 'customers.keep_levels', is_wide: true, parent: 'me' },
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
  menu: [
    { route: 'customers-desk', label: 'customers.desk', icon: Store, permission: 'customers.assign', order: 21 },
    {
      route: 'classes',
      label: 'customers.classes',
      icon: lateIcon('Tags'),
      permission: 'customers.keep_classes',
      order: 70,
      is_setting: true,
    },
    {
      route: 'levels',
      label: 'customers.levels',
      icon: lateIcon('BadgePercent'),
      permission: 'customers.keep_levels',
      order: 71,
      is_setting: true,
    },
  ],
  stores: { customer_classes: {}, price_levels: {}, customers: { is_packed: true }, contacts: {}, customer_pins: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
}
