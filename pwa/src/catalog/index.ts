// The catalog on the phone: what is sold, in which packs, and what levels and customers pay; and the desk's pages that keep it.

import type { Domain } from '../core/domain'

export const catalog: Domain = {
  name: 'catalog',
  routes: [
    {
      path: '/catalog',
      name: 'catalog',
      component: () => import('./CatalogPage.vue'),
      meta: { title: 'catalog.catalog', parent: '/' },
    },
  ],
  stores: {
    categories: {},
    products: { is_packed: true },
    variants: { is_packed: true },
    price_lists: {},
    prices: { is_packed: true },
  },
}
