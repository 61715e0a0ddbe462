// How one person's database is laid out: its stores, their keys and indexes, what a record holds. What the stores mean is in store.ts
// and rows_store.ts.

import type { Entry, Issue } from './device'
import type { PullPage, Row } from './protocol'
import type { Table } from './table'

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
  meta: Table<{ name: string; value: unknown }, string>
  rows: Table<RowRecord, [string, string]>
  pages: Table<PageRecord, [string, number]>
  outbox: Table<Entry, string>
  journal: Table<Entry, string>
  issues: Table<Issue, string>
  blobs: Table<BlobRecord, string>
  bytes: Table<{ sha256: string; bytes: ArrayBuffer }, string>
  staging: Table<StagedPage, number>
  drafts: Table<{ id: string; value: unknown; saved_at: number }, string>
  log: Table<LogLine, number>
}

export type StoreName = keyof Stores

/** Ten steps to a version: the library that laid out the first one counted so, and phones hold databases it made. */
export const VERSION = 10

// A later version may add stores and indexes. It may drop rows, pages and staging, which the server gives again; it never drops
// outbox, journal, issues, blobs, bytes or drafts, which exist nowhere else.
const LAYOUT: Record<StoreName, { key: string | string[]; indexes?: string[] }> = {
  meta: { key: 'name' },
  rows: { key: ['t', 'k'] },
  pages: { key: ['t', 'p'] },
  outbox: { key: 'uuid' },
  journal: { key: 'uuid', indexes: ['journalled_at'] },
  issues: { key: 'uuid' },
  blobs: { key: 'sha256', indexes: ['state'] },
  bytes: { key: 'sha256' },
  staging: { key: 'index' },
  drafts: { key: 'id' },
  log: { key: 'id' },
}

const STORE_NAMES = Object.keys(LAYOUT) as StoreName[]

/** Whether a database has every store this build writes to. */
export function isLaidOut(database: IDBDatabase): boolean {
  return STORE_NAMES.every((name) => database.objectStoreNames.contains(name))
}

/** Adds what is not there yet, from whatever version it comes. Only within a version change. */
export function layOut(database: IDBDatabase, change: IDBTransaction): void {
  for (const name of STORE_NAMES) {
    const { key, indexes = [] } = LAYOUT[name]
    const store = database.objectStoreNames.contains(name)
      ? change.objectStore(name)
      : database.createObjectStore(name, { keyPath: key, autoIncrement: name === 'log' })
    for (const field of indexes) if (!store.indexNames.contains(field)) store.createIndex(field, field)
  }
}
