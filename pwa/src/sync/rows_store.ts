// The server's rows on disk and in memory, and the pull that changes them: pages wait in staging, the last one becomes a checkpoint
// in a single transaction together with the answers it contains.

import { applyDelta, type Base, type Delta, deltaOf, type Held, type Table } from './base'
import type { PageRecord, RowRecord, StoreName } from './database'
import type { Device } from './device'
import type { PullAnswer, PullRequest } from './protocol'
import { committed, newStaging, type PageOutcome, pageTaken, pullDiscarded, type Staging } from './staging'
import type { Store } from './store'

const PAGE_ROWS = 500
const STEP_STORES: readonly StoreName[] = ['meta', 'outbox', 'journal', 'issues', 'staging']

type StagingHeader = Omit<Staging, 'pages'>

export type Taken =
  | { kind: 'more' | 'stale'; device: Device }
  | { kind: 'recovering'; device: Device; because: string }
  | { kind: 'committed'; device: Device; delta: Delta; digest: Record<string, { n: number; s: string }> | null }

/** The rows in memory belong to another checkpoint than those on disk: another tab committed one. */
class Outdated extends Error {}

export class RowsStore {
  private readonly store: Store
  private readonly tables: Readonly<Record<string, number>>
  private readonly isPacked: (table: string) => boolean
  /** What was loaded so far; a table is loaded whole, the first time it is asked for. */
  readonly base: Base = new Map()
  private checkpoint = 0
  /** Where a row of a packed table stands. */
  private readonly places = new Map<string, { of: Map<string, number>; sizes: Map<number, number> }>()

