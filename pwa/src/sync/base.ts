// The rows the server gave, in memory: per table and key the row and the buckets that hold it. How a finished pull changes them is
// computed here as a delta, so that memory and disk take the very same change. Pure.

import type { PullPage, Row } from './protocol'

/** A row and, per bucket that shows it, the sequence it was last put with. Without a bucket it must not exist. */
export interface Held {
  row: Row
  b: Readonly<Record<string, number>>
}

export type Table = Map<string, Held>
export type Base = Map<string, Table>

/** What one checkpoint changes: null stands for a row that leaves. */
export type Delta = Map<string, Map<string, Held | null>>

/**
 * The pages of one unfinished pull in the order they were taken. A bucket in `cuts` counts only from that page on: it was dropped
 * or restarted there. What the base still holds of a dropped or swept bucket goes at the commit.
 */
export interface Staged {
  pages: readonly Pick<PullPage, 'rows' | 'entries' | 'buckets'>[]
  cuts: Readonly<Record<string, number>>
  drops: readonly string[]
  sweeps: readonly string[]
}

/** The change that turns `base` into the checkpoint. `isFull` sweeps whatever the pull did not deliver, of every bucket. */
export function deltaOf(base: Base, staged: Staged, isFull: boolean): Delta {
  const delta: Delta = new Map()
  const read = (table: string, key: string): Held | null => {
    const changed = delta.get(table)
    if (changed?.has(key)) return changed.get(key) ?? null
    return base.get(table)?.get(key) ?? null
  }
  const write = (table: string, key: string, held: Held | null) => {
    const changed = delta.get(table) ?? new Map<string, Held | null>()
    delta.set(table, changed.set(key, held))
  }
  const swept = new Set([...staged.sweeps, ...staged.drops])
  if (isFull || swept.size > 0) {
    for (const [table, rows] of base) {
      for (const [key, held] of rows) {
        const left = isFull ? {} : without(held.b, swept)
        if (left !== held.b) write(table, key, { row: held.row, b: left })
      }
    }
  }
  for (const [index, page] of staged.pages.entries()) {
    for (const [at, table, key, seq, op] of page.entries) {
      const bucket = page.buckets[at]
      if (bucket === undefined || index < (staged.cuts[bucket] ?? 0)) continue
      const held = read(table, key)
      if (op === 1) {
        const sent = page.rows[table]?.[key]
        const row = sent ? ({ id: key, ...sent } as Row) : held?.row
        if (row) write(table, key, { row, b: { ...held?.b, [bucket]: seq } })
      } else if (held) {
        write(table, key, { row: held.row, b: without(held.b, new Set([bucket])) })
      }
    }
  }
  for (const [table, changed] of delta) {
    for (const [key, held] of changed) {
      if (held && Object.keys(held.b).length > 0) continue
      if (base.get(table)?.has(key)) changed.set(key, null)
      else changed.delete(key)
    }
    if (changed.size === 0) delta.delete(table)
  }
  return delta
}

/** The references left without these buckets; the very same object when none of them is in it. */
function without(
  references: Readonly<Record<string, number>>,
  buckets: ReadonlySet<string>,
): Readonly<Record<string, number>> {
  let left: Record<string, number> | null = null
  for (const bucket of Object.keys(references)) {
    if (!buckets.has(bucket)) continue
    left ??= { ...references }
    delete left[bucket]
  }
  return left ?? references
}

/** Applies a delta to the rows in memory. */
export function applyDelta(base: Base, delta: Delta): void {
  for (const [table, changed] of delta) {
    const rows: Table = base.get(table) ?? new Map()
    base.set(table, rows)
    for (const [key, held] of changed) {
      if (held) rows.set(key, held)
      else rows.delete(key)
    }
  }
}

const MERSENNE_61 = (1n << 61n) - 1n

/** Per bucket the number of rows and the sum of their sequences modulo 2⁶¹ − 1, always computed from what is really held. */
export function digestOf(base: Base): Record<string, { n: number; s: string }> {
  const sums = new Map<string, { n: number; s: bigint }>()
  for (const rows of base.values()) {
    for (const held of rows.values()) {
      for (const [bucket, seq] of Object.entries(held.b)) {
        const sum = sums.get(bucket) ?? { n: 0, s: 0n }
        sums.set(bucket, { n: sum.n + 1, s: (sum.s + BigInt(seq)) % MERSENNE_61 })
      }
    }
  }
  return Object.fromEntries([...sums].map(([bucket, sum]) => [bucket, { n: sum.n, s: sum.s.toString() }]))
}
