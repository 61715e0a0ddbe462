// The server's rows in memory as they stand on disk, each table loaded when it is first asked for. How a pull changes them is in
// checkpoints.ts.

import type { Base, Table } from './base'
import type { Device } from './device'
import type { PageRecord, RowRecord } from './layout'
import type { Store } from './store'

/** The page of each row of a packed table, and how many rows each page has. */
export interface Place {
  of: Map<string, number>
  sizes: Map<number, number>
}

export class RowsStore {
  private readonly store: Store
  readonly isPacked: (table: string) => boolean
  /** What was loaded so far; a table is loaded whole, the first time it is asked for. */
  readonly base: Base = new Map()
  /** Which checkpoint all of them belong to. */
  checkpoint = 0
  /** Where the rows of each packed table stand. */
  readonly places = new Map<string, Place>()

  constructor(store: Store, isPacked: (table: string) => boolean) {
    this.store = store
    this.isPacked = isPacked
  }

  has(table: string): boolean {
    return this.base.has(table)
  }

  /** Reads again what is in memory, after another tab committed a checkpoint. The old rows stay until the new ones are there. */
  async reload(): Promise<void> {
    await this.read([...this.base.keys()])
  }

  /** Loads these tables unless they are there; all in memory always belong to one checkpoint. */
  async load(tables: Iterable<string>): Promise<void> {
    const wanted = [...new Set(tables)].filter((table) => !this.base.has(table))
    if (wanted.length === 0) return
    if (!(await this.read(wanted))) await this.read([...this.base.keys(), ...wanted])
  }

  /** False when the disk holds another checkpoint than the rest of the memory: then nothing was changed. */
  private async read(wanted: readonly string[]): Promise<boolean> {
    const found = await this.store.database.read(['meta', 'rows', 'pages'], async ({ meta, rows, pages }) => {
      const kept = (await meta.get('device'))?.value as Device['meta'] | undefined
      const tables: [string, RowRecord[], PageRecord[]][] = []
      for (const table of wanted) {
        tables.push(
          this.isPacked(table)
            ? [table, [], await pages.all(IDBKeyRange.bound([table, 0], [table, Number.POSITIVE_INFINITY]))]
            : [table, await rows.all(IDBKeyRange.bound([table, ''], [table, '\uffff'])), []],
        )
      }
      return { checkpoint: kept?.checkpoint ?? 0, tables }
    })
    const isWhole = [...this.base.keys()].every((table) => wanted.includes(table))
    if (found.checkpoint !== this.checkpoint && !isWhole) return false
    this.checkpoint = found.checkpoint
    for (const [table, records, packed] of found.tables) {
      const held: Table = new Map(records.map(({ k, row, b }) => [k, { row, b }]))
      if (this.isPacked(table)) this.unpack(table, packed, held)
      this.base.set(table, held)
    }
    return true
  }

  private unpack(table: string, records: readonly PageRecord[], held: Table): void {
    const place: Place = { of: new Map(), sizes: new Map() }
    for (const record of records) {
      place.sizes.set(record.p, record.rows.length)
      for (const one of record.rows) {
        place.of.set(one.row.id, record.p)
        held.set(one.row.id, one)
      }
    }
    this.places.set(table, place)
  }
}
