// What a screen sees: the server's rows with the effects of the person's own undecided commands on top, computed again from the
// outbox after every change. In memory only, so it can never disagree with the disk for longer than one change. Pure.

import type { Draft, Effect, EffectMeta, MarkState, Row, View } from '../core/domain'
import type { Base } from './base'
import { type Entry, type Issue, shownEntries } from './device'

export type Effects = Readonly<Record<string, Effect>>

interface Overlaid {
  /** Null stands for a row an effect removed. */
  row: Row | null
  mark: MarkState
}

type Overlay = Map<string, Map<string, Overlaid>>

export interface Pending {
  outbox: Iterable<Entry>
  issues: Iterable<Issue>
  /** The uuids in the request that is on its way right now. */
  sending: ReadonlySet<string>
  person_id: string
}

const NOTHING: Pending = { outbox: [], issues: [], sending: new Set(), person_id: '' }

export class Overlays {
  private readonly base: Base
  private readonly effects: Effects
  private readonly lacking: (command: string) => string | undefined
  private overlay: Overlay = new Map()
  /** Rows a refused command was about: [table → ids]. */
  private troubled = new Map<string, Set<string>>()
  private readonly indexes = new Map<string, Map<string, Map<unknown, string[]>>>()
  /** Told when an effect throws: a bug in a domain, never a reason to lose the rest of the screen. */
  onEffectError: (name: string, error: unknown) => void = () => {}

  /** `lacking` names the domain whose effects are still to be loaded before a command's can be known. */
  constructor(base: Base, effects: Effects, lacking: (command: string) => string | undefined = () => undefined) {
    this.base = base
    this.effects = effects
    this.lacking = lacking
  }

  /**
   * Replays the pending commands over the base. Answers the tables whose rows may differ from before, or what has to be loaded first:
   * tables an effect read, domains whose effects are not there; then nothing has changed yet.
   */
  replay(pending: Pending = NOTHING): { changed: Set<string>; missing: Set<string>; late: Set<string> } {
    const missing = new Set<string>()
    const late = new Set<string>()
    const shown = [...shownEntries(pending.outbox)]
    const issues = [...pending.issues]
    for (const { name } of [...shown, ...issues.map((issue) => issue.entry)]) {
      const domain = this.lacking(name)
      if (domain) late.add(domain)
    }
    if (late.size > 0) return { changed: new Set(), missing, late }
    const overlay: Overlay = new Map()
    const troubled = new Map<string, Set<string>>()
    for (const entry of shown) {
      const mark: MarkState =
        entry.state === 'applied' ? 'received' : pending.sending.has(entry.uuid) ? 'sending' : 'local'
      const draft = new OverlayDraft(this.base, overlay, this, mark, missing)
      this.run(entry, draft, pending.person_id)
    }
    for (const issue of issues) {
      const scratch: Overlay = new Map([...overlay].map(([table, rows]) => [table, new Map(rows)]))
      const draft = new OverlayDraft(this.base, scratch, this, 'attention', missing)
      this.run(issue.entry, draft, pending.person_id)
      for (const [table, ids] of draft.touched) {
        const all = troubled.get(table) ?? new Set()
        for (const id of ids) all.add(id)
        troubled.set(table, all)
      }
    }
    if (missing.size > 0) return { changed: new Set(), missing, late }
    const changed = new Set([...this.overlay.keys(), ...overlay.keys(), ...this.troubled.keys(), ...troubled.keys()])
    this.overlay = overlay
    this.troubled = troubled
    return { changed, missing, late }
  }

  private run(entry: Entry, draft: Draft, person_id: string): void {
    const effect = this.effects[entry.name]
    if (!effect) return
    const meta: EffectMeta = { uuid: entry.uuid, captured_at: entry.captured_at, person_id }
    try {
      effect(draft, JSON.parse(entry.args), meta)
    } catch (error) {
      this.onEffectError(entry.name, error)
    }
  }

  /** To be called when the base rows of a table changed. */
  baseChanged(tables: Iterable<string>): void {
    for (const table of tables) this.indexes.delete(table)
  }

