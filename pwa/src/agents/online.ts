// What is asked of the server about agents outside a desk: an invitation somebody opened, becoming an agent, who stands below oneself.
// None of it waits in an outbox: whoever registers has none yet.

import { ask, type Page, pathOf } from '../core/api'
import type { components } from '../wire/api'

export type Invited = components['schemas']['Invited']
type Asked = components['schemas']['Registration']
export type Registration = Pick<Asked, 'token' | 'agent_id' | 'name' | 'mobile' | 'password'> & Partial<Asked>
export type DownlineRow = components['schemas']['DownlineRow']

/** What an invitation is for. Raises ApiError. */
export function openInvitation(token: string): Promise<Invited> {
  return ask<Invited>('GET', `/api/agents/invitations/${encodeURIComponent(token)}`)
}

/** Asks to become an agent; the same registration again is the same one. Raises ApiError. */
export async function register(registration: Registration): Promise<void> {
  await ask('POST', '/api/agents/registrations', registration)
}

/** A page of who stands below oneself, by name. Raises ApiError. */
export function downline(after: string | null): Promise<Page<DownlineRow>> {
  return ask<Page<DownlineRow>>('GET', pathOf('/api/agents/downline', { after }))
}
