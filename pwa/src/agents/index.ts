// Agents on the phone: what an agent sees of himself, and staff of their agents.

import type { Domain } from '../core/domain'

export const agents: Domain = {
  name: 'agents',
  stores: { agents: {}, upgrade_requests: {} },
}
