// Receivables on the phone: what customers owe, the money received from them, and the desk's debts.

import { WalletCards } from '@lucide/vue'
import type { Domain } from '../core/domain'

export const receivables: Domain = {
  name: 'receivables',
  routes: [
    {
      path: '/collections',
      name: 'my-collections',
      component: () => import('./MyCollectionsPage.vue'),
      meta: { title: 'receivables.mine', permission: 'receivables.collect', parent: 'me' },
    },
    {
      path: '/debts',
      name: 'debts',
      component: () => import('./office/DebtsDeskPage.vue'),
      meta: { title: 'receivables.debts', permission: 'receivables.see_debts', is_wide: true, parent: 'me' },
    },
    {
      path: '/statements/:customerId',
      name: 'statement',
      component: () => import('./office/StatementPage.vue'),
      props: true,
      meta: { title: 'receivables.statement', permission: 'receivables.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [
    { route: 'debts', label: 'receivables.debts', icon: WalletCards, permission: 'receivables.see_debts', order: 27 },
  ],
  sections: [
    {
      page: 'customer',
      part: async () => (await import('./sections')).CustomerAccount,
      permission: 'receivables.see',
      order: 5,
    },
    {
      page: 'visit',
      part: async () => (await import('./sections')).VisitCollections,
      permission: 'receivables.see',
      order: 20,
    },
    {
      page: 'me',
      part: async () => (await import('./sections')).MyMoney,
      permission: 'receivables.see',
      order: 10,
    },
  ],
  stores: { accounts: {}, receivable_items: {}, collections: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
}
