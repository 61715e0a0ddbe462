// The phone's rules on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Position } from '../core/geo'
import { searchWords } from '../core/search'
import {
  changesOf,
  cleanTags,
  type Likely,
  looksLike,
  nameKey,
  phoneDigits,
  type Searchable,
  searchLine,
} from './rules'

type Side = [string, string, [number, number] | null]

interface Vectors {
  phone_digits: [string, string][]
  name_key: [string, string][]
  search_line: [Searchable, string][]
  search_words: [string, string[]][]
  clean_tags: [string[], string[]][]
  looks_like: { name: string; fresh: Side; known: Side; why: Likely | null }[]
}

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/customers/rules.json', import.meta.url), 'utf8'),
)

describe('texts on the vectors', () => {
  test.each(vectors.phone_digits)('phone %j', (given, wanted) => expect(phoneDigits(given)).toBe(wanted))
  test.each(vectors.name_key)('name %j', (given, wanted) => expect(nameKey(given)).toBe(wanted))
  test.each(vectors.search_line)('line of %j', (given, wanted) => expect(searchLine(given)).toBe(wanted))
  test.each(vectors.search_words)('words of %j', (given, wanted) => expect(searchWords(given)).toEqual(wanted))
  test.each(vectors.clean_tags)('tags %j', (given, wanted) => expect(cleanTags(given)).toEqual(wanted))
})

function likeness([name, phone, pin]: Side): { name: string; phone: string; pin: Position | null } {
  return { name, phone, pin: pin && { latitude_e7: pin[0], longitude_e7: pin[1] } }
}

test.each(vectors.looks_like)('looks like: $name', ({ fresh, known, why }) => {
  expect(looksLike(likeness(fresh), likeness(known))).toBe(why)
  expect(looksLike(likeness(known), likeness(fresh))).toBe(why)
})

test('a change names only what differs, with what the person saw', () => {
  const before = { name: 'a', tags: ['x'], class_id: null as string | null, phone: '1' }
  expect(changesOf(before, { name: 'a', tags: ['x'], class_id: 'k', phone: '' })).toEqual({
    class_id: [null, 'k'],
    phone: ['1', ''],
  })
})
