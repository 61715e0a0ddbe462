// The desk's page of stock.

import { Warehouse } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/stock',
      name: 'stock',
      component: () => import('./StockDeskPage.vue'),
      meta: { title: 'inventory.stock', permission: 'inventory.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [{ route: 'stock', label: 'inventory.stock', icon: Warehouse, permission: 'inventory.see', order: 26 }],
}
