// The replica's memory on disk: each change of the device is one strict transaction that reads the truth, takes one pure step and
// writes the difference, so that two tabs are just two writers. Rows and pages are in rows_store.ts.

import { Database, type Tables, type Trouble } from './database'
import { type Device, FIRST_META, type Meta } from './device'
import type { LogLine, StoreName } from './layout'
import type { Table } from './table'

type DeviceStore = 'meta' | 'outbox' | 'journal' | 'issues'

export const DEVICE_STORES: readonly DeviceStore[] = ['meta', 'outbox', 'journal', 'issues']
const LOG_LINES = 500

/** What a save brings along in the same transaction as the command. */
export interface Along {
  /** Hashes of kept photos it names: from now on they have to be uploaded. */
  photos?: readonly string[]
  /** The unfinished form that became this command. */
  draft?: string
}

export function databaseName(personId: string): string {
  return `rm-u-${personId}`
}

export class Store {
  readonly database: Database

  constructor(database: Database) {
    this.database = database
  }

  static async open(personId: string, onTrouble?: (trouble: Trouble | null) => void): Promise<Store> {
    return new Store(await Database.open(databaseName(personId), onTrouble))
  }

  /** The device as it stands on disk; with all of the journal only when asked or while recovering. */
  device(withJournal = false): Promise<Device> {
    return this.database.read(DEVICE_STORES, (tables) => this.loaded(tables, withJournal))
  }

  /**
   * Takes one step. `step` is pure and may be run again after a lost connection; what it throws leaves everything as it was.
   * Resolves after the transaction has committed.
   */
  change<T>(step: (device: Device) => [Device, T], along: Along = {}): Promise<[Device, T]> {
    const names: StoreName[] = [...DEVICE_STORES]
    if (along.photos?.length) names.push('blobs')
    if (along.draft) names.push('drafts')
    return this.database.write(names, async (tables) => {
      const before = await this.loaded(tables, false)
      const [after, given] = step(before)
      await this.written(tables, before, after)
      for (const sha256 of along.photos ?? []) {
        const blob = await tables.blobs.get(sha256)
        if (blob?.state === 'staged') await tables.blobs.put({ ...blob, state: 'held' })
      }
      if (along.draft) await tables.drafts.delete(along.draft)
      return [after, given] as [Device, T]
    })
  }

  /** Inside a transaction over the device's stores: what is on disk. */
  async loaded({ meta, outbox, journal, issues }: Tables<DeviceStore>, withJournal: boolean): Promise<Device> {
    const kept = (await meta.get('device'))?.value as Meta | undefined
    const now = { ...FIRST_META, ...kept }
    const entries = await outbox.all()
    const waiting = await issues.all()
    const isWhole = withJournal || now.is_recovering
    const decided = isWhole ? await journal.all() : await Promise.all(now.parked.map((uuid) => journal.get(uuid)))
    return {
      meta: now,
      outbox: byUuid(entries),
      journal: byUuid(decided.filter((entry) => entry !== undefined)),
      issues: byUuid(waiting),
    }
  }

  /** Inside the same transaction: writes what differs. */
  async written({ meta, ...lists }: Tables<DeviceStore>, before: Device, after: Device): Promise<void> {
    if (after.meta !== before.meta) await meta.put({ name: 'device', value: after.meta })
    await writeDifference(lists.outbox, before.outbox, after.outbox)
    await writeDifference(lists.journal, before.journal, after.journal)
    await writeDifference(lists.issues, before.issues, after.issues)
  }

  /** A small thing by name: the last contact, the lease, the day of the last digest. */
  async remembered<T>(name: string): Promise<T | undefined> {
    return (await this.database.read(['meta'], ({ meta }) => meta.get(name)))?.value as T | undefined
  }

  async remember(name: string, value: unknown): Promise<void> {
    await this.database.write(['meta'], ({ meta }) => meta.put({ name, value }))
  }

  async keepDraft(id: string, value: unknown, now: number): Promise<void> {
    await this.database.write(['drafts'], ({ drafts }) => drafts.put({ id, value, saved_at: now }))
  }

  async draft<T>(id: string): Promise<T | undefined> {
    return (await this.database.read(['drafts'], ({ drafts }) => drafts.get(id)))?.value as T | undefined
  }

  /** Every draft whose id begins so, oldest id first. */
  async draftsLike<T>(prefix: string): Promise<T[]> {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
    const found = await this.database.read(['drafts'], ({ drafts }) => drafts.all(range))
    return found.map((draft) => draft.value as T)
  }

  async dropDraft(id: string): Promise<void> {
    await this.database.write(['drafts'], ({ drafts }) => drafts.delete(id))
  }

  /** A line in the ring buffer for support; never in anyone's way. */
  async log(at: number, kind: string, body: unknown): Promise<void> {
    await this.database
      .write(['log'], async ({ log }) => {
        const id = await log.put({ at, kind, body })
        if (id % 50 === 0) await log.delete(IDBKeyRange.upperBound(id - LOG_LINES))
      })
      .catch(() => {})
  }

  logLines(): Promise<LogLine[]> {
    return this.database.read(['log'], ({ log }) => log.all())
  }
}

function byUuid<T extends { uuid: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.uuid, one]))
}

async function writeDifference<T extends { uuid: string }>(
  table: Table<T, string>,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): Promise<void> {
  if (before === after) return
  await table.deleteAll([...before.keys()].filter((uuid) => !after.has(uuid)))
  await table.putAll([...after.values()].filter((one) => before.get(one.uuid) !== one))
}
