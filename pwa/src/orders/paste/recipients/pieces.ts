// A message cut at its stops, lines, phone numbers and labels into the pieces that names and addresses are looked for in.

import { type Span, trimmed } from '../text'
import type { Label, LabelKind } from './labels'
import type { Phone } from './phones'

export interface Piece extends Span {
  /** What the label right before it says it is. */
  label: LabelKind | null
  line: number
  /** The phone number that stands right before and right after it in its line, with nothing but stops and labels between. */
  phone_before: Phone | null
  phone_after: Phone | null
}

const STOP = /[\n,;。!?|\t:]/

/** The pieces of a plain text in order, without space at their ends; empty ones only where a label stands before them. */
export function piecesOf(
  plain: string,
  labels: readonly Label[],
  phones: readonly Phone[],
  hidden: readonly Span[],
): Piece[] {
  const cuts: { span: Span; label?: Label; phone?: Phone }[] = [
    ...labels.map((label) => ({ span: label, label })),
    ...phones.map((phone) => ({ span: phone, phone })),
    ...hidden.map((span) => ({ span })),
  ].sort((one, other) => one.span.start - other.span.start)

  const pieces: Piece[] = []
  let line = 0
  let label: LabelKind | null = null
  let phone: Phone | null = null
  let from = 0
  const close = (to: number): void => {
    const span = trimmed(plain, { start: from, end: to })
    const is_empty = !/[\p{L}\p{N}]/u.test(plain.slice(span.start, span.end))
    if (!is_empty) {
      pieces.push({ ...span, label, line, phone_before: phone, phone_after: null })
      phone = null
      label = null
    }
  }
  let next = 0
  for (let at = 0; at <= plain.length; at++) {
    const cut = cuts[next]
    if (cut && at === cut.span.start) {
      close(at)
      if (cut.label) label = cut.label.kind
      if (cut.phone) {
        const before = pieces[pieces.length - 1]
        if (before && before.line === line && !phone) before.phone_after = cut.phone
        phone = cut.phone
        label = null
      }
      at = Math.max(at, cut.span.end) - 1
      from = at + 1
      next += 1
      while (cuts[next] && (cuts[next] as { span: Span }).span.start < from) next += 1
      continue
    }
    if (at < plain.length && !STOP.test(plain[at] as string)) continue
    close(at)
    from = at + 1
    if (plain[at] === '\n') {
      line += 1
      phone = null
      // A label may stand in a line of its own above what it names, but not further.
      if (plain[at + 1] === '\n') label = null
    }
  }
  return pieces
}

/** The parts of a span between spaces. */
export function wordsOf(plain: string, { start, end }: Span): Span[] {
  const words: Span[] = []
  let from = -1
  for (let at = start; at <= end; at++) {
    const is_space = at === end || /\s/.test(plain[at] as string)
    if (is_space && from >= 0) {
      words.push({ start: from, end: at })
      from = -1
    } else if (!is_space && from < 0) from = at
  }
  return words
}
