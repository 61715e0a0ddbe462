// The desk's pages of orders and their places in the side menu.

import { ChartColumn, ClipboardList, Scale } from '@lucide/vue'
import type { Desk } from '../../core/domain'

/** Who works at a desk: those who may see what goods cost us. Everybody else's page of orders is his phone's. */
const AT_A_DESK = 'orders.see_costs'

// In one part: they are opened one after another all day.
const pages = () => import('./pages')

export const desk: Desk = {
  routes: [
    {
      path: '/orders/desk',
      name: 'orders-desk',
      component: async () => (await pages()).OrdersDeskPage,
      meta: { title: 'orders.desk', permission: 'orders.see', is_wide: true, parent: 'me' },
    },
    {
      path: '/orders/delivery-notes',
      name: 'delivery-notes',
      component: async () => (await pages()).DeliveryNotesPage,
      meta: { title: 'orders.delivery_notes', permission: 'orders.see', is_bare: true, parent: 'orders-desk' },
    },
    {
      path: '/orders/figures',
      name: 'order-figures',
      component: async () => (await pages()).FiguresPage,
      meta: { title: 'orders.figures', permission: 'orders.see', is_wide: true, parent: 'me' },
    },
    {
      path: '/orders/policy',
      name: 'order-policy',
      component: async () => (await pages()).PolicyPage,
      meta: { title: 'orders.policy', permission: 'orders.keep_policy', parent: 'me' },
    },
  ],
  menu: [
    { route: 'orders-desk', label: 'orders.desk', icon: ClipboardList, permission: AT_A_DESK, order: 15 },
    { route: 'order-figures', label: 'orders.figures', icon: ChartColumn, permission: AT_A_DESK, order: 16 },
    {
      route: 'order-policy',
      label: 'orders.policy',
      icon: Scale,
      permission: 'orders.keep_policy',
      order: 75,
      is_setting: true,
    },
  ],
}
