// What becomes of the outbox on its way to the server: commands sealed into a push, answered, refused, renumbered, recovered. Pure
// functions from a device to a device; moments and ids come in as arguments. What the person does to it is in outbox.ts, rows and
// pages are in staging.ts.

import {
  type Device,
  type Entry,
  type Issue,
  issueOf,
  openEntries,
  renumbered,
  withMeta,
  withOutbox,
  withoutQueued,
} from './device'
import { next } from './machine'
import { bytesOf, type PushAnswer, type Result } from './protocol'

export interface Batch {
  device: Device
  commands: Entry[]
}

/**
 * The next commands to push, sealed: once they are in a request their payload stands for ever. Null when there is nothing to
 * push or pushing has to wait for a recovery. `bytes` bounds the args together; one command is always taken.
 */
export function sealed(device: Device, limit: { items: number; bytes: number }, now: number): Batch | null {
  if (device.meta.is_recovering || device.meta.replica === null || device.meta.epoch === null) return null
  const commands: Entry[] = []
  let bytes = 0
  for (const entry of openEntries(device)) {
    bytes += bytesOf(entry.args) + 400
    if (commands.length > 0 && (commands.length >= limit.items || bytes > limit.bytes)) break
    const state = next(entry.state, 'seal') ?? entry.state
    commands.push({ ...entry, state, sealed_at: entry.sealed_at ?? now, tries: entry.tries + 1 })
  }
  return commands.length > 0 ? { device: withOutbox(device, commands), commands } : null
}

/** One answer of a push, matched by uuid: the number is closed. Only a checkpoint ends the effect of an applied command. */
function settled(device: Device, result: Result, now: number): Device {
  const entry = device.outbox.get(result.uuid)
  if (!entry) return device
  const state = next(entry.state, result.status) ?? entry.state
  const told: Entry = { ...entry, state, seq: result.seq, decision: result.status }
  if (state === 'applied') return withOutbox(device, [told])
  const after = withOutbox(device, [], [entry.uuid])
  return state === 'gone' ? after : filed(after, told, result, now)
}

/** Puts a decided command where it belongs: refusals before the person, everything else into the journal. */
function filed(device: Device, entry: Entry, result: Pick<Result, 'status'> & Partial<Result>, now: number): Device {
  const journal = new Map(device.journal)
  const issues = new Map(device.issues)
  journal.delete(entry.uuid)
  issues.delete(entry.uuid)
  const others = device.meta.parked.filter((uuid) => uuid !== entry.uuid)
  const parked = result.status === 'quarantined' ? [...others, entry.uuid] : others
  const told: Entry = { ...entry, seq: result.seq ?? entry.seq, decision: result.status }
  if (result.status !== 'rejected') journal.set(entry.uuid, { ...told, state: 'journal', journalled_at: now })
  if (result.status !== 'applied') issues.set(entry.uuid, issueOf(told, rootOf(entry, issues), result, now))
  return withMeta({ ...device, journal, issues }, { parked })
}

function rootOf(entry: Entry, issues: ReadonlyMap<string, Issue>): string {
  for (const uuid of entry.deps) {
    const parent = issues.get(uuid)
    if (parent?.status === 'rejected') return parent.root
  }
  return entry.uuid
}

/** What hangs on a refused command and was never sent goes before the person with it, as a group. */
export function withoutOrphans(device: Device, now: number): Device {
  const refused = new Set([...device.issues.values()].filter((one) => one.status === 'rejected').map((one) => one.uuid))
  if (refused.size === 0) return device
  const lost = new Set<string>()
  let after = device
  for (const entry of openEntries(device)) {
    if (next(entry.state, 'orphaned') !== 'issue' || !entry.deps.some((uuid) => refused.has(uuid))) continue
    refused.add(entry.uuid)
    lost.add(entry.uuid)
    after = filed(after, entry, { status: 'rejected', code: 'dependency' }, now)
  }
  return lost.size > 0 ? withoutQueued(after, lost) : device
}

/**
 * A decision read from a pull whose checkpoint is being committed: matched by uuid, never by number. While the number is still
 * open (it was decided under another replica id) the entry stays to be pushed, without its effect on the screen.
 */
export function acknowledged(device: Device, result: Result, lastNumber: number, now: number): Device {
  const entry = device.outbox.get(result.uuid)
  if (!entry) return heardLate(device, result, now)
  const isClosed = entry.number <= lastNumber
  const event = !isClosed ? 'decided_elsewhere' : result.status === 'rejected' ? 'refused' : 'kept'
  const state = next(entry.state, event) ?? entry.state
  const told: Entry = { ...entry, seq: result.seq, decision: result.status, state }
  const after = entry.state === 'seen' ? device : filed(device, told, result, now)
  return isClosed ? withOutbox(after, [], [entry.uuid]) : withOutbox(after, [told])
}

/** What the server had quarantined was replayed or refused there since. */
function heardLate(device: Device, result: Result, now: number): Device {
  const entry = device.journal.get(result.uuid)
  if (entry?.decision !== 'quarantined' || result.status === 'quarantined') return device
  return filed(device, entry, result, now)
}

export type PushOutcome =
  | { kind: 'done' }
  | { kind: 'wait'; after_ms: number | null }
  | { kind: 'forked' }
  | { kind: 'recovering'; because: string }
  | { kind: 'stale' }

export interface Answered {
  device: Device
  outcome: PushOutcome
}

/**
 * The answer to a push. `sent` says under which replica and epoch it was asked: an answer to another one says nothing about us.
 * `newReplica` is asked when this replica id turns out to be shared.
 */
