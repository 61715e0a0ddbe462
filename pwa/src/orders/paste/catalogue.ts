// Finds goods by what people call them: parts of names in any order, sizes, colours, codes, barcodes, initials. It only says how much of
// the words each product has; what is sure enough to order is decided in choice.ts.

import { type Axis, axesOf, type Covered, cover } from './cover'
import { HAN_NUMERAL } from './numbers'
import { plainOf } from './text'
import { joined, type Token, tokensOf } from './tokens'

/** What the parser needs of a row of `products`. */
export interface GoodsProduct {
  id: string
  code: string
  name: string
  brand: string
  /** First letters of the name's syllables, as the server spells them. */
  initials: string
  /** Names of what its variants differ by: 颜色, 尺码. */
  axes: readonly string[]
  is_on_sale: boolean
}

/** What the parser needs of a row of `variants`. */
export interface GoodsVariant {
  id: string
  product_id: string
  code: string
  /** Its value on each of the product's axes. */
  spec: readonly string[]
  packs: readonly { unit: string; barcode: string | null; is_sold: boolean }[]
  is_on_sale: boolean
}

/** One variant as the parser knows it. */
export interface Sold {
  id: string
  spec: readonly string[]
  /** The units it is sold in, the base unit first. */
  units: readonly string[]
}

/** One product in its variants. */
export interface Goods {
  id: string
  name: string
  variants: Sold[]
  axes: readonly Axis[]
}

/** A product, and how it answers to some words. */
export interface Candidate extends Covered {
  goods: Goods
  by: 'code' | 'barcode' | 'name' | 'initials'
  /** The variant a code or barcode names. */
  variant: Sold | null
  /** The unit a barcode is on. */
  unit: string | null
  /** How many tokens of the name were not said. */
  unsaid: number
}

/** What parsePaste looks goods up in; made once by catalogueOf and used for as many messages as there are. */
export interface Catalogue {
  /** Every unit something is sold in. */
  units: readonly string[]
  /** Products that have something of these words, best first; at most `most`. */
  find: (words: string, most?: number) => Candidate[]
  /** Whether a numeral between these characters is part of a name: 六(个核)桃, 纸 10(卷). */
  isOfAName: (before: string, numeral: string, after: string) => boolean
}

interface Entry {
  goods: Goods
  /** Joined tokens of brand and name, a mark between them. */
  text: string
  /** Numbers in the name, also those of measures. */
  numbers: Set<string>
  name_length: number
  initials: string
}

interface Coded {
  entry: number
  variant: Sold | null
  unit: string | null
  by: 'code' | 'barcode'
}

/** How many products that share most with the words are looked at closely. */
const CLOSELY = 48
const NUMERALS = new RegExp(`\\d+(?:\\.\\d+)?|[${HAN_NUMERAL}]+`, 'g')
const CODE = /[a-z0-9][a-z0-9_.-]*[a-z0-9]/g

