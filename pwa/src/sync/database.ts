// One person's database on this phone: its stores, how it is opened, how a transaction survives a browser that loses its connection.
// What the stores mean is in store.ts and rows_store.ts.

import { Dexie, type Table as DexieTable, type Transaction } from 'dexie'
import type { Entry, Issue } from './device'
import type { PullPage, Row } from './protocol'

export interface RowRecord {
  t: string
  k: string
  row: Row
  b: Readonly<Record<string, number>>
}

/** Many rows in one record: IndexedDB costs per request, hardly per byte. */
export interface PageRecord {
  t: string
  p: number
  rows: { row: Row; b: Readonly<Record<string, number>> }[]
}

export interface BlobRecord {
  sha256: string
  mime: string
  size: number
  width: number
  height: number
  /** A small picture that outlives the full one. */
  thumb: ArrayBuffer | null
  /**
   * staged: taken, no command names it yet · held: has to be uploaded · uploaded: the server has every byte of it · freed: its row
   * came back as stored, only the small picture is kept here · refused: the server will never take it.
   */
  state: 'staged' | 'held' | 'uploaded' | 'freed' | 'refused'
  code: string | null
  made_at: number
}

export interface StagedPage {
  index: number
  page: Pick<PullPage, 'rows' | 'entries' | 'buckets'>
}

export interface LogLine {
  id?: number
  at: number
  kind: string
  body: unknown
}

export interface Stores {
  meta: DexieTable<{ name: string; value: unknown }, string>
  rows: DexieTable<RowRecord, [string, string]>
  pages: DexieTable<PageRecord, [string, number]>
  outbox: DexieTable<Entry, string>
  journal: DexieTable<Entry, string>
  issues: DexieTable<Issue, string>
  blobs: DexieTable<BlobRecord, string>
  bytes: DexieTable<{ sha256: string; bytes: ArrayBuffer }, string>
  staging: DexieTable<StagedPage, number>
  drafts: DexieTable<{ id: string; value: unknown; saved_at: number }, string>
  log: DexieTable<LogLine, number>
}

export type StoreName = keyof Stores

// A later version may add stores and indexes. It may drop rows, pages and staging, which the server gives again; it never drops
// outbox, journal, issues, blobs, bytes or drafts, which exist nowhere else.
const SCHEMA_1: Record<StoreName, string> = {
  meta: 'name',
  rows: '[t+k]',
  pages: '[t+p]',
  outbox: 'uuid',
  journal: 'uuid, journalled_at',
  issues: 'uuid',
  blobs: 'sha256, state',
  bytes: 'sha256',
  staging: 'index',
  drafts: 'id',
  log: '++id',
}

/** Why the database cannot be used just now; the screen says what to do about it. */
export type Trouble =
  /** Another tab with an older build holds the database: close it. */
  | 'blocked'
  /** A newer build upgraded the database under us: load the page again. */
  | 'superseded'
  /** A save failed for good: do not close this page. */
  | 'could_not_save'

export class StoreFailure extends Error {
  readonly code: 'sync.could_not_save' | 'sync.no_room' | 'sync.superseded'
  constructor(code: StoreFailure['code'], cause: unknown) {
    super(code, { cause })
    this.code = code
  }
}

const LOST = new Set([
  'InvalidStateError',
  'UnknownError',
  'DatabaseClosedError',
  'TransactionInactiveError',
  'AbortError',
])

function namesOf(error: unknown): string[] {
  const names: string[] = []
  for (let one = error as { name?: string; inner?: unknown; cause?: unknown } | undefined; one && names.length < 5; ) {
    if (one.name) names.push(one.name)
    one = (one.inner ?? one.cause) as typeof one
  }
  return names
}

function isQuota(error: unknown): boolean {
  return namesOf(error).includes('QuotaExceededError')
}

/** Whether opening the database again may help: the browser lost its connection, the transaction never committed. */
function isLostConnection(error: unknown): boolean {
  return !isQuota(error) && namesOf(error).some((name) => LOST.has(name))
}

export class Database {
  readonly name: string
  readonly stores: Stores
  /** Told when the database becomes unusable (or usable again: null). */
  onTrouble: (trouble: Trouble | null) => void = () => {}
  private readonly dexie: Dexie
  private isSuperseded = false

  private constructor(name: string, dexie: Dexie) {
    this.name = name
    this.dexie = dexie
    this.stores = Object.fromEntries(
      Object.keys(SCHEMA_1).map((store) => [store, dexie.table(store)]),
    ) as unknown as Stores
  }

  static async open(name: string, onTrouble: (trouble: Trouble | null) => void = () => {}): Promise<Database> {
    // "Saved on this phone" must survive an empty battery: every write waits for the disk, whatever the browser's default is.
    const dexie = new Dexie(name, { chromeTransactionDurability: 'strict' })
    dexie.version(1).stores(SCHEMA_1)
    const database = new Database(name, dexie)
    database.onTrouble = onTrouble
    dexie.on('versionchange', () => {
      database.isSuperseded = true
      dexie.close()
      database.onTrouble('superseded')
    })
    dexie.on('blocked', () => database.onTrouble('blocked'))
    await dexie.open()
    database.onTrouble(null)
    return database
  }

  /**
   * Runs `work` in one strict read-write transaction and resolves only when it has committed. A lost connection is opened again
   * and the work repeated, twice; `work` must therefore be repeatable. Raises StoreFailure when it cannot be saved.
   */
  write<T>(names: readonly StoreName[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.guarded(() => this.dexie.transaction('rw', [...names], work))
  }

  read<T>(names: readonly StoreName[], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.guarded(() => this.dexie.transaction('r', [...names], work))
  }

  private async guarded<T>(run: () => PromiseLike<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      if (this.isSuperseded) throw new StoreFailure('sync.superseded', null)
      try {
        const given = await run()
        if (tries > 0) this.onTrouble(null)
        return given
      } catch (error) {
        if (isQuota(error)) throw new StoreFailure('sync.no_room', error)
        if (!isLostConnection(error)) throw error
        if (tries >= 2) {
          this.onTrouble('could_not_save')
          throw new StoreFailure('sync.could_not_save', error)
        }
        this.dexie.close({ disableAutoOpen: false })
        await this.dexie.open().catch(() => {})
      }
    }
  }

  /** A person asks: opens the connection again and sees whether a write goes through. */
  async tryAgain(): Promise<void> {
    await this.write(['meta'], () => this.stores.meta.put({ name: 'tried', value: null }).then(() => undefined))
    this.onTrouble(null)
  }

  close(): void {
    this.dexie.close()
  }

  async destroy(): Promise<void> {
    await this.dexie.delete()
  }
}
