// What the badge in the header shows of synchronisation. The sync half provides it; the shell only reads it.

import { type InjectionKey, inject, type Ref, readonly, ref } from 'vue'

export interface SyncState {
  /** Commands kept on this phone, not yet on their way. */
  waiting: number
  /** Commands on their way right now. */
  sending: number
  /** Pictures whose bytes the company does not have yet. */
  photos_waiting: number
  /** Commands that need the person: refused by a rule. */
  refused: number
  /** The last answer of the server, epoch milliseconds; null before the first one. */
  last_contact_at: number | null
  is_online: boolean
  /** False between persons and until the store is open: the figures then say nothing. */
  is_known: boolean
}

export const SYNC_STATE: InjectionKey<Readonly<Ref<SyncState>>> = Symbol('sync state')

const quiet = readonly(
  ref<SyncState>({
    waiting: 0,
    sending: 0,
    photos_waiting: 0,
    refused: 0,
    last_contact_at: null,
    is_online: true,
    is_known: false,
  }),
)

/** The state of synchronisation; quiet where nothing provides it. */
export function useSyncState(): Readonly<Ref<SyncState>> {
  return inject(SYNC_STATE, quiet)
}
