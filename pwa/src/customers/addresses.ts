// Splits a Chinese address line into province, city, county and street, the twin of backend/roundsman/customers/addresses.py. What is not
// sure stays in the street: a wrong county is worse than none. Both run tests/vectors/customers/addresses.json.

import { CITY, COUNTY, type Division, type Divisions, type Level, PROVINCE } from './divisions'

/** The parts of an address in full names; empty where unknown. */
export interface Address {
  province: string
  city: string
  county: string
  street: string
}

const ROAD = '[东南西北中]?(?:[一二三四五六七八九十]?[路街]|大[路街道])'
const IS_ROAD = new RegExp(ROAD, 'y')
// Before one of these a short name was something else: 牡丹江路, 南京东路, 中山北一路, 朝阳区, 大理市.
const NO_NAME_BEFORE = new RegExp(`${ROAD}|[东南西北中]?站|大厦|[省市州盟旗道弄巷区县镇乡村桥]`, 'y')

const BETWEEN = /^[\s,，、;；/|·-]+/

/** Whether a pattern with the flag y matches `text` at `at`. */
function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

/**
 * Split one line; `province` and `city` are hints from other fields, in short or full names. A line that names only a county is completed
 * upwards when that county's name exists once in the country, or once under the hints.
 */
export function splitAddress(divisions: Divisions, text: string, province = '', city = ''): Address {
  const line = text.trim().split(/\s+/).join(' ').replace(BETWEEN, '')
  let [found_province, rest] = take(divisions, line, PROVINCE)
  if (!found_province && province) [found_province] = take(divisions, province, PROVINCE)
  let found_city: Division | null = null
  let is_municipality = found_province?.is_municipality ?? false
  if (!is_municipality) {
    ;[found_city, rest] = take(divisions, rest, CITY, found_province)
    if (!found_city && city) {
      ;[found_city] = take(divisions, city, CITY, found_province)
      if (!found_city && !found_province) {
        const [named] = take(divisions, city, PROVINCE)
        found_province = named?.is_municipality ? named : null
        is_municipality = found_province !== null
      }
    }
  }
  let county: Division | null
  ;[county, rest] = takeCounty(divisions, rest, found_city ?? found_province)
  const above = found_city ?? (is_municipality ? found_province : null)
  if (!county && above) {
    // Written twice ("南京市南京市玄武区"), once in its own field, or as in the list ("上海市 市辖区 黄浦区").
    let [, shorter] = take(divisions, rest, above.level, above)
    if (is_municipality) [, shorter] = take(divisions, shorter, CITY, above)
    if (shorter !== rest) [county, rest] = takeCounty(divisions, shorter, found_city ?? found_province)
  }
  if (county) found_city = county.above
  if (found_city) found_province = found_city.above
  return {
    province: found_province?.name ?? '',
    city: cityName(found_province, found_city),
    county: county?.name ?? '',
    street: rest,
  }
}

function cityName(province: Division | null, city: Division | null): string {
  if (province?.is_municipality) return province.name
  return !city || city.name.includes('直辖') ? '' : city.name
}

/** Whether `name`, one of the ways `division` is written, means it in `text`, where it ends at `end`. */
function standsBefore(division: Division, name: string, text: string, end: number): boolean {
  if (name === division.name) return !(name.endsWith('市') && text[end] === '场')
  return !matchesAt(NO_NAME_BEFORE, text, end)
}

type Taken = [found: Division | null, rest: string]

/**
 * The division whose longest written name `text` begins with, among those of a level below `under` (or `under` itself), and what follows;
 * [null, text] without one.
 */
function take(divisions: Divisions, text: string, level: Level, under: Division | null = null): Taken {
  const { longest, by_name } = divisions.written(level, under)
  for (let length = Math.min(longest, text.length); length > 1; length--) {
    const name = text.slice(0, length)
    for (const division of by_name.get(name) ?? []) {
      if (standsBefore(division, name, text, length)) return [division, text.slice(length).replace(BETWEEN, '')]
    }
  }
  return [null, text]
}

function takeCounty(divisions: Divisions, text: string, above: Division | null): Taken {
  if (above) return take(divisions, text, COUNTY, above)
  const { longest, by_name } = divisions.written(COUNTY, null)
  for (let length = Math.min(longest, text.length); length > 1; length--) {
    const [county, ...others] = by_name.get(text.slice(0, length)) ?? []
    if (!county || others.length || matchesAt(IS_ROAD, text, length)) continue
    if (standsBefore(county, county.name, text, length)) return [county, text.slice(length).replace(BETWEEN, '')]
  }
  return [null, text]
}
