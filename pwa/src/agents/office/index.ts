// The desk's page of agents.

import { Handshake } from '@lucide/vue'
import type { Desk } from '../../core/domain'

export const desk: Desk = {
  routes: [
    {
      path: '/agents',
      name: 'agents-desk',
      component: () => import('./AgentsDeskPage.vue'),
      meta: { title: 'agents.desk', permission: 'agents.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [
    { route: 'agent-mine', label: 'agents.mine', icon: Handshake, permission: 'agents.be', order: 30 },
    { route: 'agents-desk', label: 'agents.desk', icon: Handshake, permission: 'agents.see', order: 22 },
  ],
}
