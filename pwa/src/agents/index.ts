// Agents on the phone: how one becomes one, what an agent sees of himself, and the desk's list of them.

import type { Domain } from '../core/domain'
import { lateIcon } from '../core/shell/late_icon'

export const agents: Domain = {
  name: 'agents',
  routes: [
    {
      path: '/join/:token',
      name: 'join',
      component: () => import('./JoinPage.vue'),
      props: true,
      meta: { title: 'agents.join', is_public: true, is_bare: true },
    },
    {
      path: '/agents/mine',
      name: 'agent-mine',
      component: () => import('./MyAgentPage.vue'),
      meta: { title: 'agents.mine', permission: 'agents.be', parent: 'me' },
    },
    {
      path: '/agents',
      name: 'agents-desk',
      component: () => import('./office/AgentsDeskPage.vue'),
      meta: { title: 'agents.desk', permission: 'agents.see', is_wide: true, parent: 'me' },
    },
  ],
  menu: [
    { route: 'agent-mine', label: 'agents.mine', icon: lateIcon('Handshake'), permission: 'agents.be', order: 30 },
    { route: 'agents-desk', label: 'agents.desk', icon: lateIcon('Handshake'), permission: 'agents.see', order: 22 },
  ],
  stores: { agents: {}, upgrade_requests: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
}
