// The inventory on the phone: what is in stock, and the desk's pages of it.

import { Warehouse } from '@lucide/vue'
import type { Domain } from '../core/domain'

export const inventory: Domain = {
  name: 'inventory',
  routes: [
    {
      path: '/stock',
      name: 'stock',
      component: () => import('./office/StockDeskPage.vue'),
      meta: { title: 'inventory.stock', permission: 'inventory.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [{ route: 'stock', label: 'inventory.stock', icon: Warehouse, permission: 'inventory.see', order: 26 }],
  stores: { warehouses: {}, stocks: { is_packed: true } },
}
