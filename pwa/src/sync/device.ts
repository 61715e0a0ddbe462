// What one replica remembers besides its rows: counters, the outbox, the journal and the issues, with the few moves that keep
// numbers gapless. Pure: a device is never changed in place, a changed copy is returned.

import type { CommandState } from './machine'
import type { Cursors, Decision, Result, SentCommand } from './protocol'

/** A command waiting in the outbox, decided but not yet in a checkpoint, or remembered in the journal. */
export interface Entry extends SentCommand {
  state: CommandState
  /** Place in the order of making; never changes, unlike `number`, which belongs to the replica id. */
  order: number
  sealed_at: number | null
  /** How often it was sent. */
  tries: number
  /** Sequence of the server's decision, once told. */
  seq: number | null
  /** The server's decision, once told. */
  decision: Decision | null
  journalled_at: number | null
}

/** Something that needs the person: a refused command, one that hung on it, or one the server could not run. */
export interface Issue {
  uuid: string
  /** The uuid of the refused command the group hangs on; its own for that one. */
  root: string
  status: 'rejected' | 'quarantined'
  code: string
  detail: unknown
  entry: Entry
  happened_at: number
}

export interface Meta {
  replica: string | null
  prev_replica: string | null
  epoch: string | null
  /** The number the next command gets. */
  next_number: number
  next_order: number
  acked_number: number
  /** Head of the last committed checkpoint. */
  head: number
  /** How many checkpoints were committed here: rows in memory belong to one of them. */
  checkpoint: number
  /** Changes with every page taken and every discarded pull; an answer to an older one is void. */
  gen: number
  cursors: Cursors
  /** Buckets that will be read from zero and swept at the next commit. */
  resetting: string[]
  /** After an epoch change: everything is read from zero, the journal is asked about, nothing is pushed until that is committed. */
  is_recovering: boolean
  /** What the server quarantined: asked about until somebody there has decided it, seen by the person or not. */
  parked: string[]
  /** Forks in a row without any decision in between. */
  forks: number
  /** Feed versions the rows were written with. */
  tables: Record<string, number>
  /** By which name the server knows `tables`; null while it has not told one. */
  tables_name: string | null
  /** How much was known to wait in a store before this one that was cleared; 0 once the person has seen it. */
  lost: number
}

export interface Device {
  meta: Meta
  outbox: ReadonlyMap<string, Entry>
  /** Only what was loaded: all of it while recovering, else what is parked and what was added. */
  journal: ReadonlyMap<string, Entry>
  issues: ReadonlyMap<string, Issue>
}

export const FIRST_META: Meta = {
  replica: null,
  prev_replica: null,
  epoch: null,
  next_number: 1,
  next_order: 1,
  acked_number: 0,
  head: 0,
  checkpoint: 0,
  gen: 1,
  cursors: {},
  resetting: [],
  is_recovering: false,
  parked: [],
  forks: 0,
  tables: {},
  tables_name: null,
  lost: 0,
}

export function newDevice(meta: Partial<Meta> = {}): Device {
  return { meta: { ...FIRST_META, ...meta }, outbox: new Map(), journal: new Map(), issues: new Map() }
}

const OPEN: ReadonlySet<CommandState> = new Set(['queued', 'sealed', 'seen'])

/** Whether the number of this entry still has to be closed on the server. */
export function isOpen(entry: Entry): boolean {
  return OPEN.has(entry.state)
}

/** Entries whose numbers are open, in the order in which they must be pushed. */
export function openEntries(device: Device): Entry[] {
  return [...device.outbox.values()].filter(isOpen).sort((one, other) => one.number - other.number)
}

/** Entries whose effects belong on top of the base, in the order of making. */
export function shownEntries(outbox: Iterable<Entry>): Entry[] {
  return [...outbox].filter((entry) => entry.state !== 'seen').sort((one, other) => one.order - other.order)
}

/** A copy with these outbox entries replaced or added, and those removed. */
export function withOutbox(device: Device, puts: Iterable<Entry>, removes: Iterable<string> = []): Device {
  const outbox = new Map(device.outbox)
  for (const uuid of removes) outbox.delete(uuid)
  for (const entry of puts) outbox.set(entry.uuid, entry)
  return { ...device, outbox }
}

export function withMeta(device: Device, meta: Partial<Meta>): Device {
  return { ...device, meta: { ...device.meta, ...meta } }
}

/**
 * Removes queued entries and closes the gap their numbers leave. Nothing behind a queued entry was ever sent under this replica
 * id, so no number the server may know changes.
 */
export function withoutQueued(device: Device, uuids: ReadonlySet<string>): Device {
  let shift = 0
  const moved: Entry[] = []
  for (const entry of openEntries(device)) {
    if (uuids.has(entry.uuid)) shift += 1
    else if (shift > 0) moved.push({ ...entry, number: entry.number - shift })
  }
  return withMeta(withOutbox(device, moved, uuids), { next_number: device.meta.next_number - shift })
}

/** These entries as the whole outbox, numbered from 1 in the given order, under a replica id the server has never seen. */
export function renumbered(device: Device, entries: readonly Entry[], replica: string): Device {
  const outbox = new Map(entries.map((entry, index) => [entry.uuid, { ...entry, number: index + 1 }]))
  return withMeta(
    { ...device, outbox },
    { replica, prev_replica: device.meta.replica, next_number: entries.length + 1, acked_number: 0 },
  )
}

/** The commands that hang on this one, directly or through others, among the given entries; in the order of making. */
export function dependants(root: string, entries: Iterable<Entry>): Entry[] {
  const group = new Set([root])
  const found: Entry[] = []
  for (const entry of [...entries].sort((one, other) => one.order - other.order)) {
    if (entry.uuid === root || !entry.deps.some((uuid) => group.has(uuid))) continue
    group.add(entry.uuid)
    found.push(entry)
  }
  return found
}

export function issueOf(entry: Entry, root: string, result: Partial<Result>, now: number): Issue {
  return {
    uuid: entry.uuid,
    root,
    status: result.status === 'quarantined' ? 'quarantined' : 'rejected',
    code: result.code ?? 'unknown',
    detail: result.detail ?? null,
    entry: { ...entry, decision: result.status ?? 'rejected', seq: result.seq ?? entry.seq },
    happened_at: now,
  }
}
