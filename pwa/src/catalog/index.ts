// The catalog on the phone: what is sold, in which packs, and what levels and customers pay; and the desk's pages that keep it.

import { FolderTree, Package, ReceiptText } from '@lucide/vue'
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
    {
      path: '/catalog/products',
      name: 'products',
      component: () => import('./office/ProductsPage.vue'),
      meta: { title: 'catalog.products', permission: 'catalog.keep', is_wide: true, parent: 'me' },
    },
    {
      path: '/catalog/products/:id',
      name: 'product',
      component: () => import('./office/VariantsPage.vue'),
      props: true,
      meta: { title: 'catalog.products', permission: 'catalog.keep', is_wide: true, parent: 'products' },
    },
    {
      path: '/catalog/categories',
      name: 'categories',
      component: () => import('./office/CategoriesPage.vue'),
      meta: { title: 'catalog.goods_categories', permission: 'catalog.keep', is_wide: true, parent: 'me' },
    },
    {
      path: '/catalog/price-lists',
      name: 'price-lists',
      component: () => import('./office/PriceListsPage.vue'),
      meta: { title: 'catalog.price_lists', permission: 'catalog.keep_prices', is_wide: true, parent: 'me' },
    },
    {
      path: '/catalog/price-lists/:id',
      name: 'prices',
      component: () => import('./office/PricesPage.vue'),
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
  stores: {
    categories: {},
    products: { is_packed: true },
    variants: { is_packed: true },
    price_lists: {},
    prices: { is_packed: true },
  },
}
