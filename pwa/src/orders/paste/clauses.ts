// A message without its recipient cut into clauses, and each clause into what was named and how much was wanted of it.

import { isDoubtful, isFiller } from './chatter'
import type { Quantity } from './quantities'
import { blanked, type Span, trimmed } from './text'

/** What was named, how much of it, or both beside each other. */
export interface Entry {
  /** Null where only a quantity stands. */
  words: Span | null
  quantity: Quantity | null
  line: number
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
    const is_inside = quantities.some((quantity) => quantity.start < at && at < quantity.end)
    const is_stop = sign === undefined || STOP.test(sign) || (sign === '.' && /\s/.test(masked[at + 1] ?? ''))
    if (!is_stop || is_inside) continue
    const inside = quantities.filter((quantity) => quantity.start >= start && quantity.end <= at)
    const said = masked.slice(start, at) + (sign === '?' ? '?' : '')
    const clause = { start, end: at, line, quantities: inside, is_doubtful: isDoubtful(said) }
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
      before.quantities = inside
      before.is_doubtful ||= clause.is_doubtful
    } else if (inside.length || wordsIn(masked, clause)) clauses.push(clause)
    stop = sign ?? ''
    start = at + 1
    if (plain[at] === '\n') line += 1
  }
  return clauses
}

function entriesOfClause(masked: string, { start, end, line, quantities, is_doubtful }: Clause, known: Known): Entry[] {
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
    is_doubtful: is_doubtful || is_two_ways,
  })
  const first = words[0] ?? null
  const last = words[words.length - 1] ?? null
  if (!quantities.length) return first ? [entry(first, null)] : []

  const said = (span: Span | null): string => (span ? masked.slice(span.start, span.end) : '')
  const is_first_named = first !== null && known.isNamed(said(first))
  const is_last_named =
    last !== null &&
    (known.isNamed(said(last)) || words.some((span) => span && span !== last && known.isSpecOf(said(span), said(last))))
  // Name first unless only that leaves the quantity in front without one.
  const is_quantity_first = last !== null && (first === null || (is_last_named && !is_first_named))
  const is_two_ways = first !== null ? is_first_named && is_last_named : last === null && quantities.length > 1
  const entries = quantities.map((quantity, index) =>
    entry(words[is_quantity_first ? index + 1 : index] ?? null, quantity, is_two_ways),
  )
  if (is_quantity_first && first) entries.unshift(entry(first, null))
  if (!is_quantity_first && last) entries.push(entry(last, null, is_two_ways))
  return entries
}

/** The words of a stretch without stops and brackets around them; null when they mean nothing. */
function wordsIn(masked: string, { start, end }: Span): Span | null {
  const raw = masked.slice(start, end)
  const inner = raw.replace(LEADING, '')
  const from = start + raw.length - inner.length
  const said = inner.replace(TRAILING, '')
  return said === '' || isFiller(said) ? null : trimmed(masked, { start: from, end: from + said.length })
}
