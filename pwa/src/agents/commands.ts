// Every write of agents from a phone: invitations, one's own shipping profile, asking for another level. Deciding about agents is
// office/'s, online.

import type { Draft, Effect } from '../core/domain'
import { uuid7 } from '../core/ids'
import { dispatch } from '../sync'
import type { Payloads } from '../wire/commands'
import type { AgentRow, UpgradeRequestRow } from '../wire/feeds'
import { type Link, linkOf, newToken, tokenHash } from './invitation_link'

type SetProfile = Payloads['agents.set_profile']
type AskUpgrade = Payloads['agents.ask_upgrade']
export type Profile = Partial<SetProfile['profile']>

const DAY = 86_400_000

/** What an invitation is made with; what is left out is the inviter's own. */
export interface Invitation {
  uses: number
  days: number
  note: string
  price_level_id?: string | null
  territory_id?: string | null
  upline_id?: string | null
}

/** Makes an invitation and answers its link, which is good as soon as the invitation has reached the company. */
export async function invite(asked: Invitation): Promise<Link> {
  const token = newToken()
  const { days, ...rest } = asked
  const expires_at = Date.now() + days * DAY
  const uuid = await dispatch('agents.invite', {
    invitation_id: uuid7(),
    token_hash: await tokenHash(token),
    ...rest,
    expires_at,
  } satisfies Payloads['agents.invite'])
  return { url: linkOf(token), expires_at, uuid }
}

export async function setProfile(profile: Profile): Promise<void> {
  await dispatch('agents.set_profile', { profile })
}

export async function askUpgrade(price_level_id: string, reason: string): Promise<void> {
  await dispatch('agents.ask_upgrade', { request_id: uuid7(), price_level_id, reason } satisfies AskUpgrade)
}

/** The acting person's own row. */
function ownOf(draft: Draft, person_id: string): AgentRow | undefined {
  return draft.where('agents', 'person_id', person_id)[0] as AgentRow | undefined
}

const setProfileEffect: Effect = (draft, args: SetProfile, meta) => {
  const own = ownOf(draft, meta.person_id)
  if (own) draft.patch('agents', own.id, { profile: args.profile })
}

const askUpgradeEffect: Effect = (draft, args: AskUpgrade, meta) => {
  const own = ownOf(draft, meta.person_id)
  if (!own) return
  draft.put('upgrade_requests', {
    id: args.request_id,
    agent_id: own.id,
    price_level_id: args.price_level_id,
    reason: args.reason?.trim() ?? '',
    state: 'asked',
    asked_at: meta.captured_at,
    decided_at: null,
    decision_reason: '',
  } satisfies UpgradeRequestRow)
}

export const effects: Record<string, Effect> = {
  // Invitations are in no feed: what is known of one is its link, on the screen that made it.
  'agents.invite': () => {},
  'agents.set_profile': setProfileEffect,
  'agents.ask_upgrade': askUpgradeEffect,
}
