// Finds the recipient's name: behind a label, or beside a phone number.

import { isFiller } from '../chatter'
import { type Span, shownAt } from '../text'
import { bareName, type NameLikeness, nameLikeness } from './names'
import { type Piece, wordsOf } from './pieces'
import { addressStart, goesOn } from './places'
import { beginsWithGoods, type Reading, untaken } from './reading'

/** What a shop puts behind the name of somebody whose number it hides: 吴静[4321]. */
const HIDDEN_PART = /[[【(（]\d{2,6}[\]】)）]/

/** Takes the name behind a label, up to a space, a number or an address. */
export function readLabelled(reading: Reading, piece: Piece): void {
  const { text, around } = reading
  const address = addressStart(around.divisions, text.plain, piece)
  const end = address > piece.start ? address : piece.end
  const whole = shownAt(text, { start: piece.start, end })
  const [first] = wordsOf(text.plain, { start: piece.start, end })
  if (!first || address === piece.start) return
  const is_latin = /^[A-Za-z][A-Za-z .·-]*$/.test(whole)
  const span = is_latin ? { start: piece.start, end } : first
  const shown = shownAt(text, span)
  // 张三（李四代收）: both are named.
  const [outside = ''] = shown.split(/[(（]/)
  const name = bareName(outside)
  if (!name) return
  const is_plain = !/[(（]./.test(shown) && !/[\d[\]【】]/.test(name)
  reading.names.push({ span, text: name, is_sure: is_plain && name.length <= 12 })
}

interface Beside {
  span: Span
  text: string
  likeness: NameLikeness
}

/** Takes the name beside a phone number when none was labelled. */
export function findBesidePhones(reading: Reading): void {
  const found: Beside[] = []
  for (const [at, piece] of reading.pieces.entries()) {
    if (piece.label === 'goods' || piece.label === 'count') continue
    // The one before the number is likelier; so it comes first.
    if (piece.phone_after) found.push(...besideOf(reading, piece, 'last'))
    if (piece.phone_before) found.push(...besideOf(reading, piece, 'first'))
    else if (!piece.phone_after && isBesidePhoneLine(reading, at)) found.push(...besideOf(reading, piece, 'only'))
  }
  const full = found.filter(({ likeness }) => likeness === 'full')
  const distinct = new Set(full.map((name) => name.text))
  const best = full[0] ?? found[0]
  // Without an address a place may be meant: 张江 13800138000.
  const is_on_address = reading.shops.some(({ text }) => text === best?.text)
  const is_sure = full.length > 0 && distinct.size === 1 && reading.places.length > 0 && !is_on_address
  if (best) {
    reading.names.push({ span: best.span, text: best.text, is_sure })
    reading.is_somebody_unknown = false
  }
  // Further ones are no goods either.
  for (const { span, text } of full.slice(1)) reading.names.push({ span, text, is_sure })
}

function besideOf(reading: Reading, piece: Piece, which: 'first' | 'last' | 'only'): Beside[] {
  const free = untaken(reading, piece)
  const stretch = which === 'last' ? free[free.length - 1] : free[0]
  if (!stretch || (which === 'last' ? stretch.end !== piece.end : stretch.start !== piece.start)) return []
  const words = wordsOf(reading.text.plain, stretch)
  if (which === 'only' && words.length !== 1) return []
  const whole = nameOf(reading, stretch)
  if (whole && /[A-Za-z] [A-Za-z]/.test(whole.text)) return [whole]
  const word = which === 'last' ? words[words.length - 1] : words[0]
  const name = word && nameOf(reading, word)
  return name ? [name] : []
}

function nameOf(reading: Reading, span: Span): Beside | null {
  const shown = shownAt(reading.text, span)
  const text = bareName(shown)
  const plain = text.toLowerCase()
  const likeness = nameLikeness(text.replace(HIDDEN_PART, '').replace(/[(（【]$/, ''))
  if (isFiller(plain) || goesOn(plain) || beginsWithGoods(reading, span)) return null
  if (likeness === 'none') {
    reading.is_somebody_unknown ||= /\p{L}/u.test(text)
    return null
  }
  return { span, text: text.replace(/[(（【]$/, ''), likeness: HIDDEN_PART.test(text) ? 'perhaps' : likeness }
}

/** Whether a piece has its line to itself, and a phone number stands in the line above or below. */
function isBesidePhoneLine({ pieces, phones, text }: Reading, at: number): boolean {
  const { line, start } = pieces[at] as Piece
  if (pieces[at - 1]?.line === line || pieces[at + 1]?.line === line) return false
  const { plain } = text
  return phones.some((phone) => {
    const between = phone.start < start ? plain.slice(phone.end, start) : plain.slice(start, phone.start)
    return between.length < 100 && between.split('\n').length === 2
  })
}

/** The one name, sure unless there are several, or somebody who is named in words that are not known. */
export function oneName({ names, is_somebody_unknown }: Reading): { text: string; is_sure: boolean } {
  const [first] = names
  if (!first) return { text: '', is_sure: !is_somebody_unknown }
  const is_only = names.every((name) => name.text === first.text)
  return { text: first.text, is_sure: is_only && first.is_sure }
}
