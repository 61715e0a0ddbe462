// The desk's pages of customers, their classes and price levels.

import { BadgePercent, Store, Tags } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/customers/desk',
      name: 'customers-desk',
      component: () => import('./CustomersDeskPage.vue'),
      meta: { title: 'customers.desk', permission: 'customers.assign', is_wide: true, parent: 'customers' },
    },
    {
      path: '/customers/classes',
      name: 'classes',
      component: () => import('./ClassesPage.vue'),
      meta: { title: 'customers.classes', permission: 'customers.keep_classes', is_wide: true, parent: 'me' },
    },
    {
      path: '/customers/levels',
      name: 'levels',
      component: () => import('./LevelsPage.vue'),
      meta: { title: 'customers.levels', permission: 'customers.keep_levels', is_wide: true, parent: 'me' },
    },
  ],
  menu: [
    { route: 'customers-desk', label: 'customers.desk', icon: Store, permission: 'customers.assign', order: 21 },
    {
      route: 'classes',
      label: 'customers.classes',
      icon: Tags,
      permission: 'customers.keep_classes',
      order: 70,
      is_setting: true,
    },
    {
      route: 'levels',
      label: 'customers.levels',
      icon: BadgePercent,
      permission: 'customers.keep_levels',
      order: 71,
      is_setting: true,
    },
  ],
}
