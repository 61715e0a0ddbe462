// Numerals as people write quantities: 12, 1.5, 3千, 十二, 一百二十, 廿, 俩, 壹佰. Only what is a well-formed numeral has a value.

const DIGIT: Record<string, number> = {}
for (const [index, same] of [
  '零〇',
  '一壹',
  '二两贰俩',
  '三叁仨',
  '四肆',
  '五伍',
  '六陆',
  '七柒',
  '八捌',
  '九玖',
].entries()) {
  for (const sign of same) DIGIT[sign] = index
}
const TIMES: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 万: 10_000 }

/** The signs a Chinese numeral consists of, for use inside a character class. */
export const HAN_NUMERAL = '零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩仨'

const D = '[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]'
const WELL_FORMED = new RegExp(
  `^(?:(${D})万)?(?:(${D})[千仟])?(零?)(?:(${D})[百佰])?(零?)(?:(${D})?[十拾]|(廿|卅))?(零?)(${D}|[俩仨])?$`,
)

/** A value in thousandths, and whether the language leaves no doubt about it. */
export interface Numeral {
  value_e3: number
  is_sure: boolean
}

/** The value of a numeral in figures or characters; null when it is not well formed, has more than three decimals or is too large. */
export function numeralOf(text: string): Numeral | null {
  const figures = /^(\d{1,8})(?:\.(\d{1,3}))?([百千万]?)$/.exec(text)
  if (figures) {
    const thousandths = Number(figures[1]) * 1000 + Number((figures[2] ?? '').padEnd(3, '0'))
    return { value_e3: thousandths * (TIMES[figures[3] as string] ?? 1), is_sure: true }
  }
  return hanNumeralOf(text)
}

function hanNumeralOf(text: string): Numeral | null {
  if (text === '零' || text === '〇') return { value_e3: 0, is_sure: true }
  const found = WELL_FORMED.exec(text)
  if (!text || !found || /零$/.test(text)) return null
  const [, myriads, thousands, , hundreds, , tens, score, , ones] = found
  const digit = (sign: string | undefined): number => DIGIT[sign ?? ''] ?? 0
  const has_ten = /[十拾]/.test(text)
  let value = digit(myriads) * 10_000 + digit(thousands) * 1000 + digit(hundreds) * 100 + digit(ones)
  if (has_ten) value += (tens ? digit(tens) : 1) * 10
  if (score) value += score === '廿' ? 20 : 30
  // 一百二 is 120 to most and 102 to some.
  const unit = /[百佰千仟万](?=.$)/.exec(text)
  if (unit && ones) {
    value += digit(ones) * ((TIMES[unit[0]] as number) / 10 - 1)
    return { value_e3: value * 1000, is_sure: false }
  }
  return { value_e3: value * 1000, is_sure: true }
}

/** Two digits beside each other that mean "about": 两三, 七八, 三五. */
export function isAbout(text: string): boolean {
  return new RegExp(`^[十百]?${D}${D}[十百]?$`).test(text)
}
