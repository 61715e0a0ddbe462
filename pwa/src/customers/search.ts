// Search as you type over all customers of this phone, by words as core/search.ts does it or by nearness. Pure; what is drawn is the
// page's affair.

import { distanceMetres, type Position } from '../core/geo'
import { bestFitting, matches, searchWords } from '../core/search'
import type { CustomerRow } from '../wire/feeds'
import { roughInitials } from './initials'
import { pinOf, searchLine } from './rules'

/** Customers in the order of their names, with the line of each; a tab before every further field says where it begins. */
export interface SearchIndex {
  rows: readonly CustomerRow[]
  lines: readonly string[]
}

export interface Asked {
  text: string
  /** Nearest first; those without a pin come last. */
  near?: Position | null
  keep?: (row: CustomerRow) => boolean
  /** How many are given at most. */
  most: number
}

export interface Hit {
  row: CustomerRow
  /** Metres from `near`; null without it or without a pin. */
  distance_m: number | null
}

export interface Found {
  hits: Hit[]
  /** How many match, also those not given. */
  count: number
}

interface Kept {
  line: string
  order: string
}

// A row of the store is replaced, never changed, so what was made of it stays right as long as it is the same object.
const kept = new WeakMap<CustomerRow, Kept>()

function keptOf(row: CustomerRow): Kept {
  let found = kept.get(row)
  if (!found) {
    // Only the server spells names; one just added is found by his initials all the same.
    const initials = row.initials || roughInitials(row.name)
    found = { line: searchLine({ ...row, initials }), order: row.pinyin || row.name }
    kept.set(row, found)
  }
  return found
}

/** The index of all active customers. */
export function indexOf(all: Iterable<CustomerRow>): SearchIndex {
  const entries: { row: CustomerRow; kept: Kept }[] = []
  for (const row of all) if (row.is_active) entries.push({ row, kept: keptOf(row) })
  entries.sort((one, other) =>
    one.kept.order < other.kept.order ? -1 : one.kept.order > other.kept.order ? 1 : one.row.id < other.row.id ? -1 : 1,
  )
  return { rows: entries.map(({ row }) => row), lines: entries.map(({ kept: { line } }) => line) }
}

/** Those whose line holds every word: with a position the nearest first, else where the first word begins a name, a field, stands anywhere. */
export function search(index: SearchIndex, asked: Asked): Found {
  const words = searchWords(asked.text)
  if (asked.near) return nearest(index, words, asked, asked.near)
  const { keep, most } = asked
  const { at, count } = bestFitting(index.lines, words, most, keep && ((one) => keep(index.rows[one] as CustomerRow)))
  return { hits: at.map((one) => ({ row: index.rows[one] as CustomerRow, distance_m: null })), count }
}

function nearest(index: SearchIndex, words: readonly string[], { keep, most }: Asked, near: Position): Found {
  const places: { row: CustomerRow; far: number }[] = []
  let count = 0
  for (let at = 0; at < index.lines.length; at++) {
    if (!matches(index.lines[at] as string, words)) continue
    const row = index.rows[at] as CustomerRow
    if (keep && !keep(row)) continue
    count += 1
    const pin = pinOf(row)
    const far = pin ? distanceMetres(near, pin) : Number.POSITIVE_INFINITY
    const last = places[places.length - 1]
    if (places.length === most && last && last.far <= far) continue
    let place = places.length
    while (place > 0 && (places[place - 1] as { far: number }).far > far) place -= 1
    places.splice(place, 0, { row, far })
    if (places.length > most) places.pop()
  }
  return { hits: places.map(({ row, far }) => ({ row, distance_m: Number.isFinite(far) ? far : null })), count }
}
