// Lines while a message is still being read, and what each is made of: words, a quantity, and what the words mean where they stand.

import { NO_GOODS } from '../chatter'
import type { Catalogue } from '../goods/catalogue'
import type { Goods } from '../goods/goods'
import { hasNumber, joinedOf } from '../goods/tokens'
import { type Span, shownAt, type Text } from '../text'
import { type Choice, type Context, chosen, chosenAfter, type Match, specsOnly } from './choice'
import type { Entry } from './clauses'
import type { Quantity } from './quantities'

/** One line of an order as it was read. */
export interface PastedLine {
  /** The piece it was read from, as it stood. */
  text: string
  /** Null where no one number was said. */
  quantity_e3: number | null
  /** The pack word as it stood, null without one. */
  unit_word: string | null
  /** The unit to order in; null while that is open. */
  unit: string | null
  /** What may be meant, best first; the first and only one when the line is sure. */
  matches: Match[]
  /** Whether goods, quantity and unit are all beyond doubt. */
  is_sure: boolean
}

export interface Draft extends PastedLine {
  choice: Choice
  /** Where it stood. */
  line: number
  /** Whether nothing but the goods could make it unsure. */
  is_plain: boolean
}

/** A message whose lines are being read. */
export interface Work {
  text: Text
  /** The plain text without what is noise or the recipient's. */
  masked: string
  catalogue: Catalogue
  drafts: Draft[]
  /** What lines were made of. */
  used: Span[]
  /** Words without a quantity so far. */
  pending: Entry[]
  /** The goods that sizes and colours alone go on with. */
  context: Context | null
  /** Lines of the text in which something puts its goods in doubt. */
  tainted: Set<number>
  /** 各2箱：…: a quantity of each of what is named behind it. */
  each: Entry | null
}

export function saidOf({ masked }: Pick<Work, 'masked'>, span: Span): string {
  return masked.slice(span.start, span.end)
}

/** What words mean where they stand: sizes of the goods before, or goods of their own. */
export function choiceOf(work: Pick<Work, 'context' | 'catalogue'>, words: string, unit_word: string | null): Choice {
  const specs = work.context && specsOnly(work.context.goods, words)
  if (work.context && specs) return chosenAfter(work.context, specs, unit_word)
  return chosen(work.catalogue, words, unit_word)
}

/** What goes on after a line, or below a heading when `is_fixed`. */
export function contextOf(goods: Goods, specs: readonly string[][], is_fixed: boolean): Context {
  const said = goods.axes.map((_, axis) => (specs[axis]?.length === 1 ? (specs[axis]?.[0] ?? null) : null))
  return { goods, fixed: is_fixed ? said : goods.axes.map(() => null), before: said }
}

export function addLine(
  work: Work,
  words: Span | null,
  quantity: Quantity | null,
  choice: Choice,
  is_doubtful: boolean,
): void {
  const said = words ? saidOf(work, words) : ''
  const is_nothing = !choice.matches.length && quantity !== null && /^[个件份]$/.test(quantity.unit_word ?? '')
  if (is_nothing && (!said || NO_GOODS.test(said))) return
  const [only] = choice.fitting.length === 1 ? choice.fitting : []
  const unit = only?.unit ?? null
  const text_line = lineOf(work, words ?? quantity)
  // X3 may be the model.
  const is_model = quantity?.has_times && !quantity.unit_word && isInName(choice, quantity)
  const is_run_together = words !== null && words.end === quantity?.start && runsOn(work, choice, words, quantity)
  const is_plain = (quantity?.is_sure ?? false) && !is_doubtful && !is_model && !is_run_together
  const says_two = choice.specs.some((values) => values.length > 1)
  work.drafts.push({
    text: shownOf(work.text, words, quantity),
    quantity_e3: quantity?.quantity_e3 ?? null,
    unit_word: quantity?.unit_word ?? null,
    unit,
    matches: choice.matches,
    is_sure: only !== undefined && unit !== null && is_plain && !says_two,
    choice,
    line: text_line,
    is_plain,
  })
  if (words) work.used.push(words)
  if (quantity) work.used.push(quantity)
  if (choice.goods) {
    const { context } = work
    const next = contextOf(choice.goods, choice.specs, quantity === null)
    work.context = context?.goods === choice.goods && quantity ? { ...next, fixed: context.fixed } : next
  } else if (words) work.context = null
}

function lineOf({ masked }: Work, span: Span | null): number {
  return span ? masked.slice(0, span.start).split('\n').length - 1 : 0
}

function isInName({ goods }: Choice, { quantity_e3 }: Quantity): boolean {
  return goods?.text.includes(joinedOf(`x${(quantity_e3 ?? 0) / 1000}`)) ?? false
}

/** 手环81个: may be one of 手环8. */
function runsOn({ masked }: Work, { goods }: Choice, words: Span, quantity: Quantity): boolean {
  const [digits = ''] = /^\d+/.exec(masked.slice(quantity.start, quantity.end)) ?? []
  const said = saidOf({ masked }, words)
  const isOfGoods = (number: string): boolean =>
    goods !== null &&
    (hasNumber(goods.text, number) ||
      goods.axes.some((axis) => axis.some(({ forms }) => forms.some((form) => hasNumber(form, number)))))
  for (let length = 1; length < digits.length; length++) {
    const number = digits.slice(0, length)
    if (isOfGoods(number) && !said.includes(number)) return true
  }
  return false
}

/** How a line stood: in one piece where it did. */
function shownOf(text: Text, words: Span | null, quantity: Quantity | null): string {
  if (!words || !quantity) return shownAt(text, words ?? quantity ?? { start: 0, end: 0 })
  const whole = { start: Math.min(words.start, quantity.start), end: Math.max(words.end, quantity.end) }
  const between = text.plain.slice(Math.min(words.end, quantity.end), Math.max(words.start, quantity.start))
  if (!/[\n\t]/.test(between) && between.length < 12) return shownAt(text, whole)
  return `${shownAt(text, words)} ${shownAt(text, quantity)}`
}

/** The same goods twice may be more of them or a slip. */
export function doubtRepeats(drafts: readonly Draft[]): void {
  const by_pack = new Map<string, Draft[]>()
  for (const draft of drafts) {
    const [only] = draft.choice.fitting.length === 1 ? draft.choice.fitting : []
    if (!only) continue
    const same = by_pack.get(only.variant.id)
    if (same) same.push(draft)
    else by_pack.set(only.variant.id, [draft])
  }
  for (const same of by_pack.values()) {
    const units = new Set(same.map(({ unit }) => unit))
    if (units.size < same.length) for (const draft of same) draft.is_sure = false
  }
}
