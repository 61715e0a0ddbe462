// A small territory for the tests of this folder, and commands replayed over it as the outbox replays them.

import type { Row, View } from '../../core/domain'
import type { Base } from '../../sync/base'
import type { Entry } from '../../sync/device'
import { newCommandOf } from '../../sync/testing/command'
import { Overlays } from '../../sync/view'
import { EFFECTS } from '../commands'

export const ME = 'person-me'
/** A Monday, nine in the morning in Shanghai. */
export const MONDAY = '2026-11-23'
export const NINE = Date.parse('2026-11-23T09:00:00+08:00')

const TABLES = [
  'people',
  'memberships',
  'territories',
  'customers',
  'customer_classes',
  'holidays',
  'routes',
  'route_stops',
  'step_templates',
  'visits',
  'visit_steps',
  'photos',
  'accounts',
  'receivable_items',
  'follow_ups',
]

export function customer(id: string, own: object = {}): Row {
  return {
    id,
    name: `${id} shop`,
    short_name: '',
    class_id: 'corner',
    territory_id: 'pudong',
    owner_id: ME,
    latitude_e7: 312_000_000,
    longitude_e7: 1_214_800_000,
    is_active: true,
    county: '',
    street: '',
    ...own,
  }
}

export function route(id: string, own: object = {}): Row {
  return {
    id,
    name: id,
    person_id: ME,
    territory_id: 'pudong',
    weekdays: 1,
    every_weeks: 1,
    from_on: '2026-01-01',
    until_on: null,
    skips_holidays: true,
    is_active: true,
    ...own,
  }
}

export function stop(route_id: string, customer_id: string, position: number): Row {
  return { id: `${route_id}-${customer_id}`, route_id, customer_id, position }
}

export function template(id: string, own: object = {}): Row {
  return {
    id,
    class_id: 'corner',
    kind: 'photo',
    title: id,
    is_must: true,
    settings: { minimum: 2, kinds: ['shelf'] },
    position: 0,
    is_active: true,
    ...own,
  }
}

/** What a territory's phone holds on that Monday. */
export function rows(): Record<string, Row[]> {
  return {
    people: [
      { id: ME, name: '王磊', roles: ['rep'], is_active: true },
      { id: 'li', name: '李娜', roles: ['rep'], is_active: true },
    ],
    customer_classes: [{ id: 'corner', name: '便利店', geofence: 'flag', radius_m: 200, photo_source: 'any' }],
    customers: [customer('a'), customer('b'), customer('c', { latitude_e7: null, longitude_e7: null })],
    routes: [route('monday')],
    route_stops: [stop('monday', 'a', 0), stop('monday', 'b', 1), stop('monday', 'c', 2)],
    step_templates: [template('shelf'), template('talk', { kind: 'note', position: 1, is_must: false, settings: {} })],
  }
}

export type Told = readonly [name: string, args: object] | { name: string; args: object; state: Entry['state'] }

export interface World {
  view: View
  base: Base
  /** Replays these commands, from the first to the last, over the rows. */
  tell(commands: readonly Told[], person_id?: string): void
  /** The server's rows as they are now. */
  arrive(table: string, row: Row): void
}

export function world(held: Record<string, Row[]> = rows()): World {
  const base: Base = new Map(
    TABLES.map((table) => [table, new Map((held[table] ?? []).map((row) => [row.id, { row, b: { all: 1 } }]))]),
  )
  const overlays = new Overlays(base, EFFECTS)
  overlays.onEffectError = (name, error) => {
    throw Object.assign(new Error(`the effect of ${name} failed`), { cause: error })
  }
  return {
    base,
    view: overlays.view,
    tell(commands, person_id = ME) {
      const outbox = commands.map((command, at): Entry => {
        const {
          name,
          args,
          state = 'queued',
        } = Array.isArray(command)
          ? { name: command[0] as string, args: command[1] as object }
          : (command as { name: string; args: object; state: Entry['state'] })
        return {
          ...newCommandOf(`uuid-${at}`, { name, args: JSON.stringify(args), captured_at: NINE }),
          number: at + 1,
          order: at + 1,
          deps: [],
          blobs: [],
          state,
          sealed_at: null,
          tries: 0,
          seq: null,
          decision: null,
          journalled_at: null,
        }
      })
      const { missing } = overlays.replay({ outbox, issues: [], sending: new Set(), person_id })
      if (missing.size) throw new Error(`no such tables: ${[...missing].join(', ')}`)
    },
    arrive(table, row) {
      base.get(table)?.set(row.id, { row, b: { all: 2 } })
      overlays.baseChanged([table])
    },
  }
}

export function checkIn(visit_id: string, customer_id: string, own: object = {}): readonly [string, object] {
  return [
    'visits.check_in',
    {
      visit_id,
      customer_id,
      route_id: 'monday',
      is_planned: true,
      fix: { latitude_e7: 312_000_000, longitude_e7: 1_214_800_000, accuracy_m: 12, taken_at: NINE, count: 3 },
      reason: '',
      clocks: { wall_at: NINE },
      pin_id: null,
      ...own,
    },
  ]
}

export function photoStep(visit_id: string, photo_id: string, own: object = {}): readonly [string, object] {
  return [
    'visits.record_step',
    {
      step_id: 'step-1',
      visit_id,
      template_id: 'shelf',
      kind: 'photo',
      title: 'shelf',
      answers: {},
      photos: [{ photo_id, sha256: `${photo_id}-hash`, kind: 'shelf', taken_at: NINE + 1, size: 9 }],
      clocks: { wall_at: NINE },
      ...own,
    },
  ]
}
