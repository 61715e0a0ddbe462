// Sets an open store to work with everything the real phone brings: its network, its locks, its wake-ups. Loaded once the rows are on
// the screen; index.ts is what the app knows of it.

import { Engine, type EngineOptions } from './engine'
import { aboutDevice } from './environment'
import { cookieKeepsake } from './keepsake'
import { REAL_TIMING } from './loop'
import type { Memory, MemoryOptions } from './memory'
import { DEFAULT_LIMITS } from './phone'
import { fetchTransport } from './transport'
import { xhrSendPart } from './upload'
import { wakeOn } from './wake'

/** Version of this build's command and database formats. */
const SCHEMA = 1

/** The engine of an open store, not yet started. `own` stands in for parts of the real phone. */
export function openEngine(
  memory: Memory,
  options: MemoryOptions,
  feeds: Readonly<Record<string, number>>,
  own: Partial<EngineOptions>,
): Promise<Engine> {
  const real: EngineOptions = {
    ...options,
    settings: { schema: SCHEMA, tables: feeds, ...DEFAULT_LIMITS },
    transport: fetchTransport(options.time.monotonic),
    timing: REAL_TIMING,
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
    aboutDevice,
    sendPart: xhrSendPart,
    keepsake: cookieKeepsake(options.person_id),
    ...(typeof navigator !== 'undefined' && navigator.locks ? { locks: navigator.locks } : {}),
    ...own,
  }
  return Engine.open(real, memory)
}

/** Starts its loop and listens for what wakes it; the answer stops the listening. */
export function startPhone(engine: Engine): () => void {
  engine.start()
  return wakeOn(engine)
}
