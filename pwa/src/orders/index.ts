// Orders on the phone: carts, placing them, and what became of them.

import { ClipboardList } from '@lucide/vue'
import type { Domain } from '../core/domain'

export const orders: Domain = {
  name: 'orders',
  routes: [
    {
      path: '/orders',
      name: 'orders',
      component: () => import('./OrdersPage.vue'),
      meta: { title: 'core.tab.orders', permission: 'orders.see' },
    },
    {
      // Where somebody begins to order for a customer; with a visit the order belongs to it.
      path: '/orders/for/:customerId',
      name: 'order-for',
      component: () => import('./ShopPage.vue'),
      meta: { permission: 'orders.place', parent: 'orders' },
      beforeEnter: async ({ params, query }) => {
        const { openCart } = await import('./carts')
        const id = await openCart(String(params.customerId), query.visit ? String(query.visit) : null)
        return { name: 'shop', params: { id } }
      },
    },
    {
      path: '/orders/carts/:id',
      name: 'cart',
      component: () => import('./CartPage.vue'),
      props: true,
      meta: { title: 'orders.cart', permission: 'orders.place', parent: 'orders' },
    },
    {
      path: '/orders/carts/:id/goods',
      name: 'shop',
      component: () => import('./ShopPage.vue'),
      props: true,
      meta: { title: 'orders.goods', permission: 'orders.place', parent: 'orders' },
    },
    {
      path: '/orders/carts/:id/delivery',
      name: 'checkout',
      component: () => import('./CheckoutPage.vue'),
      props: true,
      meta: { title: 'orders.delivery', permission: 'orders.place', parent: 'orders' },
    },
    {
      // One sheet with many recipients, each an order.
      path: '/orders/sheet/:customerId',
      name: 'order-sheet',
      component: () => import('./SheetPage.vue'),
      props: true,
      meta: { title: 'orders.sheet', permission: 'orders.place', parent: 'orders' },
    },
    {
      path: '/orders/:id(.{36})',
      name: 'order',
      component: () => import('./OrderPage.vue'),
      props: true,
      meta: { title: 'orders.order', permission: 'orders.see', parent: 'orders' },
    },
  ],
  tabs: [{ route: 'orders', label: 'core.tab.orders', icon: ClipboardList, permission: 'orders.see', order: 25 }],
  sections: [
    {
      page: 'customer',
      part: async () => (await import('./CustomerOrders.vue')).default,
      permission: 'orders.see',
      order: 10,
    },
    {
      page: 'visit',
      part: async () => (await import('./VisitOrders.vue')).default,
      permission: 'orders.see',
      order: 10,
    },
  ],
  stores: {
    order_policy: {},
    orders: {},
    order_lines: {},
    order_moves: {},
    order_returns: {},
    order_return_lines: {},
  },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
}
