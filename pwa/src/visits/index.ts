// Visits as the app sees them: today's round, the visit page, routes, the team for managers, and what an administrator sets for them.

import { CalendarDays, UsersRound } from '@lucide/vue'
import { watch } from 'vue'
import { may } from '../core/access'
import type { Domain } from '../core/domain'
import { tellHistory } from '../customers/history'
import { isOpen } from '../sync'
import { HISTORY } from './customer_history'

export const visits: Domain = {
  name: 'visits',
  routes: [
    {
      path: '/today',
      name: 'today',
      component: () => import('./TodayPage.vue'),
      meta: { title: 'core.tab.today', permission: 'visits.do' },
    },
    {
      path: '/visits/:id',
      name: 'visit',
      component: () => import('./VisitPage.vue'),
      meta: { title: 'visits.visit', parent: 'today' },
    },
    {
      path: '/routes',
      name: 'routes',
      component: () => import('./RoutesPage.vue'),
      meta: { title: 'visits.routes', permission: 'visits.plan', parent: 'today' },
    },
    {
      path: '/routes/:id',
      name: 'route',
      component: () => import('./RoutePage.vue'),
      meta: { title: 'visits.route', permission: 'visits.plan', parent: 'routes' },
    },
    {
      path: '/team',
      name: 'team',
      component: () => import('./TeamPage.vue'),
      meta: { title: 'core.tab.team', permission: 'visits.see_team', is_wide: true },
    },
    {
      path: '/team/:personId/:day',
      name: 'team-day',
      component: () => import('./TeamDayPage.vue'),
      meta: { title: 'visits.team.day', permission: 'visits.see_team', parent: 'team' },
    },
  ],
  tabs: [
    { route: 'today', label: 'core.tab.today', icon: CalendarDays, permission: 'visits.do', order: 10 },
    { route: 'team', label: 'core.tab.team', icon: UsersRound, permission: 'visits.see_team', order: 30 },
  ],
  async home() {
    if (!may('visits.see_team')) return null
    const { hasOwnRoutes } = await import('./queries/home')
    return (await hasOwnRoutes()) ? null : 'team'
  },
  sections: [
    { page: 'customer', part: async () => (await import('./CustomerFollowUps.vue')).default, order: 10 },
    { page: 'customer', part: async () => (await import('./CustomerVisits.vue')).default, order: 20 },
  ],
  effects: async () => (await import('./commands')).EFFECTS,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
  start() {
    tellHistory(HISTORY)
    // A page that died while a picture was being shrunk left it half done, whichever page is opened next.
    watch(isOpen, (open) => {
      // Whoever signs out meanwhile finds them when he signs in again.
      if (open) import('./photos/shots').then(({ resumeShots }) => resumeShots()).catch(() => {})
    })
  },
}
