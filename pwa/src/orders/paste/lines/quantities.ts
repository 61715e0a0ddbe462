// Finds quantities in a message: 三箱, 10瓶, x12, 各5个, 一百二十盒, 1箱半. A numeral that belongs to a name or a size is none.

import { type Span, spansOf } from '../text'
import { HAN_NUMERAL, isAbout, numeralOf } from './numbers'
import { isMeasured } from './units'

export interface Quantity extends Span {
  /** Null when it says no one number: 几箱, 半箱, 两三箱. */
  quantity_e3: number | null
  /** The pack word as it stood; null without one. */
  unit_word: string | null
  /** Of each of what was named before: 各2箱. */
  is_each: boolean
  /** Written ×3. */
  has_times: boolean
  /** Whether it says one number and nothing but that. */
  is_sure: boolean
}

/** What tells a numeral of a name from a quantity; part of the catalogue. */
export interface Names {
  isOfAName: (before: string, numeral: string, after: string) => boolean
}

export interface Found {
  quantities: Quantity[]
  /** What a case holds (500ml*24 3箱, 24盒/箱) or costs (3箱*38=114). */
  contents: Span[]
}

/** Of a length that nothing is counted beyond; what is longer is some other number. */
const NUMBER = `(?:\\d{1,9}(?:\\.\\d{1,4})?[百千万]?|[${HAN_NUMERAL}]{1,12})`
const TO = '(?:[-~—–至到]|或者?)'
const EACH = '(?:各种|各|每样|每种|每款|每个|每色|每码|一样|分别)(?:来|要|发|拿|送|配|订|进|上|补|给)?'
/** Behind a bare number: it is the beginning of a size. */
const MEASURE = '(?:ml|g|kg|l|w|cm|mm|m|寸)(?![a-z\\d*×])'

/** The pattern of quantities in one catalogue's units (unitPattern's). */
export function quantityPattern(units: string): RegExp {
  const forms = [
    // A sheet's cells: the unit in one, the number in the last.
    `\\t[ ]*(?<cell_unit>${units})[ ]*\\t[ ]*(?<cell>${NUMBER})(?=[ ]*(?:\\n|$))`,
    `(?<each>${EACH})?\\s*(?<times>[x×*]\\s*)?(?<number>${NUMBER})(?<range>\\s*${TO}\\s*${NUMBER})?(?<vague>多|来|几|余)?` +
      `\\s*(?:个(?=大?箱)|整)?(?<size>[大中小])?(?<unit>${units})(?<after>半|多|左右|上下|以上|以内|以下|起)?`,
    `(?<each_part>${EACH})?(?<part>半|几|多少|若干|一些|大半|小半)个?(?<part_unit>${units})`,
    `(?<each_times>${EACH})?\\s*(?<sign>[x×*]\\s*)(?<bare>\\d{1,6})(?![\\d.]|${MEASURE})`,
  ]
  return new RegExp(forms.join('|'), 'g')
}

/** A unit that goes on into a word: 一个月, 24瓶装. */
const GOES_ON = /^(?:装|入|月|小时|星期|礼拜|人|点|地址|客户|电话|问题|忙|钟|套(?!$|[\s,，、。;；\d]))/
/** A unit that goes on with the pack it is in: 12罐/箱. */
const PER_PACK = /^\s*[/每]\s*[箱盒包提件板]/
/** What a number of pieces in a pack stands behind. */
const BEHIND_SIZE = /(?:ml|l|g|kg|毫升|升|克|抽|片|\d)\s*$/
const SUM = /^\s*=\s*\d+(?:\.\d+)?/

/** The quantities of a plain text, in order. */
export function quantitiesIn(plain: string, pattern: RegExp, names: Names): Found {
  const all: Quantity[] = []
  const found: Found = { quantities: [], contents: [] }
  for (const { start, end, found: match } of spansOf(pattern, plain)) {
    const lead = match[0].length - match[0].trimStart().length
    const span = { start: start + lead, end }
    const per_pack = match.groups?.unit ? PER_PACK.exec(plain.slice(end)) : null
    const quantity = per_pack ? null : quantityOf(plain, span, match.groups ?? {}, names)
    if (quantity) all.push(quantity)
    else if (per_pack) found.contents.push({ start: span.start, end: end + per_pack[0].length })
  }
  let before: Quantity | undefined
  for (const [at, quantity] of all.entries()) {
    const next = all[at + 1]
    const isBeside = (one: Span, other: Span): boolean => plain.slice(one.end, other.start).trim() === ''
    const isBracketed = (one: Span, other: Span): boolean => /^[\s()]*$/.test(plain.slice(one.end, other.start))
    const is_behind_size = BEHIND_SIZE.test(plain.slice(Math.max(0, quantity.start - 8), quantity.start))
    if (before?.unit_word && quantity.has_times && !quantity.unit_word && isBeside(before, quantity)) {
      // 3箱*38=114 is a price; 3箱*38 may be anything.
      const sum = SUM.exec(plain.slice(quantity.end))
      if (!sum) before.is_sure = false
      found.contents.push({ start: quantity.start, end: quantity.end + (sum?.[0].length ?? 0) })
      continue
    }
    // 大米5kg 3袋: three bags, and which rice.
    if (before && isSizeOf(before, quantity, plain)) found.quantities.pop()
    if (before?.unit_word && quantity.has_times && quantity.unit_word && isBracketed(before, quantity)) {
      // (24罐)x5箱: what one case holds.
      found.contents.push(before)
      found.quantities.pop()
    }
    const is_size =
      quantity.has_times && next?.unit_word && isBeside(quantity, next) && (is_behind_size || !quantity.unit_word)
    // 耳机X3 5个: not behind a size, so it belongs to the name.
    if (!is_size) found.quantities.push(quantity)
    else if (is_behind_size) found.contents.push(quantity)
    before = is_size ? before : quantity
  }
  return found
}