/** The catalogue of these rows; products and variants that are not on sale are not in it. Takes about a millisecond a hundred products. */
export function catalogueOf(products: Iterable<GoodsProduct>, variants: Iterable<GoodsVariant>): Catalogue {
  const of_product = new Map<string, GoodsVariant[]>()
  for (const variant of variants) {
    if (!variant.is_on_sale) continue
    const others = of_product.get(variant.product_id)
    if (others) others.push(variant)
    else of_product.set(variant.product_id, [variant])
  }
  const entries: Entry[] = []
  const by_gram = new Map<string, number[]>()
  const by_code = new Map<string, Coded>()
  const numerals = new Set<string>()
  const units = new Set<string>()
  const values = new Set<string>()

  for (const product of products) {
    const rows = of_product.get(product.id)
    if (!product.is_on_sale || !rows) continue
    const at = entries.length
    const sold = rows.map(({ id, code, spec, packs }) => {
      const variant = { id, spec, units: packs.filter((pack) => pack.is_sold).map((pack) => pack.unit) }
      for (const unit of variant.units) units.add(unit)
      for (const pack of packs) {
        if (pack.barcode) put(by_code, pack.barcode, { entry: at, variant, unit: pack.unit, by: 'barcode' })
      }
      put(by_code, code, { entry: at, variant, unit: null, by: 'code' })
      for (const value of spec) values.add(value)
      return variant
    })
    put(by_code, product.code, {
      entry: at,
      variant: sold.length === 1 ? (sold[0] as Sold) : null,
      unit: null,
      by: 'code',
    })
    entries.push(entryOf(product, sold, by_gram, at))
    noteNumerals(plainOf(product.name), numerals)
  }
  for (const value of values) noteNumerals(plainOf(value), numerals)

  const counts = new Uint16Array(entries.length)

  function likely(tokens: readonly Token[]): number[] {
    const touched: number[] = []
    for (const gram of new Set(gramsOf(tokens))) {
      for (const at of by_gram.get(gram) ?? []) {
        if (counts[at] === 0) touched.push(at)
        counts[at] = (counts[at] as number) + 1
      }
    }
    let largest = 0
    for (const at of touched) largest = Math.max(largest, counts[at] as number)
    const of_count: number[][] = Array.from({ length: largest + 1 }, () => [])
    for (const at of touched) {
      of_count[counts[at] as number]?.push(at)
      counts[at] = 0
    }
    const chosen: number[] = []
    for (let count = largest; count > 0 && chosen.length < CLOSELY; count--)
      chosen.push(...(of_count[count] as number[]))
    return chosen.slice(0, CLOSELY)
  }

  function candidate(at: number, tokens: readonly Token[], plain: string, coded?: Coded): Candidate {
    const { goods, text, numbers, name_length, initials } = entries[at] as Entry
    const covered = cover(tokens, plain, { text, numbers, axes: goods.axes, initials: coded ? '' : initials })
    return {
      ...covered,
      goods,
      by: coded?.by ?? (covered.has_initials ? 'initials' : 'name'),
      variant: coded?.variant ?? null,
      unit: coded?.unit ?? null,
      unsaid: Math.max(0, name_length - covered.said),
    }
  }

  function byCode(plain: string): Candidate[] {
    for (const [word] of plain.matchAll(CODE)) {
      const coded = by_code.get(word)
      // A code of letters alone may be a word.
      if (!coded || !/\d/.test(word)) continue
      const rest = plain.replace(word, ' '.repeat(word.length))
      return [candidate(coded.entry, tokensOf(rest), rest, coded)]
    }
    return []
  }

  function byInitials(tokens: readonly Token[]): number[] {
    const found: number[] = []
    for (const { kind, text } of tokens) {
      if (kind !== 'word' || text.length < 2 || by_gram.has(text)) continue
      for (let at = 0; at < entries.length && found.length < CLOSELY; at++) {
        if ((entries[at] as Entry).initials.startsWith(text)) found.push(at)
      }
    }
    return found
  }

  // What is asked for twice is usually asked for within one message.
  const kept = new Map<string, Candidate[]>()

  function find(words: string, most = 20): Candidate[] {
    const plain = plainOf(words)
    let found = kept.get(plain)
    if (!found) {
      found = byCode(plain)
      if (!found.length) {
        const tokens = tokensOf(plain)
        const places = new Set([...likely(tokens), ...byInitials(tokens)])
        found = [...places].map((at) => candidate(at, tokens, plain)).filter(({ share }) => share > 0)
        found.sort((one, other) => other.share - one.share || one.runs - other.runs || one.unsaid - other.unsaid)
      }
      if (kept.size >= 500) kept.clear()
      kept.set(plain, found)
    }
    return found.slice(0, most)
  }

  return {
    units: [...units],
    find,
    isOfAName: (before, numeral, after) =>
      (after.length > 1 && numerals.has(`>${numeral}${after.slice(0, 2)}`)) ||
      (before !== '' && after !== '' && numerals.has(`<${before}${numeral}${after[0]}`)),
  }
}

/** The first one keeps a code: with two of one code, neither the server nor a clerk could tell either. */
function put(by_code: Map<string, Coded>, code: string, coded: Coded): void {
  const key = plainOf(code).trim()
  if (key && !by_code.has(key)) by_code.set(key, coded)
}

function entryOf(product: GoodsProduct, variants: Sold[], by_gram: Map<string, number[]>, at: number): Entry {
  const brand = tokensOf(plainOf(product.brand))
  const name = tokensOf(plainOf(product.name))
  const numbers = new Set<string>()
  const tokens = [...brand, ...name]
  for (const { kind, text } of tokens) if (kind === 'number' || kind === 'measure') numbers.add(numberIn(text))
  for (const gram of new Set([...gramsOf(brand), ...gramsOf(name)])) {
    const places = by_gram.get(gram)
    if (places) places.push(at)
    else by_gram.set(gram, [at])
  }
  let axes: Axis[] | undefined
  const goods: Goods = {
    id: product.id,
    name: product.name,
    variants,
    get axes() {
      // Only few products of a message need theirs.
      axes ??= axesOf(product.axes.length, variants)
      return axes
    },
  }
  return {
    goods,
    text: `${joined(brand)}\u0003${joined(name)}`,
    numbers,
    name_length: name.length,
    initials: product.initials.toLowerCase(),
  }
}

function numberIn(measure: string): string {
  return measure.replace(/[^\d.].*$/, '')
}

/** What products are found by: pairs of Han characters beside each other, words, measures and the numbers in them. */
function gramsOf(tokens: readonly Token[]): string[] {
  const grams: string[] = []
  let before = ''
  for (const { kind, text } of tokens) {
    if (kind === 'han') {
      if (before) grams.push(before + text)
      before = text
      continue
    }
    before = ''
    grams.push(text)
    if (kind === 'measure') grams.push(numberIn(text))
  }
  return grams
}

function noteNumerals(plain: string, into: Set<string>): void {
  NUMERALS.lastIndex = 0
  for (let found = NUMERALS.exec(plain); found; found = NUMERALS.exec(plain)) {
    const [before] = /[^\s*x×]?[\s*x×]*$/.exec(plain.slice(0, found.index)) ?? ['']
    const after = plain.slice(found.index + found[0].length, found.index + found[0].length + 4).replace(/\s/g, '')
    if (after.length > 1) into.add(`>${found[0]}${after.slice(0, 2)}`)
    if (before[0] && after) into.add(`<${before[0]}${found[0]}${after[0]}`)
  }
}
