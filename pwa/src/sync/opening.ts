// Opens a person's store with everything the real phone brings: its clock, its network, its locks, its wake-ups. Loaded when
// somebody signs in or is remembered, never for the sign-in screen; index.ts is what the app knows of it.

import type { Domain, Store } from '../core/domain'
import { uuid7 } from '../core/ids'
import { SYSTEM_TIME } from './clock'
import { Engine, type EngineOptions } from './engine'
import { aboutDevice } from './environment'
import { REAL_TIMING } from './loop'
import { DEFAULT_LIMITS } from './phone'
import { fetchTransport } from './transport'
import { xhrSendPart } from './upload'
import type { Effects } from './view'
import { wakeOn } from './wake'

/** Version of this build's command and database formats. */
const SCHEMA = 1

/** What a store needs to know of the domains. */
export interface Gathered {
  domains: readonly Domain[]
  /** The feeds this build understands with their versions. */
  feeds: Readonly<Record<string, number>>
  /** Feeds kept many rows to a record, beside those their domains name. */
  packed: readonly string[]
}

/** A person's store, not yet started. `own` stands in for parts of the real phone. */
export function openPhone(
  personId: string,
  { domains, feeds, packed }: Gathered,
  effects: Effects,
  own: Partial<EngineOptions>,
): Promise<Engine> {
  const stores: Record<string, Store> = Object.assign({}, ...domains.map((domain) => domain.stores ?? {}))
  return Engine.open({
    person_id: personId,
    settings: { schema: SCHEMA, tables: feeds, ...DEFAULT_LIMITS },
    effects,
    isPacked: (table) => packed.includes(table) || (stores[table]?.is_packed ?? false),
    transport: fetchTransport(SYSTEM_TIME.monotonic),
    time: SYSTEM_TIME,
    timing: REAL_TIMING,
    newId: uuid7,
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
    aboutDevice,
    sendPart: xhrSendPart,
    ...(typeof navigator !== 'undefined' && navigator.locks ? { locks: navigator.locks } : {}),
    ...(typeof BroadcastChannel !== 'undefined' ? { channel: (name: string) => new BroadcastChannel(name) } : {}),
    ...own,
  })
}

/** Starts its loop and listens for what wakes it; the answer stops the listening. */
export function startPhone(engine: Engine): () => void {
  engine.start()
  return wakeOn(engine)
}
