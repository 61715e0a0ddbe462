// The desk's pages of people, territories, phones and stuck work.

import { MapPinned, Smartphone, TriangleAlert, Users } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/people',
      name: 'people',
      component: () => import('./PeoplePage.vue'),
      meta: { title: 'identity.people', permission: 'identity.see_people', is_wide: true, parent: 'me' },
    },
    {
      path: '/territories',
      name: 'territories',
      component: () => import('./TerritoriesPage.vue'),
      meta: { title: 'identity.territories', permission: 'identity.see_people', is_wide: true, parent: 'me' },
    },
    {
      path: '/phones',
      name: 'phones',
      component: () => import('./PhonesPage.vue'),
      meta: { title: 'identity.phones', permission: 'identity.keep_phones', is_wide: true, parent: 'me' },
    },
    {
      path: '/stuck',
      name: 'stuck',
      component: () => import('./StuckPage.vue'),
      meta: { title: 'identity.stuck', permission: 'sync.see_commands', is_wide: true, parent: 'me' },
    },
  ],
  menu: [
    {
      route: 'people',
      label: 'identity.people',
      icon: Users,
      permission: 'identity.see_people',
      order: 80,
      is_setting: true,
    },
    {
      route: 'territories',
      label: 'identity.territories',
      icon: MapPinned,
      permission: 'identity.see_people',
      order: 81,
      is_setting: true,
    },
    {
      route: 'phones',
      label: 'identity.phones',
      icon: Smartphone,
      permission: 'identity.keep_phones',
      order: 82,
      is_setting: true,
    },
    {
      route: 'stuck',
      label: 'identity.stuck',
      icon: TriangleAlert,
      permission: 'sync.see_commands',
      order: 83,
      is_setting: true,
    },
  ],
}