  constructor(store: Store, tables: Readonly<Record<string, number>>, isPacked: (table: string) => boolean) {
    this.store = store
    this.tables = tables
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
    const { meta, rows, pages } = this.store.database.stores
    const found = await this.store.database.read(['meta', 'rows', 'pages'], async () => {
      const kept = (await meta.get('device'))?.value as Device['meta'] | undefined
      const tables: [string, RowRecord[], PageRecord[]][] = []
      for (const table of wanted) {
        tables.push(
          this.isPacked(table)
            ? [table, [], await pages.where('[t+p]').between([table, 0], [table, Number.POSITIVE_INFINITY]).toArray()]
            : [table, await rows.where('[t+k]').between([table, ''], [table, '\uffff']).toArray(), []],
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
    const place = { of: new Map<string, number>(), sizes: new Map<number, number>() }
    for (const record of records) {
      place.sizes.set(record.p, record.rows.length)
      for (const one of record.rows) {
        place.of.set(one.row.id, record.p)
        held.set(one.row.id, one)
      }
    }
    this.places.set(table, place)
  }

  /** The pull under way as it stands on disk, or a new one. */
  async staging(device: Device): Promise<Staging> {
    return this.store.database.read(['meta', 'staging'], () => this.readStaging(device))
  }

  private async readStaging(device: Device): Promise<Staging> {
    const { meta, staging } = this.store.database.stores
    const header = (await meta.get('staging'))?.value as StagingHeader | undefined
    if (header?.gen !== device.meta.gen) return newStaging(device)
    const pages = await staging.orderBy('index').toArray()
    return { ...header, pages: pages.map((one) => one.page) }
  }

  /** Takes the answer to one pull request: keeps the page, or commits the checkpoint when it is the last. */
  async take(sent: PullRequest, answer: PullAnswer, now: number, newReplica: () => string): Promise<Taken> {
    for (;;) {
      const device = await this.store.device()
      const staging = await this.staging(device)
      const outcome = pageTaken(device, staging, sent, answer)
      if (outcome.kind === 'stale') return { kind: 'stale', device }
      if (outcome.kind !== 'ready') return this.kept(sent, answer)
      try {
        return await this.commit(device, outcome, now, newReplica)
      } catch (error) {
        if (!(error instanceof Outdated)) throw error
        await this.reload()
      }
    }
  }

  private kept(sent: PullRequest, answer: PullAnswer): Promise<Taken> {
    const { meta, staging } = this.store.database.stores
    return this.store.database.write(STEP_STORES, async (): Promise<Taken> => {
      const device = await this.store.loaded(false)
      const outcome = pageTaken(device, await this.readStaging(device), sent, answer)
      if (outcome.kind === 'stale' || outcome.kind === 'ready') return { kind: 'stale', device }
      await this.store.written(device, outcome.device)
      if (outcome.kind === 'recovering') {
        await staging.clear()
        await meta.delete('staging')
        return outcome
      }
      const { pages, ...header } = outcome.staging
      const index = pages.length - 1
      if (index === 0) await staging.clear()
      await staging.put({ index, page: pages[index]! })
      await meta.put({ name: 'staging', value: header })
      return { kind: 'more', device: outcome.device }
    })
  }

  private async commit(
    asked: Device,
    ready: Extract<PageOutcome, { kind: 'ready' }>,
    now: number,
    newReplica: () => string,
  ): Promise<Taken> {
    const { staging } = ready
    const isFull = asked.meta.is_recovering
    const isSweeping = isFull || staging.sweeps.length > 0 || staging.drops.length > 0
    const touched = staging.pages.flatMap((page) => page.entries.map((entry) => entry[1]))
    await this.load(isSweeping ? [...Object.keys(this.tables), ...touched] : touched)
    const delta = deltaOf(this.base, staging, isFull)
    // Everything is prepared before the transaction opens: Safari closes it at the first await that is not its own.
    const written = this.prepared(delta)
    const stores = this.store.database.stores
    const names: readonly StoreName[] = [...STEP_STORES, 'rows', 'pages']
    const taken = await this.store.database.write(names, async (): Promise<Taken> => {
      const device = await this.store.loaded(false)
      if (device.meta.checkpoint !== this.checkpoint) throw new Outdated()
      if (device.meta.gen !== asked.meta.gen) return { kind: 'stale', device }
      const advanced: Device = { ...device, meta: { ...device.meta, gen: staging.gen } }
      const after = committed(advanced, staging, { ...this.tables }, now, newReplica)
      await stores.rows.bulkDelete(written.goneRows)
      await stores.rows.bulkPut(written.rows)
      await stores.pages.bulkDelete(written.gonePages)
      await stores.pages.bulkPut(written.pages)
      await stores.staging.clear()
      await stores.meta.delete('staging')
      await this.store.written(device, after)
      return { kind: 'committed', device: after, delta, digest: staging.last?.digest ?? null }
    })
    if (taken.kind === 'committed') {
      applyDelta(this.base, delta)
      for (const [table, place] of written.places) this.places.set(table, place)
      this.checkpoint = taken.device.meta.checkpoint
    }
    return taken
  }

  private prepared(delta: Delta) {
    const rows: RowRecord[] = []
    const goneRows: [string, string][] = []
    const pages: PageRecord[] = []
    const gonePages: [string, number][] = []
    const places = new Map<string, { of: Map<string, number>; sizes: Map<number, number> }>()
    for (const [table, changed] of delta) {
      if (!this.isPacked(table)) {
        for (const [k, held] of changed) {
          if (held) rows.push({ t: table, k, row: held.row, b: held.b })
          else goneRows.push([table, k])
        }
        continue
      }
      const before = this.places.get(table)
      const place = { of: new Map(before?.of), sizes: new Map(before?.sizes) }
      places.set(table, place)
      for (const p of placed(place, changed)) {
        const held: Held[] = []
        for (const [key, at] of place.of) {
          if (at !== p) continue
          const one = changed.get(key) ?? this.base.get(table)?.get(key)
          if (one) held.push(one)
        }
        if (held.length > 0) pages.push({ t: table, p, rows: held })
        else gonePages.push([table, p])
      }
    }
    return { rows, goneRows, pages, gonePages, places }
  }

  /** Throws the half-finished pull away, on disk too. */
  async discard(): Promise<Device> {
    const { meta, staging } = this.store.database.stores
    return this.store.database.write(STEP_STORES, async () => {
      const before = await this.store.loaded(false)
      const after = pullDiscarded(before)
      await this.store.written(before, after)
      await staging.clear()
      await meta.delete('staging')
      return after
    })
  }
}

/** Gives every changed row of a packed table its page and tells which pages have to be written again. */
function placed(
  place: { of: Map<string, number>; sizes: Map<number, number> },
  changed: ReadonlyMap<string, Held | null>,
): Set<number> {
  const touched = new Set<number>()
  let open = Math.max(0, ...place.sizes.keys())
  for (const [key, held] of changed) {
    const at = place.of.get(key)
    if (at !== undefined) {
      touched.add(at)
      if (!held) {
        place.of.delete(key)
        place.sizes.set(at, (place.sizes.get(at) ?? 1) - 1)
      }
      continue
    }
    if (!held) continue
    if ((place.sizes.get(open) ?? 0) >= PAGE_ROWS) open += 1
    place.of.set(key, open)
    place.sizes.set(open, (place.sizes.get(open) ?? 0) + 1)
    touched.add(open)
  }
  return touched
}
