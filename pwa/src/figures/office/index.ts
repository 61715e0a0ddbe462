// Rankings for whoever may see them, on a phone and at a desk, and what an administrator decides about them.

import { SlidersHorizontal, Trophy } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/rankings',
      name: 'rankings',
      component: () => import('./RankingsPage.vue'),
      meta: { title: 'figures.rankings', permission: 'figures.see', is_wide: true, parent: 'me' },
    },
    {
      path: '/rankings/policy',
      name: 'figure-policy',
      component: () => import('./FigurePolicyPage.vue'),
      meta: { title: 'figures.policy', permission: 'figures.keep_policy', parent: 'me' },
    },
  ],
  menu: [
    { route: 'rankings', label: 'figures.rankings', icon: Trophy, permission: 'figures.see', order: 17 },
    {
      route: 'figure-policy',
      label: 'figures.policy',
      icon: SlidersHorizontal,
      permission: 'figures.keep_policy',
      order: 76,
      is_setting: true,
    },
  ],
}