/** Whether a weight with a count right behind it, which ends the clause, says which goods are counted: it stays among their words. */
function isSizeOf(weight: Quantity, count: Quantity, plain: string): boolean {
  return (
    weight.unit_word !== null &&
    isMeasured(weight.unit_word) &&
    count.unit_word !== null &&
    !isMeasured(count.unit_word) &&
    ![weight, count].some(({ is_each, has_times }) => is_each || has_times) &&
    /^[^\S\n]*$/.test(plain.slice(weight.end, count.start)) &&
    /^\s*(?:$|[\n,;。!?、])/.test(plain.slice(count.end))
  )
}

type Groups = Record<string, string | undefined>

function quantityOf(plain: string, span: Span, groups: Groups, names: Names): Quantity | null {
  const { cell, cell_unit, bare, part } = groups
  const is_each = Boolean(groups.each ?? groups.each_part ?? groups.each_times)
  if (cell && cell_unit) {
    const value = numeralOf(cell)
    return (
      value && {
        ...span,
        quantity_e3: value.value_e3,
        unit_word: cell_unit,
        is_each,
        has_times: false,
        is_sure: value.is_sure,
      }
    )
  }
  if (bare) {
    const is_in_word = plain[span.start] === 'x' && /[a-z]/.test(plain[span.start - 1] ?? '')
    const value = numeralOf(bare)
    const before = characterBefore(plain, span.end - bare.length)
    if (!value || is_in_word || names.isOfAName(before, bare, charactersAfter(plain, span.end))) return null
    return {
      ...span,
      quantity_e3: value.value_e3,
      unit_word: null,
      is_each,
      has_times: true,
      is_sure: value.value_e3 > 0,
    }
  }
  if (GOES_ON.test(plain.slice(span.end))) return null
  if (part) {
    const unit_word = groups.part_unit as string
    // Half a pound is as good a quantity as any.
    const is_sure = part === '半' && isMeasured(unit_word)
    return { ...span, quantity_e3: is_sure ? 500 : null, unit_word, is_each, has_times: false, is_sure }
  }
  return countedOf(plain, span, groups, is_each, names)
}

function countedOf(plain: string, span: Span, groups: Groups, is_each: boolean, names: Names): Quantity | null {
  const unit_word = groups.unit as string
  let numeral = groups.number as string
  let at = plain.indexOf(numeral, span.start + (groups.each ?? '').length)
  let start = span.start
  const upper = groups.range?.replace(new RegExp(`^\\s*${TO}\\s*`), '') ?? ''
  const is_range = upper !== '' && (numeralOf(upper)?.value_e3 ?? 0) > (numeralOf(numeral)?.value_e3 ?? 0)
  if (upper && !is_range) {
    // 42-2双: two pairs of size 42.
    at += numeral.length + (groups.range as string).length - upper.length
    numeral = upper
    start = at
  }
  if (/\d/.test(numeral[0] as string) && /\d\.?$/.test(plain.slice(Math.max(0, at - 2), at))) return null
  const on = plain.slice(at + numeral.length, span.end + 3).replace(/\s/g, '')
  if (names.isOfAName(characterBefore(plain, at), numeral, on)) return null
  // 两三箱 is two or three.
  if (isAbout(numeral))
    return { start, end: span.end, quantity_e3: null, unit_word, is_each, has_times: false, is_sure: false }
  // 统一一箱: what comes before the last well-formed numeral belongs to the name.
  let cut = 0
  while (cut < numeral.length - 1 && !numeralOf(numeral.slice(cut))) cut += 1
  const value = numeralOf(numeral.slice(cut))
  if (!value) return null
  if (cut) start = at + cut
  const is_part = value.value_e3 % 1000 !== 0 && !isMeasured(unit_word)
  const is_open = is_range || Boolean(groups.vague) || groups.after === '半'
  return {
    start,
    end: span.end,
    quantity_e3: is_open ? null : value.value_e3,
    unit_word,
    is_each,
    has_times: Boolean(groups.times),
    is_sure: !is_open && !groups.after && !groups.size && !is_part && value.is_sure && value.value_e3 > 0,
  }
}

/** The character before a place, without space and times signs. */
function characterBefore(plain: string, at: number): string {
  return /[^\s*x×](?=[\s*x×]*$)/.exec(plain.slice(Math.max(0, at - 6), at))?.[0] ?? ''
}

function charactersAfter(plain: string, at: number): string {
  return plain.slice(at, at + 4).replace(/\s/g, '')
}
