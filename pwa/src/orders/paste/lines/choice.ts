// Decides which variant some words mean: sure only when one alone has all of them.

import { isFiller } from '../chatter'
import type { Candidate, Catalogue } from '../goods/catalogue'
import { cover } from '../goods/cover'
import type { Goods, Sold } from '../goods/goods'
import { tokensOf } from '../goods/tokens'
import { plainOf } from '../text'
import { unitMeant } from './units'

/** A variant the words may mean. */
export interface Match {
  product_id: string
  variant_id: string
  /** The pack the pack word means of this variant; null when that is open. */
  unit: string | null
  /** How much of the words it has, from 0 to 1. */
  share: number
}

/** What was asked for, as far as words go. */
export interface Choice {
  /** Best first. */
  matches: Match[]
  /** The variants all words fit: one is sure, several are a choice. */
  fitting: { goods: Goods; variant: Sold; unit: string | null }[]
  /** The product, where all words fit one; with what was said of its axes. */
  goods: Goods | null
  specs: string[][]
  /** Words nothing was found for. */
  left: string[]
  share: number
}

/** Goods said before, that "L 3件" goes on with. */
export interface Context {
  goods: Goods
  /** Said in a heading above: goes for all below. */
  fixed: readonly (string | null)[]
  /** Of the line before: its earlier axes go on. */
  before: readonly (string | null)[]
}

const NONE: Choice = { matches: [], fitting: [], goods: null, specs: [], left: [], share: 0 }
const MOST_MATCHES = 8

// Each piece of a message is asked about several times on the way to its line.
const known = new WeakMap<Catalogue, Map<string, Choice>>()
const MOST_KNOWN = 1000

/** How much of some words is found in one product, from 0 to 1. */
export function shareOf(catalogue: Catalogue, words: string): number {
  const found = catalogue.find(words)
  return found.some(isWhole) ? 1 : (found[0]?.share ?? 0)
}

/** What words with a pack word mean; `unit_word` null without one. */
export function chosen(catalogue: Catalogue, words: string, unit_word: string | null): Choice {
  const choices = known.get(catalogue) ?? new Map<string, Choice>()
  known.set(catalogue, choices)
  const key = `${words}\n${unit_word ?? ''}`
  let choice = choices.get(key)
  if (!choice) {
    choice = chosenAnew(catalogue, words, unit_word)
    if (choices.size >= MOST_KNOWN) choices.clear()
    choices.set(key, choice)
  }
  return choice
}

function chosenAnew(catalogue: Catalogue, words: string, unit_word: string | null): Choice {
  const found = catalogue.find(words)
  const [best] = found
  if (!best) return NONE
  const whole = found.filter(isWhole)
  const fitting = fits(whole, unit_word)
  const of_one = whole.length === 1 ? (whole[0] as Candidate) : null
  return {
    matches: matchesOf(found, fitting, unit_word),
    fitting,
    goods:
      of_one?.goods ?? (new Set(fitting.map(({ goods }) => goods)).size === 1 ? (fitting[0]?.goods ?? null) : null),
    specs: of_one?.specs ?? [],
    left: best.left,
    share: whole.length ? 1 : best.share,
  }
}

/** Whether a product has all of the words but those that mean nothing. */
export function isWhole(candidate: Candidate): boolean {
  if (candidate.by === 'initials') return false
  const is_named = candidate.by !== 'name' || candidate.said > 0
  return is_named && candidate.left.every(isFiller)
}

function fits(whole: readonly Candidate[], unit_word: string | null): Choice['fitting'] {
  const all: Choice['fitting'] = []
  // Of a tin and a bottle only one comes in tins.
  const in_unit: Choice['fitting'] = []
  for (const candidate of whole) {
    for (const variant of variantsOf(candidate)) {
      const unit = unit_word === null && candidate.unit ? candidate.unit : unitMeant(variant.units, unit_word)
      const one = { goods: candidate.goods, variant, unit }
      all.push(one)
      if (unit_word !== null && unit !== null) in_unit.push(one)
    }
    if (in_unit.length > MOST_MATCHES * 2) break
  }
  const fitting = in_unit.length ? in_unit : all
  if (fitting.length < 2) return fitting
  // Of 可口可乐 330ml and 零度可口可乐 330ml, "可口可乐330ml" is how only one begins.
  const begun = whole.filter((candidate) => candidate.begins_name && candidate.runs === 1)
  const [only] = begun
  const of_begun = begun.length === 1 ? fitting.filter(({ goods }) => goods === only?.goods) : []
  return of_begun.length ? of_begun : fitting
}

