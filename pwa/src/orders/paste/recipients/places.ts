// Finds where an address begins and ends in a line. Splitting it is the affair of customers/addresses.ts.

import { splitAddress } from '../../../customers/addresses'
import { CITY, COUNTY, type Divisions, type Level, PROVINCE } from '../../../customers/divisions'
import type { Span } from '../text'

/** A road, an estate, a village with a number in it: what an address has and goods have not. */
const DETAIL =
  /(?:路|街|道|巷|弄|胡同|村|镇|乡|庄|小区|花园|花苑|家园|公寓|大厦|大楼|广场|工业[园区]|产业园|科技园|园区|开发区|市场|商城|学校|大学|医院|屯|组|寨|里|苑|坊|旗|苏木|农场|林场|街道)/
const HOUSE = /\d+ *(?:号|弄|栋|幢|座|楼|层|室|单元|组|队|巷|[a-z]座|#|-\d+)|[a-z]座|[a-z]?\d{3,4}(?:室|房)?$/
const GOES_ON =
  /^(?:[\p{Script=Han}]{1,8}(?:省|市|区|县|旗|镇|乡|村|街道|路|街|道|巷|弄|大道|小区|花园|苑|园|广场|大厦|大楼|楼|中心|公寓|市场|商城|学校|大学|医院|院|里|期|组|队|栋|幢|座|店|旁|对面|口)|.*\d+ *(?:号|弄|栋|幢|座|楼|层|室|单元|组|队|巷|房|门|期)|[a-z]?\d{1,4}(?:-\d{1,4})*$|[a-z]座|[bf]\d)/u

/** Whether text reads like the inner part of an address: a road, a house number. */
export function isDetail(plain: string): boolean {
  return DETAIL.test(plain) && HOUSE.test(plain)
}

/** Whether a piece after an address still belongs to it. */
export function goesOn(piece: string): boolean {
  return GOES_ON.test(piece)
}

/** Whether an address so far ends where no address does: after a province, city, county, town or road. */
export function isUnfinished(plain: string): boolean {
  return /(?:省|市|区|县|旗|州|盟|镇|乡|街道|路|街|道|村|巷|弄)$/.test(plain)
}

const VERB = /(?:送货到|送到|寄到|发到|配送到|寄往|发往|送往|送至|寄至|发至|寄给|发给|地址|送|寄|发|到|在|往)\s*$/

/** Whether a division of this level is written at a place. */
function standsAt(divisions: Divisions, level: Level, plain: string, at: number): boolean {
  const { longest, by_name, beginnings } = divisions.written(level, null)
  if (!beginnings.has(plain[at] as string)) return false
  for (let length = Math.min(longest, plain.length - at); length > 1; length--) {
    if (by_name.has(plain.slice(at, at + length))) return true
  }
  return false
}

/**
 * Where in a stretch of a line an address begins: at a province or city that a county or a road follows, or at a county where a piece
 * begins. -1 without one.
 */
export function addressStart(divisions: Divisions, plain: string, { start, end }: Span): number {
  const line = plain.slice(0, end)
  for (let at = start; at < end - 2; at++) {
    const before = line.slice(Math.max(start, at - 4), at)
    const is_beginning = at === start || /[\s([（【:]$/.test(before) || VERB.test(before)
    const is_upper = standsAt(divisions, PROVINCE, line, at) || standsAt(divisions, CITY, line, at)
    if (!is_upper && !(is_beginning && standsAt(divisions, COUNTY, line, at))) continue
    const rest = line.slice(at)
    const { province, city, county, street } = splitAddress(divisions, rest)
    // Nothing but divisions: the rest comes behind a stop or on the next line.
    if (is_beginning && street === '' && (province || city) && /[省市区县州盟旗]$/.test(rest)) return at
    // Inside a run of characters a short name may be part of any word.
    if (county && (is_upper || isDetail(street) || DETAIL.test(street))) return at
    if ((province || city) && isDetail(street)) return at
    // A county of that name stands in several cities, or its city was not said.
    if (!is_upper && isDetail(rest)) return at
  }
  return -1
}

/** Whether a city has no counties, so that an address in it is whole without one. */
export function hasNoCounties(divisions: Divisions, city: string): boolean {
  const [found] = divisions.written(CITY, null).by_name.get(city) ?? []
  return found !== undefined && found.below.length === 1 && found.below[0]?.name === found.name
}
