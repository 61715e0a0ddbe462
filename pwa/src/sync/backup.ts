// The second copy: what this phone has not sent, in one file that any phone of the same person takes in. Line by line, commands before
// pictures, so that it is read without holding it whole and so that a file that was cut off still gives what is in it. Every command keeps
// its uuid: taking a file in twice, or sending from the first phone as well, does nothing twice.

import { base64, sha256 as digestOf, hex } from '../core/sha256'
import { type Device, type Entry, type Issue, isOpen } from './device'
import type { BlobRecord } from './layout'
import type { Memory } from './memory'
import { arrived } from './outbox'
import { DEVICE_STORES } from './store'

export const FORMAT = 'roundsman.backup'
export const FORMAT_VERSION = 1

interface Head {
  format: typeof FORMAT
  version: number
  person_id: string
  person_name: string
  /** The store it is of: that phone itself needs nothing from it. */
  replica: string | null
  saved_at: number
}

interface KeptDraft {
  id: string
  value: unknown
  saved_at: number
}

interface KeptPhoto extends Omit<BlobRecord, 'thumb'> {
  /** Both Base64. */
  thumb: string | null
  bytes: string
}

type Line =
  | { head: Head }
  | { command: Entry }
  | { issue: Issue }
  | { draft: KeptDraft }
  | { photo: KeptPhoto }
  | { end: { photos: number } }

/** How far it is: bytes of pictures done, and of all; the total is not known while a file is read line by line (then of the file). */
export type Progress = (done: number, total: number) => void

/** What a file holds, or what was new in it. */
export interface Counts {
  commands: number
  issues: number
  drafts: number
  photos: number
}

export interface Taken extends Counts {
  /** The file was cut off: only what stood before that is here. */
  is_cut: boolean
}

/** A file that cannot be taken in; nothing of it was. `name` is whose it is. */
export class BackupRefused extends Error {
  readonly code: 'sync.backup_of_other' | 'sync.backup_unreadable' | 'sync.backup_newer'
  readonly details: { name: string }
  constructor(code: BackupRefused['code'], name = '') {
    super(code)
    this.code = code
    this.details = { name }
  }
}

/** Everything on this phone that exists nowhere else, as one file. Where the disk no longer answers, what is in memory. */
export async function backupOf(
  memory: Memory,
  name: string,
  progress: Progress = () => {},
): Promise<{ file: Blob; counts: Counts }> {
  const { database } = memory.store
  const device: Device = await memory.store.device().catch(() => memory.state.device)
  const drafts = await database.read(['drafts'], (tables) => tables.drafts.all()).catch(() => [] as KeptDraft[])
  const blobs = await database.read(['blobs'], (tables) => tables.blobs.all()).catch(() => [] as BlobRecord[])
  const photos = blobs.filter((blob) => blob.state !== 'freed' && blob.state !== 'uploaded')
  const commands = [...device.outbox.values()].filter(isOpen).sort((one, other) => one.order - other.order)
  // What the server parked is with the server.
  const issues = [...device.issues.values()].filter((issue) => issue.status === 'rejected')
  const head: Head = {
    format: FORMAT,
    version: FORMAT_VERSION,
    person_id: memory.person_id,
    person_name: name,
    replica: device.meta.replica,
    saved_at: memory.clock.wall(),
  }
  const parts: string[] = []
  const write = (line: Line) => parts.push(`${JSON.stringify(line)}\n`)
  write({ head })
  for (const command of commands) write({ command })
  for (const issue of issues) write({ issue })
  for (const draft of drafts) write({ draft })
  const total = photos.reduce((sum, photo) => sum + photo.size, 0)
  let file = new Blob(parts.splice(0))
  let done = 0
  let kept = 0
  for (const photo of photos) {
    const full = await database.read(['bytes'], (tables) => tables.bytes.get(photo.sha256)).catch(() => undefined)
    done += photo.size
    progress(done, total)
    if (!full) continue
    kept += 1
    write({ photo: { ...photo, thumb: photo.thumb && base64(photo.thumb), bytes: base64(full.bytes) } })
    // The browser may put on disk what is in a Blob; a phone's memory does not hold a day's pictures twice.
    file = new Blob([file, ...parts.splice(0)])
  }
  write({ end: { photos: kept } })
  file = new Blob([file, ...parts], { type: 'application/json' })
  return { file, counts: { commands: commands.length, issues: issues.length, drafts: drafts.length, photos: kept } }
}

/**
 * Takes a file in: what is new in it waits here from now on like what was recorded here. Raises BackupRefused when it is another
 * person's or no such file, StoreFailure when the phone has no room for all its pictures; then the rest comes with another try.
 */
