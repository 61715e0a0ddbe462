// What is set for visits: steps and holidays.

import { CalendarOff, ListChecks } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/steps',
      name: 'steps',
      component: () => import('./StepsPage.vue'),
      meta: { title: 'visits.steps', permission: 'visits.keep_steps', parent: 'me' },
    },
    {
      path: '/holidays',
      name: 'holidays',
      component: () => import('./HolidaysPage.vue'),
      meta: { title: 'visits.holidays', permission: 'visits.keep_holidays', parent: 'me' },
    },
  ],
  menu: [
    {
      route: 'steps',
      label: 'visits.steps',
      icon: ListChecks,
      permission: 'visits.keep_steps',
      order: 73,
      is_setting: true,
    },
    {
      route: 'holidays',
      label: 'visits.holidays',
      icon: CalendarOff,
      permission: 'visits.keep_holidays',
      order: 74,
      is_setting: true,
    },
  ],
}
