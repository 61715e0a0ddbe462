// Order lines out of what was named and how much of it: each of several, headings, sizes that go on with the goods before, quantities on
// a line of their own.

import type { Catalogue, Goods } from './catalogue'
import { isFiller, NO_GOODS } from './chatter'
import { type Choice, type Context, chosen, chosenAfter, eachOf, type Match, specsOnly } from './choice'
import type { Entry } from './clauses'
import { wordsOf } from './pieces'
import type { Quantity } from './quantities'
import { type Span, shownAt, type Text } from './text'

/** One line of an order as it was read. */
export interface PastedLine {
  /** The piece it was read from, as it stood. */
  text: string
  /** Null where no number was said. */
  quantity_e3: number | null
  /** The pack word as it stood, null without one. */
  unit_word: string | null
  /** The unit to order in; null while that is open. */
  unit: string | null
  /** What may be meant, best first; one of them when the line is sure. */
  matches: Match[]
  /** Whether goods, quantity and unit are all beyond doubt. */
  is_sure: boolean
}

interface Draft extends PastedLine {
  choice: Choice
  span: Span
}

interface Made {
  lines: PastedLine[]
  /** What the lines were read from. */
  used: Span[]
}

/** Below this share, words without a quantity are talk that happens to sound like goods. */
const NAMED = 0.5

/** What reading lines works on. */
interface Work {
  text: Text
  masked: string
  catalogue: Catalogue
  drafts: Draft[]
  used: Span[]
  /** Words without a quantity so far. */
  pending: Entry[]
  context: Context | null
}

/** The lines of a message's entries. */
export function linesOf(text: Text, masked: string, entries: readonly Entry[], catalogue: Catalogue): Made {
  const work: Work = { text, masked, catalogue, drafts: [], used: [], pending: [], context: null }
  for (const entry of entries) {
    if (entry.quantity) takeQuantity(work, entry, entry.quantity)
    else takeWords(work, entry)
  }
  flush(work)
  doubtRepeats(work.drafts)
  return {
    lines: work.drafts.map(({ text, quantity_e3, unit_word, unit, matches, is_sure }) => ({
      text,
      quantity_e3,
      unit_word,
      unit,
      matches,
      is_sure,
    })),
    used: work.used,
  }
}

function saidOf({ masked }: Work, span: Span): string {
  return masked.slice(span.start, span.end)
}

/** What words mean where they stand: sizes of the goods before, or goods of their own. */
function choiceOf(work: Work, words: string, unit_word: string | null): Choice {
  if (work.context) {
    const specs = specsOnly(work.context.goods, words)
    if (specs) return chosenAfter(work.context, specs, unit_word)
  }
  return chosen(work.catalogue, words, unit_word)
}

function takeWords(work: Work, entry: Entry): void {
  const bare = bareNumbers(work, entry)
  if (bare.length) for (const part of bare) takeQuantity(work, part, part.quantity as Quantity)
  else work.pending.push(entry)
}

function takeQuantity(work: Work, entry: Entry, quantity: Quantity): void {
  const named = work.pending.filter((one, at) => isNamed(work, one, work.pending.slice(0, at)))
  const last = named[named.length - 1]
  if (quantity.is_each && named.length && isNear(last as Entry, entry)) {
    work.pending = work.pending.filter((one) => !named.includes(one))
    // What was named and is not known is of each too.
    const is_lacking = work.pending.some((one) => one.line === entry.line)
    flush(work)
    const all = entry.words ? [...named, entry] : named
    for (const one of all) addEach(work, one, quantity, one.is_doubtful || entry.is_doubtful || is_lacking)
    return
  }
  if (entry.words) {
    const said = saidOf(work, entry.words)
    const heading = last?.words && headingOf(work, last.words, said)
    if (heading && last) {
      work.pending = work.pending.filter((one) => one !== last)
      work.used.push(last.words as Span)
      flush(work)
      work.context = heading
    } else {
      // Goods without a quantity right before a quantity that stands first: it may be theirs.
      const is_theirs = last !== undefined && isNear(last, entry) && quantity.start < entry.words.start
      flush(work)
      if (is_theirs) entry.is_doubtful = true
    }
    if (quantity.is_each) addEach(work, entry, quantity, entry.is_doubtful)
    else addLine(work, entry.words, quantity, choiceOf(work, said, quantity.unit_word), entry.is_doubtful)
    return
  }
  if (last && isNear(last, entry)) {
    work.pending = work.pending.filter((one) => one !== last)
    flush(work)
    const choice = choiceOf(work, saidOf(work, last.words as Span), quantity.unit_word)
    addLine(work, last.words as Span, quantity, choice, last.is_doubtful || entry.is_doubtful)
    return
  }
  flush(work)
  // A quantity of nothing: what stands before it may be what it is of.
  const before = work.drafts[work.drafts.length - 1]
  if (before) before.is_sure = false
  addLine(work, null, quantity, chosen(work.catalogue, '', null), true)
}