export function pushAnswered(
  device: Device,
  sent: { replica: string; epoch: string },
  answer: PushAnswer,
  now: number,
  newReplica: () => string,
): Answered {
  const { meta } = device
  if (sent.replica !== meta.replica || sent.epoch !== meta.epoch || meta.is_recovering) {
    return { device, outcome: { kind: 'stale' } }
  }
  let after = device
  for (const result of answer.results) after = settled(after, result, now)
  after = withoutOrphans(after, now)
  if (answer.results.length > 0) after = withMeta(after, { forks: 0 })
  if (answer.epoch !== meta.epoch || answer.stop?.reason === 'epoch') {
    return { device: recovering(after, answer.epoch), outcome: { kind: 'recovering', because: 'epoch' } }
  }
  switch (answer.stop?.reason) {
    case 'forked':
      return { device: forked(after, newReplica(), now), outcome: { kind: 'forked' } }
    case 'gap':
      // The server lacks a number it had decided: restored, and nobody said so.
      return { device: recovering(after, answer.epoch), outcome: { kind: 'recovering', because: 'gap' } }
    case 'retry':
    case 'dependency_wait':
      return { device: after, outcome: { kind: 'wait', after_ms: answer.stop.retry_after_ms ?? null } }
    default:
      return { device: after, outcome: { kind: 'done' } }
  }
}

/**
 * Another phone uses this replica id (cloned storage): go on under a new one, with the same uuids, and void the half-finished
 * pull. A second fork without a decision in between means the first command itself clashes (the server holds another version
 * of it): it is handed to the person.
 */
export function forked(device: Device, newReplica: string, now: number): Device {
  let after = withMeta(device, { forks: device.meta.forks + 1, gen: device.meta.gen + 1 })
  const first = openEntries(after)[0]
  if (first && after.meta.forks > 1) {
    after = withMeta(withOutbox(after, [], [first.uuid]), { forks: 0 })
    after = withoutOrphans(filed(after, first, { status: 'rejected', code: 'sync.sent_by_a_copy' }, now), now)
  }
  const pending = [...after.outbox.values()].sort((one, other) => one.number - other.number)
  return renumbered(
    after,
    pending.map((entry) => ({ ...entry, state: next(entry.state, 'renumbered') ?? entry.state })),
    newReplica,
  )
}

/**
 * The server's history is not the one we know: read everything from zero, ask by uuid what it still has, push nothing before.
 * The old rows stay on the screen meanwhile; the half-finished pull is void, hence the new `gen`.
 */
export function recovering(device: Device, epoch: string): Device {
  return withMeta(device, {
    epoch,
    gen: device.meta.gen + 1,
    cursors: {},
    resetting: [],
    is_recovering: true,
    forks: 0,
  })
}

/**
 * The end of a recovery, at its checkpoint: `results` is all the server knows of what was asked. Unknown commands, also those
 * decided long ago, are pushed again in the order of making, never under the old replica id: another phone may have used its
 * numbers in the new history.
 */
export function recovered(
  device: Device,
  results: ReadonlyMap<string, Result>,
  now: number,
  newReplica: string,
): Device {
  const remembered = new Map([...device.journal, ...device.outbox])
  const again = new Map<string, Entry>()
  let after: Device = { ...device, outbox: new Map() }
  for (const entry of [...remembered.values()].sort(byMaking)) {
    // Refused and in the person's hands already; it waited only to close the numbering.
    if (entry.state === 'seen' && entry.decision === 'rejected') continue
    const result = results.get(entry.uuid)
    if (result) {
      // A notice about one the server parked was given when it was parked.
      const isOld = entry.state === 'journal' && result.status === entry.decision
      after = isOld ? after : filed(after, entry, result, now)
    } else if (entry.deps.some((uuid) => !again.has(uuid) && !results.has(uuid))) {
      after = filed(after, entry, { status: 'rejected', code: 'dependency' }, now)
    } else {
      const state = next(entry.state, 'forgotten') ?? entry.state
      again.set(entry.uuid, { ...entry, state, seq: null, decision: null, journalled_at: null })
    }
  }
  const journal = new Map(after.journal)
  for (const uuid of again.keys()) journal.delete(uuid)
  const parked = after.meta.parked.filter((uuid) => !again.has(uuid))
  return withMeta(renumbered({ ...after, journal }, [...again.values()], newReplica), { is_recovering: false, parked })
}

function byMaking(one: Entry, other: Entry): number {
  return one.order - other.order || (one.uuid < other.uuid ? -1 : 1)
}

/**
 * What to ask the server about by uuid: everything in the outbox, queued ones too, because on a cloned phone the twin may have
 * sent them; what the server quarantined, because somebody there may have decided it; and after an epoch change everything the
 * server ever decided for us, and what waiting ones build on, which another phone may have sent.
 */
export function questions(device: Device): string[] {
  const pending = [...device.outbox.values()].sort((one, other) => one.number - other.number)
  const decided = device.meta.is_recovering
    ? [
        ...[...device.journal.values()].sort(byMaking).map((entry) => entry.uuid),
        ...pending.flatMap((entry) => entry.deps),
      ]
    : [...device.meta.parked].sort()
  return [...new Set([...pending.map((entry) => entry.uuid), ...decided])]
}

/** Journal entries older than this moment that are decided for good and that nothing in the journal or the outbox hangs on. */
export function expired(device: Device, before: number): string[] {
  const needed = new Set([...device.outbox.values(), ...device.journal.values()].flatMap((entry) => entry.deps))
  return [...device.journal.values()]
    .filter((entry) => (entry.journalled_at ?? before) < before && !needed.has(entry.uuid))
    .filter((entry) => entry.decision !== 'quarantined')
    .map((entry) => entry.uuid)
}
