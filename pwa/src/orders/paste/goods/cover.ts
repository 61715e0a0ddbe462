// How much of some words one product has: runs of its name in any order, and values of its axes. Pure; the words come as tokens.

import { plainOf } from '../text'
import { hasNumber, joinedOf, type Token } from './tokens'

/** The values of one axis, each by the ways it is written (joined texts, longest first). */
export type Axis = readonly { value: string; forms: readonly string[] }[]

export interface Named {
  /** Joined text of brand and name. */
  text: string
  /** Joined text of the name, and how much of its beginning is the brand. */
  name: string
  brand_length: number
  axes: readonly Axis[]
  initials: string
}

export interface Covered {
  /** The values said on each axis. */
  specs: string[][]
  /** The pieces of the words it does not have, in order. */
  left: string[]
  /** From 0, nothing, to 1, all of the words are in it. */
  share: number
  /** In how many runs its name was said; fewer is nearer to it. */
  runs: number
  /** How much of its joined name was said. */
  said: number
  /** Whether a word is the beginning of its initials. */
  has_initials: boolean
  /** Whether the words begin as the name does, and go on beyond the brand. */
  begins_name: boolean
}

/** What may follow a value without meaning more: 黑 色, M 码, 42 码. */
const AFTER_VALUE = /^[色码号味款]$/

/** The axes of a product: the values its variants have on each, and how they are written. */
export function axesOf(count: number, variants: readonly { spec: readonly string[] }[]): Axis[] {
  return Array.from({ length: count }, (_, axis) => {
    const values = new Set<string>()
    for (const { spec } of variants) if (spec[axis]) values.add(spec[axis] as string)
    return [...values].map((value) => ({ value, forms: formsOf(value) }))
  })
}

// Most products share their colours and sizes.
const known_forms = new Map<string, string[]>()
const MOST_FORMS = 2000

function formsOf(value: string): string[] {
  let forms = known_forms.get(value)
  if (!forms) {
    const plain = plainOf(value)
    const stem = plain.replace(/色$/, '').replace(/^(..+)味$/, '$1')
    // 256 for 256GB; of fewer figures it may be a quantity.
    const [, large = ''] = /^(\d{3,})(?:gb|g|ml)$/.exec(plain) ?? []
    forms = [...new Set([plain, stem, large].map(joinedOf))].filter(Boolean)
    forms.sort((one, other) => other.length - one.length)
    if (known_forms.size >= MOST_FORMS) known_forms.clear()
    known_forms.set(value, forms)
  }
  return forms
}

/** How much of the words a product has. */
export function cover(tokens: readonly Token[], plain: string, named: Named): Covered {
  const specs: string[][] = named.axes.map(() => [])
  const is_covered = new Array<boolean>(tokens.length).fill(false)
  let runs = 0
  let said = 0
  let has_initials = false
  let begins_name = false
  for (let at = 0; at < tokens.length; ) {
    const value = valueAt(tokens, at, named.axes)
    const run = runAt(tokens, at, named.text)
    if (value && value.length >= run.length) {
      const values = specs[value.axis] as string[]
      if (!values.includes(value.value)) values.push(value.value)
      is_covered.fill(true, at, at + value.length)
      at += value.length
    } else if (run.length) {
      if (!runs) begins_name = run.text.length > named.brand_length && named.name.startsWith(run.text)
      is_covered.fill(true, at, at + run.length)
      runs += 1
      said += run.text.length
      at += run.length
    } else {
      const { kind, text } = tokens[at] as Token
      if (kind === 'word' && text.length > 1 && named.initials.startsWith(text)) {
        is_covered[at] = true
        has_initials = true
      }
      at += 1
    }
  }
  return { specs, ...whatIsLeft(tokens, plain, is_covered), runs, said, has_initials, begins_name }
}

function whatIsLeft(
  tokens: readonly Token[],
  plain: string,
  is_covered: readonly boolean[],
): { left: string[]; share: number } {
  const left: string[] = []
  let whole = 0
  let found = 0
  let from = -1
  for (const [at, token] of tokens.entries()) {
    const weight = token.kind === 'han' ? 1 : 2
    whole += weight
    if (is_covered[at]) {
      found += weight
      from = -1
      continue
    }
    if (from < 0) {
      from = token.start
      left.push('')
    }
    left[left.length - 1] = plain.slice(from, token.end).replace(/\s+/g, '')
  }
  return { left, share: whole ? found / whole : 0 }
}

interface ValueAt {
  axis: number
  value: string
  /** In tokens. */
  length: number
}

/** The longest value of any axis that stands at a place. */
function valueAt(tokens: readonly Token[], at: number, axes: readonly Axis[]): ValueAt | null {
  let best: ValueAt | null = null
  const { part } = tokens[at] as Token
  for (let axis = 0; axis < axes.length; axis++) {
    for (const { value, forms } of axes[axis] as Axis) {
      for (const form of forms) {
        if (!form.startsWith(part)) continue
        let length = startsWith(tokens, at, form)
        if (!length) continue
        const next = tokens[at + length]
        if (next && AFTER_VALUE.test(next.text) && next.start === (tokens[at + length - 1] as Token).end) length += 1
        if (!best || length > best.length) best = { axis, value, length }
        break
      }
    }
  }
  return best
}

/** How many tokens from a place on make up this joined text; 0 when they do not. */
function startsWith(tokens: readonly Token[], at: number, form: string): number {
  let text = ''
  for (let length = 1; at + length <= tokens.length; length++) {
    text += (tokens[at + length - 1] as Token).part
    if (text === form) return length
    if (!form.startsWith(text)) return 0
  }
  return 0
}

const NO_RUN = { text: '', length: 0 }

/**
 * The tokens from a place on that stand in the name as they do here; none when it is too little to tell. A single character is: it may
 * be part of any word.
 */
function runAt(tokens: readonly Token[], at: number, text: string): { text: string; length: number } {
  const { kind, part, text: said } = tokens[at] as Token
  let run = ''
  let length = 0
  while (at + length < tokens.length) {
    const longer = run + (tokens[at + length] as Token).part
    if (!text.includes(longer)) break
    run = longer
    length += 1
  }
  if (length > 1 || (length === 1 && kind !== 'han')) return { text: run, length }
  return kind === 'number' && hasNumber(text, said) ? { text: part, length: 1 } : NO_RUN
}
