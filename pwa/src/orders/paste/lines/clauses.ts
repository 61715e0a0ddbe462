// A message without its recipient cut into clauses, and each clause into what was named and how much was wanted of it.

import { isDoubtful, isFiller } from '../chatter'
import { blanked, type Span, trimmed } from '../text'
import type { Quantity } from './quantities'

/** What was named, how much of it, or both beside each other. */
export interface Entry {
  /** Null where only a quantity stands. */
  words: Span | null
  quantity: Quantity | null
  line: number
  /** The stop behind its clause. */
  stop: string
  /** The clause asks, cancels, compares or can be read in two ways: nothing in it is sure. */
  is_doubtful: boolean
}

/** What words are known for. */
export interface Known {
  /** Whether they name goods, at least half. */
  isNamed: (words: string) => boolean
  /** Whether `others` are sizes or colours of the goods that `words` name. */
  isSpecOf: (words: string, others: string) => boolean
}

interface Clause extends Span {
  line: number
  stop: string
  quantities: Quantity[]
  is_doubtful: boolean
}

const STOP = /[\n\t,;。!?、|:/+&]/
const EDGE = '[\\s\\-–—_~.…*()（）[\\]【】<>《》「」{}"\'“”‘’=]+'
const LEADING = new RegExp(`^${EDGE}`)
const TRAILING = new RegExp(`${EDGE}$`)

/** The text with what is no words of goods written over: `taken` parts clauses, `soft` does not. */
export function maskedOf(plain: string, taken: readonly Span[], soft: readonly Span[]): string {
  return blanked(blanked(plain, soft, ' '), taken, '\n')
}

/** The entries of a masked text, in order. */
export function entriesOf(plain: string, masked: string, quantities: readonly Quantity[], known: Known): Entry[] {
  return clausesOf(plain, masked, quantities, known).flatMap((clause) => entriesOfClause(masked, clause, known))
}

function clausesOf(plain: string, masked: string, quantities: readonly Quantity[], known: Known): Clause[] {
  const clauses: Clause[] = []
  let line = 0
  let start = 0
  let stop = '\n'
  for (let at = 0; at <= masked.length; at++) {
    const sign = masked[at]
    const is_stop = sign === undefined || STOP.test(sign) || (sign === '.' && /\s/.test(masked[at + 1] ?? ''))
    if (!is_stop || quantities.some((quantity) => quantity.start < at && at < quantity.end)) continue
    const inside = quantities.filter((quantity) => quantity.start >= start && quantity.end <= at)
    const said = masked.slice(start, at) + (sign === '?' ? '?' : '')
    const clause = { start, end: at, line, stop: sign ?? '', quantities: inside, is_doubtful: isDoubtful(said) }
    const before = clauses[clauses.length - 1]
    const first = inside[0]
    if (
      before &&
      first &&
      /[:,、]/.test(stop) &&
      before.end === start - 1 &&
      !before.quantities.length &&
      !wordsIn(masked, { start, end: first.start }) &&
      (stop === ':' || !before.is_doubtful || known.isNamed(masked.slice(before.start, before.end)))
    ) {
      // 红牛：2箱 and 红牛,2箱 are one clause.
      before.end = at
      before.stop = clause.stop
      before.quantities = inside
      before.is_doubtful ||= clause.is_doubtful
    } else if (inside.length || wordsIn(masked, clause)) clauses.push(clause)
    stop = sign ?? ''
    start = at + 1
    if (plain[at] === '\n') line += 1
  }
  return clauses
}

function entriesOfClause(
  masked: string,
  { start, end, line, stop, quantities, is_doubtful }: Clause,
  known: Known,
): Entry[] {
  // Words before, between and after the quantities, one more than there are of these; null where there are none.
  const words: (Span | null)[] = []
  let at = start
  for (const quantity of quantities) {
    words.push(wordsIn(masked, { start: at, end: quantity.start }))
    at = quantity.end
  }
  words.push(wordsIn(masked, { start: at, end }))
  const entry = (span: Span | null, quantity: Quantity | null, is_two_ways = false): Entry => ({
    words: span,
    quantity,
    line,
    stop,
    is_doubtful: is_doubtful || is_two_ways,
  })
  const first = words[0] ?? null
  const last = words[words.length - 1] ?? null
  if (!quantities.length) return first ? [entry(first, null)] : []

  const said = (span: Span | null): string => (span ? masked.slice(span.start, span.end) : '')
  const is_first_named = first !== null && known.isNamed(said(first))
  // With one quantity it does not matter whether a size behind it goes with it or with the name: T恤黑色 2件 M码.
  const is_spec =
    last !== null &&
    quantities.length > 1 &&
    words.some((span) => span && span !== last && known.isSpecOf(said(span), said(last)))
  const is_last_named = last !== null && (is_spec || known.isNamed(said(last)))
  const spacing = spacingOf(masked, quantities, words)
  // Name first unless only that leaves the quantity in front without one.
  const is_quantity_first = last !== null && (first === null || (is_last_named && !is_first_named))
  const is_open = first === null ? last === null : is_first_named ? is_last_named : last === null
  const is_two_ways =
    is_open &&
    spacing !== (is_quantity_first ? 'quantity first' : 'name first') &&
    (quantities.length > 1 || last !== null)
  const entries = quantities.map((quantity, index) =>
    entry(words[is_quantity_first ? index + 1 : index] ?? null, quantity, is_two_ways),
  )
  if (is_quantity_first && first) entries.unshift(entry(first, null))
  if (!is_quantity_first && last) entries.push(entry(last, null, is_two_ways))
  return entries
}

/** Which of two neighbours spaces tie together: 红牛2箱 雪花3箱, 2箱红牛 3箱雪花. */
function spacingOf(
  masked: string,
  quantities: readonly Quantity[],
  words: readonly (Span | null)[],
): 'name first' | 'quantity first' | null {
  let name_first = 0
  let quantity_first = 0
  for (let at = 1; at < quantities.length; at++) {
    const span = words[at]
    const before = quantities[at - 1]
    const after = quantities[at]
    if (!span || !before || !after) return null
    const has_gap_before = /\s/.test(masked.slice(before.end, span.start))
    const has_gap_after = /\s/.test(masked.slice(span.end, after.start))
    if (has_gap_before && !has_gap_after) name_first += 1
    if (!has_gap_before && has_gap_after) quantity_first += 1
  }
  const inner = quantities.length - 1
  if (inner > 0 && name_first === inner) return 'name first'
  return inner > 0 && quantity_first === inner ? 'quantity first' : null
}

/** The words of a stretch without stops and brackets around them; null when they mean nothing. */
function wordsIn(masked: string, { start, end }: Span): Span | null {
  const raw = masked.slice(start, end)
  const inner = raw.replace(LEADING, '')
  const from = start + raw.length - inner.length
  const said = inner.replace(TRAILING, '')
  return said === '' || isFiller(said) ? null : trimmed(masked, { start: from, end: from + said.length })
}
