// Order lines out of what was named and how much of it: each of several, headings, sizes that go on with the goods before, quantities on
// a line of their own.

import { isCategory, taints } from '../chatter'
import type { Catalogue } from '../goods/catalogue'
import { wordsOf } from '../recipients/pieces'
import type { Span, Text } from '../text'
import { type Context, chosen, chosenAfter, eachOf, shareOf, specsOnly } from './choice'
import type { Entry } from './clauses'
import { addLine, choiceOf, contextOf, type Draft, doubtRepeats, type PastedLine, saidOf, type Work } from './drafts'
import type { Quantity } from './quantities'

/** Below this share, words without a quantity are talk that happens to sound like goods. */
export const NAMED = 0.5

/** The lines of a message's entries, and what they were made of. */
export function linesOf(
  text: Text,
  masked: string,
  entries: readonly Entry[],
  catalogue: Catalogue,
): { lines: PastedLine[]; used: Span[] } {
  const work: Work = {
    text,
    masked,
    catalogue,
    drafts: [],
    used: [],
    pending: [],
    context: null,
    tainted: new Set(),
    each: null,
  }
  for (const entry of entries) {
    if (entry.quantity) takeQuantity(work, entry, entry.quantity)
    else takeWords(work, entry)
  }
  finishEach(work)
  flush(work)
  doubtRepeats(work.drafts)
  for (const draft of work.drafts) if (work.tainted.has(draft.line)) draft.is_sure = false
  return { lines: work.drafts.map(({ choice: _, is_plain: __, line: ___, ...line }) => line), used: work.used }
}

function takeWords(work: Work, entry: Entry): void {
  const bare = bareNumbers(work, entry)
  if (bare.length) for (const part of bare) takeQuantity(work, part, part.quantity as Quantity)
  else if (work.each && isNamed(work, entry, [])) {
    work.used.push(work.each.quantity as Quantity)
    addEach(work, entry, work.each.quantity as Quantity, entry.is_doubtful || work.each.is_doubtful)
  } else work.pending.push(entry)
}

function takeQuantity(work: Work, entry: Entry, quantity: Quantity): void {
  finishEach(work)
  const named = work.pending.filter((one, at) => isNamed(work, one, work.pending.slice(0, at)))
  const last = named[named.length - 1]
  const is_near = last !== undefined && entry.line - last.line <= 1
  if (quantity.is_each && is_near) {
    keepPending(work, (one) => !named.includes(one))
    // What was named and is not known is of each too.
    const is_lacking = work.pending.some((one) => one.line === entry.line)
    flush(work)
    const all = entry.words ? [...named, entry] : named
    for (const one of all) addEach(work, one, quantity, one.is_doubtful || entry.is_doubtful || is_lacking)
  } else if (entry.words) {
    const is_below = takeHeadings(work, saidOf(work, entry.words))
    // Goods without a quantity right before a quantity that stands first: it may be theirs.
    const is_theirs = !is_below && is_near && quantity.start < entry.words.start
    flush(work)
    const is_doubtful = entry.is_doubtful || is_theirs
    if (quantity.is_each) addEach(work, entry, quantity, is_doubtful)
    else addWords(work, entry.words, quantity, is_doubtful)
  } else if (is_near) {
    keepPending(work, (one) => one !== last)
    flush(work)
    addWords(work, last.words as Span, quantity, last.is_doubtful || entry.is_doubtful)
  } else if (quantity.is_each) {
    flush(work)
    work.each = entry
  } else {
    flush(work)
    addOrphan(work, quantity)
  }
}

function keepPending(work: Work, keep: (one: Entry) => boolean): void {
  work.pending = work.pending.filter(keep)
}

function addWords(work: Work, words: Span, quantity: Quantity, is_doubtful: boolean): void {
  addLine(work, words, quantity, choiceOf(work, saidOf(work, words), quantity.unit_word), is_doubtful)
}

/** A quantity of nothing: what stands before it may be what it is of. */
function addOrphan(work: Work, quantity: Quantity): void {
  const before = work.drafts[work.drafts.length - 1]
  if (before) before.is_sure = false
  addLine(work, null, quantity, chosen(work.catalogue, '', null), true)
}

/** A quantity of each that nothing followed is one of nothing. */
function finishEach(work: Work): void {
  const { each } = work
  work.each = null
  if (each?.quantity && !work.used.includes(each.quantity)) addOrphan(work, each.quantity)
}

/** Whether an entry names goods, or sizes of those an entry before it names. */
function isNamed(work: Work, { words }: Entry, before: readonly Entry[]): boolean {
  if (!words) return false
  const said = saidOf(work, words)
  return (
    (work.context && specsOnly(work.context.goods, said)) !== null ||
    shareOf(work.catalogue, said) >= NAMED ||
    before.some((one) => one.words && headingOf(work, one.words, said) !== null)
  )
}

/** The goods that words name, when `below` are sizes or colours of them. */
function headingOf(work: Work, words: Span, below: string): Context | null {
  const choice = choiceOf(work, saidOf(work, words), null)
  if (!choice.goods || !specsOnly(choice.goods, below)) return null
  return contextOf(choice.goods, choice.specs, true)
}

/**
 * Takes pending words as headings when `below` are sizes or colours of what they name: 运动鞋 / 黑色： / 41码1双. False when none of them
 * is one.
 */