/** The variants of a candidate that have what was said on each axis. */
function variantsOf({ goods, variant, specs }: Candidate): Sold[] {
  if (variant) return [variant]
  return goods.variants.filter(({ spec }) =>
    specs.every((said, axis) => !said.length || said.includes(spec[axis] ?? '')),
  )
}

function matchesOf(found: readonly Candidate[], fitting: Choice['fitting'], unit_word: string | null): Match[] {
  const matches: Match[] = fitting.map(({ goods, variant, unit }) => ({
    product_id: goods.id,
    variant_id: variant.id,
    unit,
    share: 1,
  }))
  const known = new Set(matches.map(({ variant_id }) => variant_id))
  for (const candidate of found) {
    if (matches.length >= MOST_MATCHES) break
    for (const variant of variantsOf(candidate)) {
      if (known.has(variant.id) || matches.length >= MOST_MATCHES) continue
      known.add(variant.id)
      matches.push({
        product_id: candidate.goods.id,
        variant_id: variant.id,
        unit: unitMeant(variant.units, unit_word),
        share: candidate.share,
      })
    }
  }
  return matches.slice(0, Math.max(MOST_MATCHES, Math.min(fitting.length, 2 * MOST_MATCHES)))
}

/** What words say of one product's axes, when they say nothing else; null when they do. */
export function specsOnly(goods: Goods, words: string): string[][] | null {
  const plain = plainOf(words)
  const tokens = tokensOf(plain)
  if (!tokens.length || !goods.axes.length) return null
  const { specs, left } = cover(tokens, plain, { text: '', name: '', brand_length: 0, axes: goods.axes, initials: '' })
  return specs.some((said) => said.length) && left.every(isFiller) ? specs : null
}

/** What "L" or "白色 XL" means after goods said before: earlier axes go on from the line above, others are open. */
export function chosenAfter(context: Context, specs: readonly string[][], unit_word: string | null): Choice {
  const { goods, fixed, before } = context
  const first_said = specs.findIndex((said) => said.length > 0)
  const wanted = specs.map((said, axis) => {
    if (said.length) return said
    const goes_on = fixed[axis] ?? (axis < first_said ? before[axis] : null)
    return goes_on ? [goes_on] : []
  })
  const variants = goods.variants.filter(({ spec }) =>
    wanted.every((said, axis) => !said.length || said.includes(spec[axis] ?? '')),
  )
  const fitting = variants.map((variant) => ({ goods, variant, unit: unitMeant(variant.units, unit_word) }))
  const matches = fitting.map(({ variant, unit }) => ({ product_id: goods.id, variant_id: variant.id, unit, share: 1 }))
  return { matches, fitting, goods, specs: wanted, left: [], share: 1 }
}

/** Each way to take one value of every axis that several were said on: 黑白 M码 is 黑 M and 白 M. */
export function eachOf(choice: Choice): Choice[] {
  const several = choice.specs.findIndex((said) => said.length > 1)
  if (several < 0 || !choice.goods) return [choice]
  return (choice.specs[several] as string[]).flatMap((value) => {
    const specs = choice.specs.map((said, axis) => (axis === several ? [value] : said))
    const fitting = choice.fitting.filter(({ variant }) => variant.spec[several] === value)
    const known = new Set(fitting.map(({ variant }) => variant.id))
    const matches = choice.matches.filter(({ variant_id }) => known.has(variant_id))
    return eachOf({ ...choice, specs, fitting, matches })
  })
}
