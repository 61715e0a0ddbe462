// The desk's pages of goods and prices.

import { FolderTree, Package, ReceiptText } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/catalog/products',
      name: 'products',
      component: () => import('./ProductsPage.vue'),
      meta: { title: 'catalog.products', permission: 'catalog.keep', is_wide: true, parent: 'me' },
    },
    {
      path: '/catalog/products/:id',
      name: 'product',
      component: () => import('./VariantsPage.vue'),
      props: true,
      meta: { title: 'catalog.products', permission: 'catalog.keep', is_wide: true, parent: 'products' },
    },
    {
      path: '/catalog/categories',
      name: 'categories',
      component: () => import('./CategoriesPage.vue'),
      meta: { title: 'catalog.goods_categories', permission: 'catalog.keep', is_wide: true, parent: 'me' },
    },
    {
      path: '/catalog/price-lists',
      name: 'price-lists',
      component: () => import('./PriceListsPage.vue'),
      meta: { title: 'catalog.price_lists', permission: 'catalog.keep_prices', is_wide: true, parent: 'me' },
    },
    {
      path: '/catalog/price-lists/:id',
      name: 'prices',
      component: () => import('./PricesPage.vue'),
      props: true,
      meta: {
        title: 'catalog.prices_of_list',
        permission: 'catalog.keep_prices',
        is_wide: true,
        parent: 'price-lists',
      },
    },
  ],
  menu: [
    { route: 'products', label: 'catalog.products', icon: Package, permission: 'catalog.keep', order: 24 },
    {
      route: 'price-lists',
      label: 'catalog.price_lists',
      icon: ReceiptText,
      permission: 'catalog.keep_prices',
      order: 25,
    },
    {
      route: 'categories',
      label: 'catalog.goods_categories',
      icon: FolderTree,
      permission: 'catalog.keep',
      order: 72,
      is_setting: true,
    },
  ],
}