function takeHeadings(work: Work, below: string): boolean {
  let context: Context | null = null
  const taken: Entry[] = []
  for (const one of work.pending) {
    if (!one.words) continue
    const said = saidOf(work, one.words)
    const over: Context | null = context ?? work.context
    const specs: string[][] | null = over && specsOnly(over.goods, said)
    if (over && specs && !lacking(work, over, specs).length) {
      context = { ...over, fixed: over.fixed.map((before, axis) => specs[axis]?.[0] ?? before) }
      taken.push(one)
      continue
    }
    const heading = headingOf(work, one.words, below)
    if (!heading) continue
    context = heading
    taken.push(one)
  }
  if (!context || !specsOnly(context.goods, below)) return false
  for (const { words } of taken) work.used.push(words as Span)
  keepPending(work, (one) => !taken.includes(one))
  // What is left over stood before the headings, or between them.
  flush(work)
  work.context = { ...context, before: context.fixed }
  return true
}

/** Lines for each of several things one quantity is said of: 红牛 怡宝各2箱, 黑白各3件. */
function addEach(work: Work, { words }: Entry, quantity: Quantity, is_doubtful: boolean): void {
  if (!words) return
  const said = saidOf(work, words)
  const whole = choiceOf(work, said, quantity.unit_word)
  const parts = whole.share === 1 ? [] : partsOf(work, words, quantity.unit_word)
  if (parts.length) {
    for (const part of parts) addWords(work, part, quantity, is_doubtful)
    return
  }
  const choices = eachOf(whole)
  // M-XL may mean L too; 红S和白M is not every pair of them.
  const is_many = whole.specs.filter((values) => values.length > 1).length > 1
  const is_range = choices.length > 1 && /[\p{L}\d]\s*[-~—–到至]\s*[\p{L}\d]/u.test(said)
  for (const choice of choices) addLine(work, words, quantity, choice, is_doubtful || is_range || is_many)
}

/** The words parted into goods that are each named completely; none when they cannot be. */
function partsOf(work: Work, words: Span, unit_word: string | null): Span[] {
  const isWhole = (part: Span): boolean => choiceOf(work, saidOf(work, part), unit_word).share === 1
  const spaced = wordsOf(work.masked.replace(/[和跟与及]/g, ' '), words)
  const [first] = spaced
  if (first && spaced.length > 1) {
    return spaced.every((part) => isWhole(part) || headingOf(work, first, saidOf(work, part)) !== null) ? spaced : []
  }
  // Without anything between: the longest that is named completely, and again.
  const parts: Span[] = []
  let from = words.start
  while (from < words.end) {
    let to = Math.min(words.end, from + 20)
    while (to - from > 1 && !isWhole({ start: from, end: to })) to -= 1
    if (to - from < 2) return []
    parts.push({ start: from, end: to })
    from = to
  }
  return parts
}

/** What was named without a quantity: a size for the lines before, a line to be completed, or mere talk. */
function flush(work: Work): void {
  const { pending } = work
  work.pending = []
  for (const { words, stop, line } of pending) {
    if (!words || completes(work, words)) continue
    const said = saidOf(work, words)
    if (taints(said)) work.tainted.add(line)
    const choice = choiceOf(work, said, null)
    if (choice.share >= NAMED && !(stop === ':' && isCategory(said))) addLine(work, words, null, choice, true)
  }
}

/** The lines before that a size or colour said last completes: of the same goods, without a value on any axis it says. */
function lacking({ drafts }: Work, { goods }: Context, specs: readonly string[][]): Draft[] {
  const found: Draft[] = []
  for (let at = drafts.length - 1; at >= 0; at--) {
    const draft = drafts[at] as Draft
    const has_one = specs.some((said, axis) => said.length > 0 && draft.choice.specs[axis]?.length)
    if (draft.choice.goods !== goods || has_one) break
    found.push(draft)
  }
  return found
}

/** 黑色1件 灰色1件，都要L码: the size said last goes for all lines of the same goods that have none. */
function completes(work: Work, words: Span): boolean {
  const { context } = work
  const specs = context && specsOnly(context.goods, saidOf(work, words))
  if (!context || !specs) return false
  const drafts = lacking(work, context, specs)
  for (const draft of drafts) {
    const both = specs.map((said, axis) => (said.length ? said : (draft.choice.specs[axis] ?? [])))
    const choice = chosenAfter({ ...context, before: context.fixed }, both, draft.unit_word)
    const [only] = choice.fitting.length === 1 ? choice.fitting : []
    const unit = only?.unit ?? null
    Object.assign(draft, { choice, matches: choice.matches, unit, is_sure: unit !== null && draft.is_plain })
  }
  if (drafts.length) work.used.push(words)
  return drafts.length > 0
}

/** T恤黑M2 L3: numbers without a pack word behind completely named goods. They may be prices, so none is sure. */
function bareNumbers(work: Work, entry: Entry): Entry[] {
  const words = entry.words as Span
  const found: Entry[] = []
  let from = words.start
  let { context } = work
  for (const word of wordsOf(work.masked, words)) {
    const [, number] = /(?:^|[^\d.*x×])(\d{1,4})$/.exec(saidOf(work, word)) ?? []
    if (!number) continue
    const part = { start: from, end: word.end - number.length }
    const before = saidOf(work, part).trim()
    const here = { catalogue: work.catalogue, context }
    if (!before || choiceOf(here, saidOf(work, { start: from, end: word.end }), null).share === 1) continue
    const choice = choiceOf(here, before, null)
    if (choice.share !== 1) continue
    if (choice.goods) context = contextOf(choice.goods, choice.specs, false)
    const quantity = {
      start: word.end - number.length,
      end: word.end,
      quantity_e3: Number(number) * 1000,
      unit_word: null,
      is_each: false,
      has_times: false,
      is_sure: false,
    }
    found.push({ ...entry, words: part, quantity })
    from = word.end
  }
  return found
}
