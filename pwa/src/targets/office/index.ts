// Targets for whoever may see them, on a phone and at a desk: how far everybody is, and what everybody is to reach.

import { Target } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/targets',
      name: 'targets',
      component: () => import('./TargetsPage.vue'),
      meta: { title: 'targets.targets', permission: 'targets.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [{ route: 'targets', label: 'targets.targets', icon: Target, permission: 'targets.see', order: 18 }],
}
