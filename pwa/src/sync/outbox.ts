// What the person does to the outbox: a command made, edited, taken back; a refused one given up or mended. Pure functions from a device
// to a device. What becomes of them on the way to the server is in core.ts.

import { type Device, dependants, type Entry, withMeta, withOutbox, withoutQueued } from './device'
import { next } from './machine'

export interface NewCommand {
  uuid: string
  name: string
  v: number
  /** JSON text. */
  args: string
  captured_at: number
  tz: string
  skew_ms: number | null
  deps?: readonly string[]
  blobs?: readonly string[]
}

export class TooLate extends Error {
  readonly code = 'sync.too_late'
}

/** A new command at the end of the queue. A uuid that is already there changes nothing: the caller is retrying a save. */
export function enqueued(device: Device, command: NewCommand): Device {
  if (device.outbox.has(command.uuid)) return device
  const { next_number, next_order } = device.meta
  const entry: Entry = {
    ...command,
    deps: command.deps ?? [],
    blobs: command.blobs ?? [],
    number: next_number,
    order: next_order,
    state: 'queued',
    sealed_at: null,
    tries: 0,
    seq: null,
    decision: null,
    journalled_at: null,
  }
  return withMeta(withOutbox(device, [entry]), { next_number: next_number + 1, next_order: next_order + 1 })
}

/**
 * A command recorded on another phone of this person, at the end of the queue. It keeps its uuid and may have been sent from there, so its
 * payload stands; what is known here already, waiting or decided, changes nothing. The device has its whole journal.
 */
export function arrived(device: Device, command: NewCommand, now: number): Device {
  const { uuid, name, v, args, captured_at, tz, skew_ms, deps, blobs } = command
  if (device.issues.has(uuid) || device.journal.has(uuid)) return device
  const after = enqueued(device, {
    uuid,
    name,
    v,
    args,
    captured_at,
    tz,
    skew_ms,
    deps: deps ?? [],
    blobs: blobs ?? [],
  })
  const entry = after.outbox.get(uuid)
  if (after === device || !entry) return device
  return withOutbox(after, [{ ...entry, state: next(entry.state, 'seal') ?? entry.state, sealed_at: now }])
}

/**
 * Other args for a command that was never sent, at its place in the queue and under a new uuid: a clone of this phone may already
 * have sent the old payload under the old one. Raises TooLate once it may have been sent.
 */
export function edited(
  device: Device,
  uuid: string,
  change: { uuid: string; v: number; args: string; blobs?: readonly string[] },
): Device {
  const entry = device.outbox.get(uuid)
  const state = entry && next(entry.state, 'edit')
  if (!entry || !state) throw new TooLate(uuid)
  const hanging = [...device.outbox.values()]
    .filter((one) => one.deps.includes(uuid))
    .map((one) => ({ ...one, deps: one.deps.map((dep) => (dep === uuid ? change.uuid : dep)) }))
  return withOutbox(device, [{ ...entry, ...change, blobs: change.blobs ?? entry.blobs, state }, ...hanging], [uuid])
}

/** Takes back a command that was never sent, with all that hang on it. Raises TooLate once one of them may have been. */
export function cancelled(device: Device, uuid: string): Device {
  const entry = device.outbox.get(uuid)
  if (!entry) throw new TooLate(uuid)
  const group = [entry, ...dependants(uuid, device.outbox.values())]
  if (group.some((one) => next(one.state, 'cancel') !== 'gone')) throw new TooLate(uuid)
  return withoutQueued(device, new Set(group.map((one) => one.uuid)))
}

/** Closes an issue and, when it is the root of a group, the whole group. */
export function resolved(device: Device, uuid: string): Device {
  const issue = device.issues.get(uuid)
  if (!issue) return device
  const issues = new Map(device.issues)
  for (const one of device.issues.values()) if (one.uuid === uuid || one.root === uuid) issues.delete(one.uuid)
  return { ...device, issues }
}

/**
 * A refused command goes again with other args, and its group behind it, all as new commands: the old uuids keep their answer.
 * `newId` gives fresh uuids. `v` is the version of the args that are given: what was not mended keeps the one it was written in.
 */
export function fixed(device: Device, uuid: string, args: string, newId: () => string, v?: number): Device {
  const issue = device.issues.get(uuid)
  if (!issue || issue.status === 'quarantined') throw new TooLate(uuid)
  const group = [...device.issues.values()]
    .filter((one) => one.uuid !== uuid && one.root === uuid)
    .sort((one, other) => one.entry.order - other.entry.order)
  const renamed = new Map<string, string>()
  let after = resolved(device, uuid)
  for (const { entry } of [issue, ...group]) {
    const fresh = newId()
    renamed.set(entry.uuid, fresh)
    after = enqueued(after, {
      uuid: fresh,
      name: entry.name,
      v: (entry.uuid === uuid ? v : undefined) ?? entry.v,
      args: entry.uuid === uuid ? args : entry.args,
      captured_at: entry.captured_at,
      tz: entry.tz,
      skew_ms: entry.skew_ms,
      deps: entry.deps
        .filter((dep) => renamed.has(dep) || !device.issues.has(dep))
        .map((dep) => renamed.get(dep) ?? dep),
      blobs: entry.blobs,
    })
  }
  return after
}