  /** The keys of base rows of a table with this value in a field; the index is built at the first question. */
  keysWhere(table: string, field: string, value: unknown): readonly string[] {
    const fields = this.indexes.get(table) ?? new Map<string, Map<unknown, string[]>>()
    this.indexes.set(table, fields)
    let index = fields.get(field)
    if (!index) {
      index = new Map()
      for (const [key, held] of this.base.get(table) ?? []) {
        const at = held.row[field]
        const keys = index.get(at)
        if (keys) keys.push(key)
        else index.set(at, [key])
      }
      fields.set(field, index)
    }
    return index.get(value) ?? []
  }

  /** The rows as they stand now; reads always go to the newest state. */
  readonly view: View = {
    get: (table, id) => {
      const own = this.overlay.get(table)?.get(id)
      return own ? (own.row ?? undefined) : this.base.get(table)?.get(id)?.row
    },
    all: (table) => merged(this.base, this.overlay, table),
    where: (table, field, value) => found(this.overlay, this, this.base, table, field, value),
    state: (table, id) => {
      if (this.troubled.get(table)?.has(id)) return 'attention'
      return this.overlay.get(table)?.get(id)?.mark ?? (this.base.get(table)?.has(id) ? 'received' : undefined)
    },
  }
}

function* merged(base: Base, overlay: Overlay, table: string): Generator<Row> {
  const own = overlay.get(table)
  for (const [key, held] of base.get(table) ?? []) if (!own?.has(key)) yield held.row
  for (const { row } of own?.values() ?? []) if (row) yield row
}

function found(overlay: Overlay, index: Overlays, base: Base, table: string, field: string, value: unknown): Row[] {
  const own = overlay.get(table)
  const rows: Row[] = []
  for (const key of index.keysWhere(table, field, value)) {
    const held = base.get(table)?.get(key)
    if (held && !own?.has(key)) rows.push(held.row)
  }
  for (const { row } of own?.values() ?? []) if (row && row[field] === value) rows.push(row)
  return rows
}

class OverlayDraft implements Draft {
  readonly touched = new Map<string, Set<string>>()
  private readonly base: Base
  private readonly overlay: Overlay
  private readonly index: Overlays
  private readonly mark: MarkState
  private readonly missing: Set<string>

  constructor(base: Base, overlay: Overlay, index: Overlays, mark: MarkState, missing: Set<string>) {
    this.base = base
    this.overlay = overlay
    this.index = index
    this.mark = mark
    this.missing = missing
  }

  private need(table: string): void {
    if (!this.base.has(table)) this.missing.add(table)
  }

  get(table: string, id: string): Row | undefined {
    this.need(table)
    const own = this.overlay.get(table)?.get(id)
    return own ? (own.row ?? undefined) : this.base.get(table)?.get(id)?.row
  }

  all(table: string): Iterable<Row> {
    this.need(table)
    return [...merged(this.base, this.overlay, table)]
  }

  where(table: string, field: string, value: unknown): Row[] {
    this.need(table)
    return found(this.overlay, this.index, this.base, table, field, value)
  }

  state(table: string, id: string): MarkState | undefined {
    return this.overlay.get(table)?.get(id)?.mark
  }

  put(table: string, row: Row): void {
    this.write(table, row.id, { ...row })
  }

  patch(table: string, id: string, fields: Record<string, unknown>): void {
    const row = this.get(table, id)
    if (row) this.write(table, id, { ...row, ...fields, id })
  }

  remove(table: string, id: string): void {
    this.write(table, id, null)
  }

  private write(table: string, id: string, row: Row | null): void {
    this.need(table)
    const rows = this.overlay.get(table) ?? new Map<string, Overlaid>()
    const before = rows.get(id)?.mark
    // A row is as far as the least advanced command on it.
    const mark = before && RANK[before] < RANK[this.mark] ? before : this.mark
    this.overlay.set(table, rows.set(id, { row, mark }))
    const ids = this.touched.get(table) ?? new Set()
    this.touched.set(table, ids.add(id))
  }
}

const RANK: Record<MarkState, number> = { attention: 0, local: 1, sending: 2, received: 3 }
