// The replica's memory on disk: each change of the device is one strict transaction that reads the truth, takes one pure step and
// writes the difference, so that two tabs are just two writers. Rows and pages are in rows_store.ts.

import { expired } from './core'
import { Database, type LogLine, type StoreName, type Trouble } from './database'
import { type Device, type Entry, FIRST_META, type Meta } from './device'

const DEVICE_STORES: readonly StoreName[] = ['meta', 'outbox', 'journal', 'issues']
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

  /** The device as it stands on disk; with the journal only when asked or while recovering. */
  device(withJournal = false): Promise<Device> {
    return this.database.read(DEVICE_STORES, () => this.loaded(withJournal))
  }

  /**
   * Takes one step. `step` is pure and may be run again after a lost connection; what it throws leaves everything as it was.
   * Resolves after the transaction has committed.
   */
  change<T>(step: (device: Device) => [Device, T], along: Along = {}): Promise<[Device, T]> {
    const names: StoreName[] = [...DEVICE_STORES]
    if (along.photos?.length) names.push('blobs')
    if (along.draft) names.push('drafts')
    return this.database.write(names, async () => {
      const before = await this.loaded(false)
      const [after, given] = step(before)
      await this.written(before, after)
      for (const sha256 of along.photos ?? []) {
        const blob = await this.database.stores.blobs.get(sha256)
        if (blob?.state === 'staged') await this.database.stores.blobs.put({ ...blob, state: 'held' })
      }
      if (along.draft) await this.database.stores.drafts.delete(along.draft)
      return [after, given] as [Device, T]
    })
  }

  /** Inside a transaction over the device's stores: what is on disk. */
  async loaded(withJournal: boolean): Promise<Device> {
    const { meta, outbox, journal, issues } = this.database.stores
    const kept = (await meta.get('device'))?.value as Meta | undefined
    const now = { ...FIRST_META, ...kept }
    const entries = await outbox.toArray()
    const waiting = await issues.toArray()
    const decided = withJournal || now.is_recovering ? await journal.toArray() : []
    return { meta: now, outbox: byUuid(entries), journal: byUuid(decided), issues: byUuid(waiting) }
  }

  /** Inside the same transaction: writes what differs. */
  async written(before: Device, after: Device): Promise<void> {
    const { meta, outbox, journal, issues } = this.database.stores
    if (after.meta !== before.meta) await meta.put({ name: 'device', value: after.meta })
    await writeDifference(outbox, before.outbox, after.outbox)
    await writeDifference(journal, before.journal, after.journal)
    await writeDifference(issues, before.issues, after.issues)
  }

  /** A small thing by name: the last contact, the lease, the day of the last digest. */
  async remembered<T>(name: string): Promise<T | undefined> {
    return (await this.database.read(['meta'], () => this.database.stores.meta.get(name)))?.value as T | undefined
  }

  async remember(name: string, value: unknown): Promise<void> {
    await this.database.write(['meta'], () => this.database.stores.meta.put({ name, value }))
  }

  async keepDraft(id: string, value: unknown, now: number): Promise<void> {
    await this.database.write(['drafts'], () => this.database.stores.drafts.put({ id, value, saved_at: now }))
  }

  async draft<T>(id: string): Promise<T | undefined> {
    return (await this.database.read(['drafts'], () => this.database.stores.drafts.get(id)))?.value as T | undefined
  }

  /** Every draft whose id begins so, oldest id first. */
  async draftsLike<T>(prefix: string): Promise<T[]> {
    const found = await this.database.read(['drafts'], () =>
      this.database.stores.drafts.where('id').startsWith(prefix).toArray(),
    )
    return found.map((draft) => draft.value as T)
  }

  async dropDraft(id: string): Promise<void> {
    await this.database.write(['drafts'], () => this.database.stores.drafts.delete(id))
  }

  /** A line in the ring buffer for support; never in anyone's way. */
  async log(at: number, kind: string, body: unknown): Promise<void> {
    const { log } = this.database.stores
    await this.database
      .write(['log'], async () => {
        const id = await log.add({ at, kind, body })
        if (id % 50 === 0)
          await log
            .where('id')
            .belowOrEqual(id - LOG_LINES)
            .delete()
      })
      .catch(() => {})
  }

  logLines(): Promise<LogLine[]> {
    return this.database.read(['log'], () => this.database.stores.log.toArray())
  }

  /** Forgets journal entries decided before this moment. */
  async expireJournal(before: number): Promise<void> {
    await this.database.write(DEVICE_STORES, async () => {
      const device = await this.loaded(true)
      if (!device.meta.is_recovering) await this.database.stores.journal.bulkDelete(expired(device, before))
    })
  }
}

function byUuid<T extends { uuid: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.uuid, one]))
}

async function writeDifference<T extends Entry | { uuid: string }>(
  table: { bulkPut(items: T[]): PromiseLike<unknown>; bulkDelete(keys: string[]): PromiseLike<unknown> },
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): Promise<void> {
  if (before === after) return
  const gone = [...before.keys()].filter((uuid) => !after.has(uuid))
  const changed = [...after.values()].filter((one) => before.get(one.uuid) !== one)
  if (gone.length > 0) await table.bulkDelete(gone)
  if (changed.length > 0) await table.bulkPut(changed)
}
