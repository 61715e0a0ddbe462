// A customer who owes, and the commands of receivables replayed over his rows, for the tests of this folder.

import type { Row, View } from '../../core/domain'
import type { Base } from '../../sync/base'
import type { Entry } from '../../sync/device'
import { newCommandOf } from '../../sync/testing/command'
import { Overlays } from '../../sync/view'
import { effects } from '../commands'

export const ME = 'person-me'
export const DAY = '2026-11-30'
export const NINE = Date.parse(`${DAY}T09:00:00+08:00`)

const TABLES = ['customers', 'agents', 'accounts', 'receivable_items', 'collections']

export function item(id: string, open_amount: number, due_on: string, own: object = {}): Row {
  return {
    id,
    customer_id: 'c',
    source_table: 'orders',
    source_id: id,
    number: id.toUpperCase(),
    amount: open_amount,
    open_amount,
    due_on,
    at: NINE,
    day_on: DAY,
    ...own,
  }
}

/** He owes ¥3.00: ¥1.00 since last week and ¥2.00 due tomorrow; the limit is ¥10.00. */
export function rows(own: Record<string, Row[]> = {}): Record<string, Row[]> {
  return {
    customers: [{ id: 'c', name: '和平便利店', short_name: '和平店' }],
    accounts: [{ id: 'c', debt: 300, committed: 50, credit_limit: 1000, credit_days: 30, policy: 'hold' }],
    receivable_items: [item('s2', 200, '2026-12-01'), item('s1', 100, '2026-11-23')],
    ...own,
  }
}

export interface World {
  view: View
  /** Replays these commands, from the first to the last, over the rows. */
  tell(commands: readonly (readonly [name: string, args: object])[]): void
}

export function world(held: Record<string, Row[]> = rows()): World {
  const base: Base = new Map(
    TABLES.map((table) => [table, new Map((held[table] ?? []).map((row) => [row.id, { row, b: { all: 1 } }]))]),
  )
  const overlays = new Overlays(base, effects)
  overlays.onEffectError = (name, error) => {
    throw Object.assign(new Error(`the effect of ${name} failed`), { cause: error })
  }
  return {
    view: overlays.view,
    tell(commands) {
      const outbox = commands.map(
        ([name, args], at): Entry => ({
          ...newCommandOf(`uuid-${at}`, { name, args: JSON.stringify(args), captured_at: NINE }),
          number: at + 1,
          order: at + 1,
          deps: [],
          blobs: [],
          state: 'queued',
          sealed_at: null,
          tries: 0,
          seq: null,
          decision: null,
          journalled_at: null,
        }),
      )
      const { missing } = overlays.replay({ outbox, issues: [], sending: new Set(), person_id: ME })
      if (missing.size) throw new Error(`no such tables: ${[...missing].join(', ')}`)
    },
  }
}

export function collect(collection_id: string, amount: number, own: object = {}): readonly [string, object] {
  const args = { collection_id, customer_id: 'c', visit_id: null, amount, method: 'cash', note: '', items: [] }
  return ['receivables.collect', { ...args, clocks: { wall_at: NINE }, ...own }]
}
