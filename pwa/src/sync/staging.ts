// An unfinished pull: what to ask next, what an answer means, and how the last page becomes a checkpoint. Pure; the store keeps the
// staging and commits in one transaction what `committed` returns.

import type { Staged } from './base'
import { acknowledged, questions, recovered, recovering, withoutOrphans } from './core'
import { type Device, withMeta } from './device'
import type { Cursors, PullAnswer, PullPage, PullRequest, Result } from './protocol'

/** Pages already taken under `gen` (which moves with each of them), and where reading goes on. */
export interface Staging extends Staged {
  gen: number
  cursors: Cursors
  /** Answers by uuid gathered while recovering; otherwise only the last page's answers count. */
  results: readonly Result[]
  /** The uuids the server was asked about while recovering. */
  asked: readonly string[]
  /** The server said there is nothing more to read at `last`. */
  last: Pick<PullPage, 'head' | 'last_number' | 'results' | 'digest'> | null
}

export const ASK_LIMIT = 200

export function newStaging(device: Device): Staging {
  const { gen, cursors, resetting } = device.meta
  return { gen, cursors, results: [], asked: [], last: null, pages: [], cuts: {}, drops: [], sweeps: resetting }
}

export interface PullSettings {
  schema: number
  tables: Record<string, number>
  limit: { rows: number; bytes: number }
  priority?: string[]
  want_digest?: boolean
}

/** The next request of this pull. More questions than fit are put in slices, one slice a page. */
export function pullRequest(device: Device, staging: Staging, settings: PullSettings): PullRequest | null {
  const { meta } = device
  if (meta.replica === null || meta.epoch === null) return null
  return {
    proto: 1,
    epoch: meta.epoch,
    replica: meta.replica,
    gen: meta.gen,
    schema: settings.schema,
    tables: meta.tables_name ?? settings.tables,
    cursors: staging.cursors,
    resetting: [...staging.sweeps].sort(),
    acked_number: meta.acked_number,
    ask: asks(device, staging),
    limit: settings.limit,
    ...(settings.priority ? { priority: settings.priority } : {}),
    ...(settings.want_digest ? { want_digest: true } : {}),
  }
}

function asks(device: Device, staging: Staging): string[] {
  const all = questions(device)
  if (all.length <= ASK_LIMIT) return all
  const asked = new Set(staging.asked)
  return all.filter((uuid) => !asked.has(uuid)).slice(0, ASK_LIMIT)
}

/** Whether every command the server may ever have seen was asked about. */
function isAllAsked(device: Device, asked: readonly string[]): boolean {
  const known = new Set(asked)
  return questions(device).every((uuid) => known.has(uuid) || device.outbox.get(uuid)?.state === 'queued')
}

export type PageOutcome =
  /** Another page is needed. */
  | { kind: 'more'; device: Device; staging: Staging }
  /** Everything is here: commit. */
  | { kind: 'ready'; device: Device; staging: Staging }
  /** An answer to a question nobody asks any more. */
  | { kind: 'stale' }
  /** The server does not know the name of this build's tables: the same again, with the list. */
  | { kind: 'unnamed'; device: Device }
  /** The server's history is another one; a new pull from zero begins. */
  | { kind: 'recovering'; device: Device; because: string }

/**
 * Takes one answer. `sent` is the request it belongs to; anything that does not fit the present generation is void, so that a late
 * or doubled page can never continue from rows that were thrown away.
 */