/** A quantity belongs to words of the same line or the one above. */
function isNear(words: Entry, quantity: Entry): boolean {
  return quantity.line - words.line <= 1
}

/** Whether an entry names goods, or sizes of those an entry before it names. */
function isNamed(work: Work, { words }: Entry, before: readonly Entry[]): boolean {
  if (!words) return false
  const said = saidOf(work, words)
  return (
    choiceOf(work, said, null).share >= NAMED ||
    before.some((one) => one.words && headingOf(work, one.words, said) !== null)
  )
}

/** The goods that a heading names, when what comes below it are sizes or colours of them. */
function headingOf(work: Work, heading: Span, below: string): Context | null {
  const choice = choiceOf(work, saidOf(work, heading), null)
  if (!choice.goods || !specsOnly(choice.goods, below)) return null
  return contextOf(choice.goods, choice.specs, true)
}

function contextOf(goods: Goods, specs: readonly string[][], is_fixed: boolean): Context {
  const said = goods.axes.map((_, axis) => (specs[axis]?.length === 1 ? (specs[axis]?.[0] ?? null) : null))
  return { goods, fixed: is_fixed ? said : goods.axes.map(() => null), before: said }
}

/** Lines for each of several things one quantity is said of: 红牛 怡宝各2箱, 黑白各3件. */
function addEach(work: Work, { words }: Entry, quantity: Quantity, is_doubtful: boolean): void {
  if (!words) return
  const said = saidOf(work, words)
  const whole = choiceOf(work, said, quantity.unit_word)
  const parts = whole.share === 1 ? [] : partsOf(work, words, quantity.unit_word)
  if (parts.length) {
    for (const part of parts) {
      addLine(work, part, quantity, choiceOf(work, saidOf(work, part), quantity.unit_word), is_doubtful)
    }
    return
  }
  const choices = eachOf(whole)
  // M-XL may mean L too.
  const is_range = choices.length > 1 && /[\p{L}\d]\s*[-~—–到至]\s*[\p{L}\d]/u.test(said)
  for (const choice of choices) addLine(work, words, quantity, choice, is_doubtful || is_range)
}

/** The words parted into goods that are each named completely; none when they cannot be. */
function partsOf(work: Work, words: Span, unit_word: string | null): Span[] {
  const isWhole = (part: Span): boolean => choiceOf(work, saidOf(work, part), unit_word).share === 1
  const spaced = wordsOf(work.masked, words)
  if (spaced.length > 1) {
    const whole = spaced.every((part, index) => {
      const above = spaced[index - 1]
      return isWhole(part) || (above !== undefined && headingOf(work, spaced[0] as Span, saidOf(work, part)) !== null)
    })
    return whole ? spaced : []
  }
  const found: Span[][] = []
  for (let at = words.start + 2; at <= words.end - 2; at++) {
    const halves = [
      { start: words.start, end: at },
      { start: at, end: words.end },
    ]
    if (halves.every(isWhole)) found.push(halves)
  }
  return found.length === 1 ? (found[0] as Span[]) : []
}

