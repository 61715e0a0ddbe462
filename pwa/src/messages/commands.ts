// The writes of messages from a phone: what was read, and how one wants to be told. All of them may wait in the outbox.

import type { Draft, Effect, EffectMeta } from '../core/domain'
import { dispatch } from '../sync'
import type { Payloads } from '../wire/commands'
import { type Kind, messagesIn, type Settings, settingsIn } from './queries'

type Read = Payloads['messages.read']
type Mute = Payloads['messages.mute']
type Quiet = Payloads['messages.set_quiet_hours']

export function readMessage(id: string): Promise<string> {
  return dispatch('messages.read', { message_ids: [id] } satisfies Read)
}

/** Marks everything told up to a moment, by the server's clock: what comes in meanwhile stays unread. */
export function readUpTo(at: number): Promise<string> {
  return dispatch('messages.read', { up_to: at } satisfies Read)
}

export function mute(kind: Kind, is_muted: boolean): Promise<string> {
  return dispatch('messages.mute', { kind, is_muted } satisfies Mute)
}

/** Minutes of the day; both null for no quiet hours. */
export function setQuietHours(quiet_from: number | null, quiet_until: number | null): Promise<string> {
  return dispatch('messages.set_quiet_hours', { quiet_from, quiet_until } satisfies Quiet)
}

function showRead(draft: Draft, { message_ids = [], up_to }: Read, meta: EffectMeta): void {
  for (const { id, at, read_at } of messagesIn(draft)) {
    if (read_at === null && (message_ids.includes(id) || at <= (up_to ?? -1))) {
      draft.patch('messages', id, { read_at: meta.captured_at })
    }
  }
}

function change(draft: Draft, person_id: string, changed: Partial<Settings>): void {
  draft.put('message_settings', { id: person_id, ...settingsIn(draft, person_id), ...changed })
}

function showMute(draft: Draft, { kind, is_muted }: Mute, { person_id }: EffectMeta): void {
  const others = settingsIn(draft, person_id).muted.filter((one) => one !== kind)
  change(draft, person_id, { muted: is_muted ? [...others, kind].sort() : others })
}

function showQuiet(draft: Draft, args: Quiet, { person_id }: EffectMeta): void {
  change(draft, person_id, { quiet_from: args.quiet_from ?? null, quiet_until: args.quiet_until ?? null })
}

export const effects: Record<string, Effect> = {
  'messages.read': showRead,
  'messages.mute': showMute,
  'messages.set_quiet_hours': showQuiet,
}