export async function takeIn(memory: Memory, file: Blob, progress: Progress = () => {}): Promise<Taken> {
  const lines = linesOf(file, progress)
  const head = headOf(await lines.next())
  if (head.person_id !== memory.person_id) throw new BackupRefused('sync.backup_of_other', head.person_name)
  if (head.version > FORMAT_VERSION) throw new BackupRefused('sync.backup_newer')
  const commands: Entry[] = []
  const issues: Issue[] = []
  const drafts: KeptDraft[] = []
  let counts: Counts | null = null
  const keep = async () => {
    counts ??= await keptOf(memory, head, commands, issues, drafts)
    return counts
  }
  let photos = 0
  let is_cut = true
  for await (const line of lines) {
    if ('command' in line) commands.push(line.command)
    else if ('issue' in line) issues.push(line.issue)
    else if ('draft' in line) drafts.push(line.draft)
    else if ('photo' in line) {
      // The commands first: they are the work, and small.
      await keep()
      if (await isPhotoKept(memory, line.photo)) photos += 1
    } else if ('end' in line) is_cut = false
  }
  const done = await keep()
  return { ...done, photos, is_cut }
}

/** All commands, refusals and forms in one transaction. */
async function keptOf(
  memory: Memory,
  head: Head,
  commands: readonly Entry[],
  issues: readonly Issue[],
  drafts: readonly KeptDraft[],
): Promise<Counts> {
  const { store } = memory
  const names = [...DEVICE_STORES, 'drafts'] as const
  const [device, counts] = await store.database.write(names, async (tables) => {
    const before = await store.loaded(tables, true)
    const { replica, prev_replica } = before.meta
    // The very phone it was saved on: what is no longer here was sent, taken back or given up since.
    const isOwn = head.replica !== null && (head.replica === replica || head.replica === prev_replica)
    let after = before
    const fresh = { commands: 0, issues: 0, drafts: 0, photos: 0 }
    for (const command of isOwn ? [] : commands) {
      const next = arrived(after, command, memory.clock.wall())
      if (next !== after) fresh.commands += 1
      after = next
    }
    const known = new Map(after.issues)
    for (const issue of isOwn ? [] : issues) {
      if (known.has(issue.uuid) || after.outbox.has(issue.uuid) || after.journal.has(issue.uuid)) continue
      known.set(issue.uuid, issue)
      fresh.issues += 1
    }
    if (fresh.issues > 0) after = { ...after, issues: known }
    await store.written(tables, before, after)
    for (const draft of drafts) {
      if (isOwn || (await tables.drafts.get(draft.id))) continue
      await tables.drafts.put(draft)
      fresh.drafts += 1
    }
    return [after, fresh] as [Device, Counts]
  })
  memory.changed(device)
  memory.post({ kind: 'device' })
  return counts
}

/** Whether this picture was new here. Its bytes must be those it is named by. */
async function isPhotoKept(memory: Memory, photo: KeptPhoto): Promise<boolean> {
  const { bytes: text, thumb, ...record } = photo
  const bytes = bytesOf(text)
  if (hex(await digestOf(bytes)) !== record.sha256) return false
  const { database } = memory.store
  return database.write(['blobs', 'bytes'], async (tables) => {
    const known = await tables.blobs.get(record.sha256)
    if (known && known.state !== 'refused') return false
    // The server may have got it from the first phone; offered again, it says so.
    const state = record.state === 'uploaded' ? 'held' : record.state
    await tables.bytes.put({ sha256: record.sha256, bytes })
    await tables.blobs.put({ ...record, thumb: thumb === null ? null : bytesOf(thumb), state })
    return true
  })
}

function headOf(first: IteratorResult<Line>): Head {
  const line = first.done ? null : first.value
  if (!line || !('head' in line) || line.head?.format !== FORMAT) throw new BackupRefused('sync.backup_unreadable')
  return line.head
}

/** Line after line; it ends early where the file was cut off in the middle of one. */
async function* linesOf(file: Blob, progress: Progress): AsyncGenerator<Line> {
  const reader = file.stream().getReader()
  const decoder = new TextDecoder()
  let rest = ''
  let read = 0
  for (;;) {
    const { done, value } = await reader.read()
    rest += decoder.decode(value, { stream: !done })
    const whole = rest.split('\n')
    rest = whole.pop() ?? ''
    for (const text of whole) {
      const line = parsed(text)
      if (!line) return
      yield line
    }
    if (done) return
    read += value.byteLength
    progress(read, file.size)
  }
}

function parsed(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text)
    return typeof line === 'object' ? (line as Line | null) : null
  } catch {
    return null
  }
}

function bytesOf(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer
}
