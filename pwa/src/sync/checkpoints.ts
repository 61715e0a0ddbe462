// The pull that changes the rows: pages wait in staging, the last one becomes a checkpoint in a single transaction together with the
// answers it contains.

import { applyDelta, type Delta, deltaOf, type Held } from './base'
import { expired } from './core'
import type { Tables } from './database'
import { type Device, withMeta } from './device'
import type { PageRecord, RowRecord } from './layout'
import type { PullAnswer, PullRequest } from './protocol'
import type { Place, RowsStore } from './rows_store'
import { committed, newStaging, type PageOutcome, pageTaken, pullDiscarded, type Staging } from './staging'
import { DEVICE_STORES, type Store } from './store'

const PAGE_ROWS = 500
const STEP_STORES = [...DEVICE_STORES, 'staging'] as const

type StagingHeader = Omit<Staging, 'pages'>

export type Taken =
  | { kind: 'more' | 'stale' | 'unnamed'; device: Device }
  | { kind: 'recovering'; device: Device; because: string }
  | { kind: 'committed'; device: Device; delta: Delta; digest: Record<string, { n: number; s: string }> | null }

/** The rows in memory belong to another checkpoint than those on disk: another tab committed one. */
class Outdated extends Error {}

export class Checkpoints {
  private readonly store: Store
  private readonly rows: RowsStore
  private readonly tables: Readonly<Record<string, number>>

  /** `tables`: the feeds this build understands, with their versions. */
  constructor(store: Store, rows: RowsStore, tables: Readonly<Record<string, number>>) {
    this.store = store
    this.rows = rows
    this.tables = tables
  }

  /** The pull under way as it stands on disk, or a new one. */
  async staging(device: Device): Promise<Staging> {
    return this.store.database.read(['meta', 'staging'], (tables) => this.readStaging(tables, device))
  }

  private async readStaging({ meta, staging }: Tables<'meta' | 'staging'>, device: Device): Promise<Staging> {
    const header = (await meta.get('staging'))?.value as StagingHeader | undefined
    if (header?.gen !== device.meta.gen) return newStaging(device)
    const pages = await staging.all()
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
        await this.rows.reload()
      }
    }
  }

  private kept(sent: PullRequest, answer: PullAnswer): Promise<Taken> {
    return this.store.database.write(STEP_STORES, async (tables): Promise<Taken> => {
      const { meta, staging } = tables
      const device = await this.store.loaded(tables, false)
      const outcome = pageTaken(device, await this.readStaging(tables, device), sent, answer)
      if (outcome.kind === 'stale' || outcome.kind === 'ready') return { kind: 'stale', device }
      await this.store.written(tables, device, outcome.device)
      if (outcome.kind === 'unnamed') return outcome
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
    await this.rows.load(isSweeping ? [...Object.keys(this.tables), ...touched] : touched)
    const delta = deltaOf(this.rows.base, staging, isFull)
    // Everything is prepared before the transaction opens: Safari closes it at the first await that is not its own.
    const written = this.prepared(delta)
    const names = [...STEP_STORES, 'rows', 'pages'] as const
    const taken = await this.store.database.write(names, async (tables): Promise<Taken> => {
      const device = await this.store.loaded(tables, false)
      if (device.meta.checkpoint !== this.rows.checkpoint) throw new Outdated()
      if (device.meta.gen !== asked.meta.gen) return { kind: 'stale', device }
      const { tables_name } = ready.device.meta
      const advanced = withMeta(device, { gen: staging.gen, tables_name })
      const after = committed(advanced, staging, { ...this.tables }, now, newReplica)
      await tables.rows.deleteAll(written.goneRows)
      await tables.rows.putAll(written.rows)
      await tables.pages.deleteAll(written.gonePages)
      await tables.pages.putAll(written.pages)
      await tables.staging.clear()
      await tables.meta.delete('staging')
      await this.store.written(tables, device, after)
      return { kind: 'committed', device: after, delta, digest: staging.last?.digest ?? null }
    })
    if (taken.kind === 'committed') {
      applyDelta(this.rows.base, delta)
      for (const [table, place] of written.places) this.rows.places.set(table, place)
      this.rows.checkpoint = taken.device.meta.checkpoint
    }
    return taken
  }

  private prepared(delta: Delta) {
    const rows: RowRecord[] = []
    const goneRows: [string, string][] = []
    const pages: PageRecord[] = []
    const gonePages: [string, number][] = []
    const places = new Map<string, Place>()
    for (const [table, changed] of delta) {
      if (!this.rows.isPacked(table)) {
        for (const [k, held] of changed) {
          if (held) rows.push({ t: table, k, row: held.row, b: held.b })
          else goneRows.push([table, k])
        }
        continue
      }
      const before = this.rows.places.get(table)
      const place: Place = { of: new Map(before?.of), sizes: new Map(before?.sizes) }
      places.set(table, place)
      for (const p of placed(place, changed)) {
        const held: Held[] = []
        for (const [key, at] of place.of) {
          if (at !== p) continue
          const one = changed.get(key) ?? this.rows.base.get(table)?.get(key)
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
    return this.store.database.write(STEP_STORES, async (tables) => {
      const before = await this.store.loaded(tables, false)
      const after = pullDiscarded(before)
      await this.store.written(tables, before, after)
      await tables.staging.clear()
      await tables.meta.delete('staging')
      return after
    })
  }

  /** Forgets journal entries decided before this moment. */
  async expireJournal(before: number): Promise<void> {
    await this.store.database.write(DEVICE_STORES, async (tables) => {
      const device = await this.store.loaded(tables, true)
      if (!device.meta.is_recovering) await tables.journal.deleteAll(expired(device, before))
    })
  }
}

/** Gives every changed row of a packed table its page and tells which pages have to be written again. */
function placed(place: Place, changed: ReadonlyMap<string, Held | null>): Set<number> {
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
