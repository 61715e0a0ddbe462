// What screens read of messages: what this person was told, and how he wants to be told.

import type { Ref } from 'vue'
import type { View } from '../core/domain'
import { useLive } from '../sync'
import type { MessageRow, MessageSettingsRow } from '../wire/feeds'

export const KINDS = [
  'approval_wanted',
  'order_moved',
  'customer_assigned',
  'comment',
  'target_reached',
  'command_refused',
] as const
export type Kind = (typeof KINDS)[number]

export interface Message extends Omit<MessageRow, 'args'> {
  args: Record<string, string | number | boolean>
}

/** How somebody wants to be told; minutes of the company's day, both null for no quiet hours. */
export interface Settings {
  muted: readonly string[]
  quiet_from: number | null
  quiet_until: number | null
}

/** All messages of a view, the newest first. */
export function messagesIn(view: View): Message[] {
  return ([...view.all('messages')] as unknown as Message[]).sort((one, other) =>
    one.at === other.at ? (one.id < other.id ? 1 : -1) : other.at - one.at,
  )
}

/** The same, live; null until they have been read. */
export function useMessages(): Readonly<Ref<readonly Message[] | null>> {
  return useLive<readonly Message[] | null>(['messages'], messagesIn, null)
}

/** How many of them are unread. */
export function useUnreadCount(): Readonly<Ref<number>> {
  return useLive(['messages'], (view) => messagesIn(view).filter((one) => one.read_at === null).length, 0)
}

/** How a person wants to be told, as a view holds it; also when he never said. */
export function settingsIn(view: Pick<View, 'get'>, person_id: string): Settings {
  const row = view.get('message_settings', person_id) as MessageSettingsRow | undefined
  return {
    muted: (row?.muted as string[] | undefined) ?? [],
    quiet_from: row?.quiet_from ?? null,
    quiet_until: row?.quiet_until ?? null,
  }
}

/** The same, live; null until it has been read. */
export function useSettings(person_id: () => string): Readonly<Ref<Settings | null>> {
  return useLive<Settings | null>(['message_settings'], (view) => settingsIn(view, person_id()), null)
}