function addLine(work: Work, words: Span | null, quantity: Quantity, choice: Choice, is_doubtful: boolean): void {
  const { text, drafts, used } = work
  const said = words ? saidOf(work, words) : ''
  if (!choice.matches.length && /^[个件次份]$/.test(quantity.unit_word ?? '') && (!said || NO_GOODS.test(said))) return
  const span = words
    ? { start: Math.min(words.start, quantity.start), end: Math.max(words.end, quantity.end) }
    : { start: quantity.start, end: quantity.end }
  const is_together =
    words !== null && !/[\n\t]/.test(text.plain.slice(span.start, span.end)) && span.end - span.start < 60
  const shown = is_together
    ? shownAt(text, span)
    : [words && shownAt(text, words), shownAt(text, quantity)].filter(Boolean).join(' ')
  const [only] = choice.fitting.length === 1 ? choice.fitting : []
  const unit = only?.unit ?? null
  const says_two = choice.specs.some((values) => values.length > 1)
  drafts.push({
    text: shown,
    quantity_e3: quantity.quantity_e3,
    unit_word: quantity.unit_word,
    unit,
    matches: choice.matches,
    is_sure: only !== undefined && unit !== null && quantity.is_sure && !is_doubtful && !says_two,
    choice,
    span,
  })
  if (words) used.push(words)
  used.push(quantity)
  if (choice.goods) {
    const is_same = work.context?.goods === choice.goods
    const next = contextOf(choice.goods, choice.specs, false)
    work.context = is_same ? { ...next, fixed: work.context?.fixed ?? next.fixed } : next
  } else if (words) work.context = null
}

/** What was named without a quantity: a size for the lines before, a line to be completed, or mere talk. */
function flush(work: Work): void {
  for (const { words } of work.pending) {
    if (!words || completes(work, words)) continue
    const said = saidOf(work, words)
    const choice = choiceOf(work, said, null)
    if (choice.share < NAMED || isFiller(said)) continue
    work.drafts.push({
      text: shownAt(work.text, words),
      quantity_e3: null,
      unit_word: null,
      unit: null,
      matches: choice.matches,
      is_sure: false,
      choice,
      span: words,
    })
    work.used.push(words)
    if (choice.goods) work.context = contextOf(choice.goods, choice.specs, true)
  }
  work.pending = []
}

/** 黑色1件 灰色1件，都要L码: the size said last goes for all lines of the same goods that have none. */
function completes(work: Work, words: Span): boolean {
  const { context, drafts } = work
  const specs = context && specsOnly(context.goods, saidOf(work, words))
  if (!context || !specs) return false
  const lacking: Draft[] = []
  for (let at = drafts.length - 1; at >= 0; at--) {
    const draft = drafts[at] as Draft
    if (draft.choice.goods !== context.goods) break
    if (specs.some((said, axis) => said.length > 0 && draft.choice.specs[axis]?.length)) break
    lacking.push(draft)
  }
  for (const draft of lacking) {
    const both = specs.map((said, axis) => (said.length ? said : (draft.choice.specs[axis] ?? [])))
    const choice = chosenAfter({ ...context, before: context.fixed }, both, draft.unit_word)
    const [only] = choice.fitting.length === 1 ? choice.fitting : []
    Object.assign(draft, { choice, matches: choice.matches, unit: only?.unit ?? null })
    draft.is_sure = only !== undefined && only.unit !== null && draft.quantity_e3 !== null
  }
  if (lacking.length) work.used.push(words)
  return lacking.length > 0
}

/** T恤黑M2 L3: numbers without a pack word behind completely named goods. They may be prices, so none is sure. */
function bareNumbers(work: Work, entry: Entry): Entry[] {
  const words = entry.words as Span
  const found: Entry[] = []
  let from = words.start
  let context = work.context
  for (const word of wordsOf(work.masked, words)) {
    const [, number] = /(?:^|[^\d.*x×])(\d{1,4})$/.exec(saidOf(work, word)) ?? []
    if (!number) continue
    const part = { start: from, end: word.end - number.length }
    const before = saidOf(work, part).trim()
    const here: Work = { ...work, context }
    if (!before || choiceOf(here, saidOf(work, { start: from, end: word.end }), null).share === 1) continue
    const choice = choiceOf(here, before, null)
    if (choice.share !== 1) continue
    if (choice.goods) context = contextOf(choice.goods, choice.specs, false)
    const quantity: Quantity = {
      start: word.end - number.length,
      end: word.end,
      quantity_e3: Number(number) * 1000,
      unit_word: null,
      is_each: false,
      is_sure: false,
    }
    found.push({ ...entry, words: part, quantity })
    from = word.end
  }
  return found
}

/** The same goods twice may be more of them or a slip. */
function doubtRepeats(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const [match] = draft.matches
    if (!draft.is_sure || !match) continue
    const same = drafts.filter(
      (other) =>
        other.choice.fitting.length === 1 &&
        other.choice.fitting[0]?.variant.id === match.variant_id &&
        other.unit === draft.unit,
    )
    if (same.length > 1) for (const one of same) one.is_sure = false
  }
}
