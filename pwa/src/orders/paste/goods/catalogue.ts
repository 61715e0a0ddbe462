// Finds goods by what people call them: parts of names in any order, sizes, colours, codes, barcodes, initials. It only says how much of
// the words each product has; what is sure enough to order is decided in choice.ts.

import { plainOf } from '../text'
import { type Covered, cover } from './cover'
import { Goods, type GoodsProduct, type GoodsVariant, type Sold } from './goods'
import { behind, Grams, gramsOf } from './grams'
import { joined, numberIn, type Token, tokensOf } from './tokens'

/** A product, and how it answers to some words. */
export interface Candidate extends Covered {
  goods: Goods
  by: 'code' | 'barcode' | 'name' | 'initials'
  /** The variant a code or barcode names. */
  variant: Sold | null
  /** The unit a barcode is on. */
  unit: string | null
  /** How much of the joined name was not said. */
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

/** How many products that share most with the words are looked at closely. */
const CLOSELY = 20
/** Words longer than this name nothing. */
const LONGEST = 120
const CODE = /[a-z0-9][a-z0-9_.-]*[a-z0-9]/g
/** How many answers are kept: what is asked for twice is usually asked for within one message. */
const KEPT = 1000

/** The catalogue of these rows. Products and variants that are not on sale are not in it. */
export function catalogueOf(products: Iterable<GoodsProduct>, variants: Iterable<GoodsVariant>): Catalogue {
  const rows = new Map<string, GoodsVariant[]>()
  const units = new Set<string>()
  for (const variant of variants) {
    if (!variant.is_on_sale) continue
    const others = rows.get(variant.product_id)
    if (others) others.push(variant)
    else rows.set(variant.product_id, [variant])
    for (const pack of variant.packs) if (pack.is_sold) units.add(pack.unit)
  }
  const sold: GoodsProduct[] = []
  const grams = new Grams()
  const by_code = new Map<string, number>()
  for (const product of products) {
    const own = product.is_on_sale && rows.get(product.id)
    if (!own) continue
    const at = sold.push(product) - 1
    grams.add(product.brand, at)
    grams.add(product.name, at)
    putCode(by_code, product.code, at)
    for (const { code, packs } of own) {
      putCode(by_code, code, at)
      for (const { barcode } of packs) if (barcode) putCode(by_code, barcode, at)
    }
  }
  grams.close()

  // Only the few products that words come near are ever taken apart.
  const taken_apart: Goods[] = []
  const goodsAt = (at: number): Goods => {
    const product = sold[at] as GoodsProduct
    taken_apart[at] ??= new Goods(product, rows.get(product.id) ?? [])
    return taken_apart[at]
  }

  const counts = new Uint16Array(sold.length)

  /** The products that share most grams with the words. */
  function likely(tokens: readonly Token[]): number[] {
    const touched: number[] = []
    for (const gram of gramsOf(tokens)) {
      let before = -1
      for (const at of grams.placesOf(gram)) {
        if (at === before) continue
        before = at
        if (counts[at] === 0) touched.push(at)
        counts[at]! += 1
      }
    }
    const of_count: number[][] = []
    for (const at of touched) {
      const count = counts[at] as number
      counts[at] = 0
      const same = of_count[count]
      if (same) same.push(at)
      else of_count[count] = [at]
    }
    const chosen: number[] = []
    // Less than half of what the best has is never all of the words.
    const least = Math.max(1, Math.ceil((of_count.length - 1) * 0.6))
    for (let count = of_count.length - 1; count >= least && chosen.length < CLOSELY; count--) {
      for (const at of of_count[count] ?? []) if (chosen.length < CLOSELY) chosen.push(at)
    }
    return chosen
  }

  /** Products whose initials begin with a Latin word that no name has. */
  function byInitials(tokens: readonly Token[]): number[] {
    const found: number[] = []
    for (const { kind, text } of tokens) {
      if (kind !== 'word' || text.length < 2 || grams.has(text)) continue
      for (let at = 0; at < sold.length && found.length < CLOSELY; at++) {
        if ((sold[at] as GoodsProduct).initials.startsWith(text)) found.push(at)
      }
    }
    return found
  }

  function byCode(plain: string): Candidate[] {
    for (const [word] of plain.matchAll(CODE)) {
      // Letters alone may be a word or a size.
      const is_code = /[\d_.-]/.test(word) || (word.length > 3 && !grams.has(word))
      const at = is_code ? by_code.get(word) : undefined
      if (at === undefined) continue
      const goods = goodsAt(at)
      const rest = plain.replace(word, ' '.repeat(word.length))
      const covered = cover(tokensOf(rest), rest, goods)
      return [{ ...covered, goods, ...goods.coded(word), share: covered.left.length ? covered.share : 1, unsaid: 0 }]
    }
    return []
  }

  function byName(plain: string): Candidate[] {
    const tokens = tokensOf(plain)
    // A small number alone is no name, though many names have it.
    if (tokens.every(({ kind, text }) => kind === 'number' && text.length < 4)) return []
    const found: Candidate[] = []
    for (const at of new Set([...likely(tokens), ...byInitials(tokens)])) {
      const goods = goodsAt(at)
      const covered = cover(tokens, plain, goods)
      if (!covered.share) continue
      const by = covered.has_initials ? 'initials' : 'name'
      const unsaid = Math.max(0, goods.name.length - covered.said)
      found.push({ ...covered, goods, by, variant: null, unit: null, unsaid })
    }
    return found.sort((one, other) => other.share - one.share || one.runs - other.runs || one.unsaid - other.unsaid)
  }

  const kept = new Map<string, Candidate[]>()

  function find(words: string, most = 20): Candidate[] {
    if (words.length > LONGEST) return []
    const plain = plainOf(words)
    let found = kept.get(plain)
    if (!found) {
      found = byCode(plain)
      if (!found.length) found = byName(plain)
      if (kept.size >= KEPT) kept.clear()
      kept.set(plain, found)
    }
    return found.slice(0, most)
  }

  /** Whether some name has a numeral with what stands before and behind it: 六个核, 纸10卷, 米5kg; not a measure alone. */
  function isInAName(before: string, numeral: string, after: string): boolean {
    const all = tokensOf(before + numeral + after)
    const is_measure = all[before.length]?.kind === 'measure'
    const of_numeral = /\d/.test(numeral) ? 1 : numeral.length
    const more = before ? 1 : 2
    const tokens = all.slice(0, before.length + of_numeral + (is_measure ? 0 : more))
    if (tokens.length < before.length + of_numeral + (is_measure ? 0 : more) || tokens.length < 2) return false
    const text = joined(tokens)
    const grams_here = [...gramsOf(tokens)]
    const [first, second] = tokens
    if (first?.kind === 'han' && second && /^\d/.test(second.text))
      grams_here.push(behind(first.text, numberIn(second.text)))
    let rarest: Int32Array | undefined
    for (const gram of grams_here) {
      const places = grams.placesOf(gram)
      if (!rarest || places.length < rarest.length) rarest = places
    }
    return rarest?.some((at) => goodsAt(at).text.includes(text)) ?? false
  }

  return {
    units: [...units],
    find,
    isOfAName: (before, numeral, after) =>
      (after.length > 1 && isInAName('', numeral, after)) ||
      (/\p{Script=Han}/u.test(before) && after !== '' && isInAName(before, numeral, after)),
  }
}

/** The first one keeps a code: with two of one code, neither the server nor a clerk could tell either. */
function putCode(by_code: Map<string, number>, code: string, at: number): void {
  const key = /^[\x21-\x7e]*$/.test(code) ? code.toLowerCase() : plainOf(code).trim()
  if (key && !by_code.has(key)) by_code.set(key, at)
}
