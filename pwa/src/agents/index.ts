// Agents on the phone: how one becomes one, what an agent sees of himself, and the desk's list of them.

import type { Domain } from '../core/domain'

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
  ],
  stores: { agents: {}, upgrade_requests: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./descriptions')).DESCRIPTIONS,
}
