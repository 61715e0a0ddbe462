// What finding a recipient works on: one message with its pieces, and what was found in it so far.

import type { Divisions } from '../../../customers/divisions'
import type { Quantity } from '../lines/quantities'
import { overlaps, type Span, type Text } from '../text'
import type { Label } from './labels'
import type { Phone } from './phones'
import type { Piece } from './pieces'

/** What recipients are told from goods by. */
export interface Around {
  divisions: Divisions
  quantities: readonly Quantity[]
  /** Whether words name goods of the catalogue completely. */
  isGoods: (words: string) => boolean
  /** Whether digits are a code or barcode of the catalogue. */
  isCode: (digits: string) => boolean
}

export interface Name {
  span: Span
  text: string
  is_sure: boolean
}

/** An address in one stretch, or several where it went on behind a stop or on the next line. */
export interface Place {
  spans: Span[]
  is_sure: boolean
}

export interface Reading {
  text: Text
  around: Around
  labels: readonly Label[]
  phones: readonly Phone[]
  pieces: readonly Piece[]
  names: Name[]
  places: Place[]
  /** Behind an address a shop that may be its last part or who receives. */
  shops: Name[]
  /** Beside a phone number stands what is no name that is known. */
  is_somebody_unknown: boolean
  /** A place was named that is no address: 送到张江店. */
  is_somewhere_unknown: boolean
}

/** The stretches of a span that no name and no address has taken. */
export function untaken({ names, places }: Reading, span: Span): Span[] {
  const taken = [...names.map((name) => name.span), ...places.flatMap(({ spans }) => spans)]
    .filter((other) => overlaps(other, span))
    .sort((one, other) => one.start - other.start)
  const free: Span[] = []
  let at = span.start
  for (const { start, end } of taken) {
    if (start > at) free.push({ start: at, end: start })
    at = Math.max(at, end)
  }
  if (at < span.end) free.push({ start: at, end: span.end })
  return free
}

/** Units that nothing in an address is counted in. */
const PACKED = /^(?:箱|件|瓶|罐|听|盒|包|袋|桶|提|板|斤|公斤)$/

/** Whether goods stand at the beginning of a stretch: named completely, or counted in packs. */
export function beginsWithGoods({ text, around }: Reading, word: Span): boolean {
  for (const quantity of around.quantities) {
    if (quantity.start < word.start || quantity.start >= word.end) continue
    if (quantity.unit_word && PACKED.test(quantity.unit_word)) return true
    if (quantity.start > word.start && around.isGoods(text.plain.slice(word.start, quantity.start))) return true
  }
  return around.isGoods(text.plain.slice(word.start, word.end))
}

/** Whether something in a stretch is counted in packs, which nothing in an address is. */
export function countsPacks({ around }: Reading, span: Span): boolean {
  return around.quantities.some(
    (quantity) => overlaps(quantity, span) && quantity.unit_word !== null && PACKED.test(quantity.unit_word),
  )
}
