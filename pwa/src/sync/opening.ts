// Opens a person's store as far as the screens need it to draw their rows. Loaded when somebody signs in or is remembered, never for the
// sign-in screen; the rest is in running.ts, index.ts is what the app knows of both.

import type { Domain, Store } from '../core/domain'
import { uuid7 } from '../core/ids'
import { FEED_VERSIONS, PACKED_FEEDS } from '../wire/feeds'
import { SYSTEM_TIME } from './clock'
import { LateEffects } from './late_effects'
import { Memory, type MemoryOptions } from './memory'

/** What a store needs to know of the domains. */
export interface Gathered {
  domains: readonly Domain[]
  /** The feeds this build understands with their versions. */
  feeds: Readonly<Record<string, number>>
  /** Feeds kept many rows to a record, beside those their domains name. */
  packed: readonly string[]
}

export const OF_THIS_BUILD = { feeds: FEED_VERSIONS, packed: PACKED_FEEDS }

/** How a person's store is opened on the real phone; `own` stands in for parts of it. */
export function memoryOptions(
  personId: string,
  { domains, packed }: Gathered,
  own: Partial<MemoryOptions>,
): MemoryOptions {
  const stores: Record<string, Store> = Object.assign({}, ...domains.map((domain) => domain.stores ?? {}))
  return {
    person_id: personId,
    effects: new LateEffects(domains),
    isPacked: (table) => packed.includes(table) || (stores[table]?.is_packed ?? false),
    time: SYSTEM_TIME,
    newId: uuid7,
    ...(typeof BroadcastChannel !== 'undefined' ? { channel: (name: string) => new BroadcastChannel(name) } : {}),
    ...own,
  }
}

export function openMemory(options: MemoryOptions): Promise<Memory> {
  return Memory.open(options)
}
