// Receivables on the phone: what customers owe, the money received from them, and the desk's debts.

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