export function pageTaken(device: Device, staging: Staging, sent: PullRequest, answer: PullAnswer): PageOutcome {
  const { meta } = device
  if (answer.gen !== meta.gen || staging.gen !== meta.gen || sent.gen !== meta.gen) return { kind: 'stale' }
  if ('refused' in answer && answer.refused === 'tables') {
    return { kind: 'unnamed', device: withMeta(device, { tables_name: null }) }
  }
  if ('refused' in answer || answer.epoch !== meta.epoch) {
    return { kind: 'recovering', device: recovering(device, answer.epoch), because: 'epoch' }
  }
  // Within one epoch nothing goes back. If it does, a backup was restored and nobody rotated the epoch.
  if (!meta.is_recovering && (answer.head < meta.head || answer.last_number < meta.acked_number)) {
    return { kind: 'recovering', device: recovering(device, answer.epoch), because: 'went_back' }
  }
  const taken = withMeta(device, { gen: meta.gen + 1, tables_name: answer.tables ?? meta.tables_name })
  const index = staging.pages.length
  const cuts = { ...staging.cuts }
  for (const bucket of [...answer.drop, ...answer.restarted]) cuts[bucket] = index
  const cursors: Cursors = { ...staging.cursors }
  for (const bucket of answer.drop) delete cursors[bucket]
  Object.assign(cursors, answer.cursors)
  const asked = meta.is_recovering ? [...new Set([...staging.asked, ...sent.ask])] : []
  const after: Staging = {
    gen: taken.meta.gen,
    cursors,
    cuts,
    drops: [...new Set([...staging.drops, ...answer.drop])],
    sweeps: [...new Set([...staging.sweeps, ...answer.reset])],
    pages: [...staging.pages, { rows: answer.rows, entries: answer.entries, buckets: answer.buckets }],
    results: meta.is_recovering ? [...staging.results, ...answer.results] : [],
    asked,
    last: answer.more
      ? null
      : {
          head: answer.head,
          last_number: answer.last_number,
          results: answer.results,
          ...(answer.digest ? { digest: answer.digest } : {}),
        },
  }
  const isReady = after.last !== null && (!meta.is_recovering || isAllAsked(device, asked))
  return { kind: isReady ? 'ready' : 'more', device: taken, staging: after }
}

/**
 * The device at the checkpoint. The rows are changed by `deltaOf` in the same transaction; an applied command leaves the overlay
 * exactly here, where the rows that contain it arrive.
 */
export function committed(
  device: Device,
  staging: Staging,
  tables: Record<string, number>,
  now: number,
  newReplica: () => string,
): Device {
  const { last } = staging
  if (!last || staging.gen !== device.meta.gen) throw new Error('a pull is committed only once it is complete')
  let after = withMeta(device, {
    head: last.head,
    cursors: staging.cursors,
    resetting: [],
    acked_number: last.last_number,
    checkpoint: device.meta.checkpoint + 1,
    tables,
  })
  if (device.meta.is_recovering) {
    const results = new Map([...staging.results, ...last.results].map((result) => [result.uuid, result]))
    after = recovered(after, results, now, newReplica())
  } else {
    const entries = [...device.outbox.values()].sort((one, other) => one.number - other.number)
    const asked = [...entries.map((entry) => entry.uuid), ...device.meta.parked]
    const results = new Map(last.results.map((result) => [result.uuid, result]))
    for (const uuid of asked) {
      const result = results.get(uuid)
      if (result) after = acknowledged(after, result, last.last_number, now)
    }
  }
  return withoutOrphans(after, now)
}

/** Throws a half-finished pull away. The generation moves, or a late page would continue from rows that are gone. */
export function pullDiscarded(device: Device): Device {
  return withMeta(device, { gen: device.meta.gen + 1 })
}

/** From the next pull on these buckets are read from zero and swept; without a list, everything is. */
export function resetting(device: Device, buckets: readonly string[]): Device {
  const cursors: Cursors = { ...device.meta.cursors }
  for (const bucket of buckets) delete cursors[bucket]
  return withMeta(device, {
    cursors,
    resetting: [...new Set([...device.meta.resetting, ...buckets])],
    gen: device.meta.gen + 1,
  })
}

/**
 * The device for a build that understands these feeds. Had another build read, or begun to, every bucket is read anew and swept; the
 * old rows stay on the screen until then.
 */
export function understanding(device: Device, tables: Readonly<Record<string, number>>): Device {
  const { meta } = device
  if (Object.keys({ ...meta.tables, ...tables }).every((table) => meta.tables[table] === tables[table])) return device
  return withMeta(resetting(device, Object.keys(meta.cursors)), { tables: { ...tables }, tables_name: null })
}
