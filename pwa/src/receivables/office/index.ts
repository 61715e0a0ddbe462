// The desk's pages of debts and statements.

import { WalletCards } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/debts',
      name: 'debts',
      component: () => import('./DebtsDeskPage.vue'),
      meta: { title: 'receivables.debts', permission: 'receivables.see_debts', is_wide: true, parent: 'me' },
    },
    {
      path: '/statements/:customerId',
      name: 'statement',
      component: () => import('./StatementPage.vue'),
      props: true,
      meta: { title: 'receivables.statement', permission: 'receivables.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [
    { route: 'debts', label: 'receivables.debts', icon: WalletCards, permission: 'receivables.see_debts', order: 27 },
  ],
}
