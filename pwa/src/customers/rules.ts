// Pure rules of customers, the twin of backend/roundsman/customers/rules.py: how names are searched and compared, when two look alike.
// Both run the vectors in tests/vectors/customers. No store, no clock, no ids here.

import { distanceMetres, type Position } from '../core/geo'
import { lineOf } from '../core/search'
import type { CustomerRow } from '../wire/feeds'

/** Two pins closer than this (metres) may be the same shop. */
export const NEAR_M = 100

/** Fields a person may change directly; owner, territory and pin have commands of their own. */
export const EDITABLE = [
  'code',
  'name',
  'short_name',
  'class_id',
  'tags',
  'phone',
  'province',
  'city',
  'county',
  'street',
  'remark',
] as const
export type Editable = (typeof EDITABLE)[number]

/** Only the digits of a phone number in any notation; a leading 86 country code of a mobile number is dropped. */
export function phoneDigits(text: string): string {
  const digits = text.normalize('NFKC').replace(/[^0-9]/g, '')
  for (const prefix of ['0086', '86']) {
    if (digits.startsWith(prefix) && digits.length - prefix.length === 11) return digits.slice(prefix.length)
  }
  return digits
}

export interface Searchable {
  name: string
  short_name: string
  pinyin: string
  initials: string
  code: string
  phone: string
}

/** The line a search looks through; core/search.ts says how. */
export function searchLine(row: Searchable): string {
  return lineOf([row.name, row.short_name, row.pinyin, row.initials, row.code, phoneDigits(row.phone)])
}

const ENDINGS = ['有限责任公司', '有限公司', '公司', '门店', '店']

/** A name reduced to what makes it the same name: no spaces, brackets, case, width, or trailing 店/公司 endings. */
export function nameKey(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  const length = [...plain].length
  for (const ending of ENDINGS) {
    if (plain.endsWith(ending) && length > ending.length + 1) return plain.slice(0, -ending.length)
  }
  return plain
}

/** A customer's pin; null when he has none, or is not held here. */
export function pinOf(customer: Partial<CustomerRow> | undefined): Position | null {
  const { latitude_e7 = null, longitude_e7 = null } = customer ?? {}
  return latitude_e7 === null || longitude_e7 === null ? null : { latitude_e7, longitude_e7 }
}

/** What is compared to find a double. */
export interface Likeness {
  name: string
  phone: string
  pin: Position | null
}

export type Likely = 'phone' | 'name' | 'near'

/**
 * Why `known` may be the same customer as `fresh`, or null. Near alone is only a hint when the names share their beginning: a mall
 * holds many shops.
 */
export function looksLike(fresh: Likeness, known: Likeness): Likely | null {
  const phone = phoneDigits(fresh.phone)
  if (phone && phone === phoneDigits(known.phone)) return 'phone'
  const ours = nameKey(fresh.name)
  const theirs = nameKey(known.name)
  if (ours && ours === theirs) return 'name'
  if (!fresh.pin || !known.pin) return null
  const isNear = distanceMetres(fresh.pin, known.pin) <= NEAR_M
  return isNear && beginning(ours) === beginning(theirs) ? 'near' : null
}

function beginning(key: string): string {
  return [...key].slice(0, 2).join('')
}

/** Tags without surrounding space, empties and doubles, in the order given. */
export function cleanTags(tags: Iterable<string>): string[] {
  return [...new Set([...tags].map((tag) => tag.trim()).filter(Boolean))]
}

/** What to send for a change of fields: [what the person saw, what it shall be], only where they differ. */
export function changesOf<T extends object>(
  before: T,
  after: Partial<T>,
): Partial<Record<keyof T, [unknown, unknown]>> {
  const changes: Partial<Record<keyof T, [unknown, unknown]>> = {}
  for (const field of Object.keys(after) as (keyof T)[]) {
    if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) changes[field] = [before[field], after[field]]
  }
  return changes
}
