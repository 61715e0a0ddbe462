// When somebody wants what he orders: 明天下午送, 周五前到, 12月5号送货. Only a day that is said together with its being brought, or that stands
// alone, is one; two different days are none. Pure.

import { type Span, shownAt, type Text } from './text'

export interface Wish {
  /** The ISO day; null when only something vaguer is said, or more than one day. */
  wanted_on: string | null
  said: readonly Said[]
}

interface Said {
  /** As it was written. */
  text: string
  /** The same with the day written out: nobody knows later which day 明天 was. */
  dated: string
  /** Whether a day alone says all of it. */
  is_plain: boolean
}

interface Found extends Span, Said {
  day: string | null
}

const HAN = '一二三四五六七八九十'
const PART = `(?:一?大?早上?|上午|中午|午后|下午|傍晚|晚上|晚|(?:\\d{1,2}|[${HAN}两]{1,3})点(?:钟|半|\\d{1,2}分?)?|\\d{1,2}:\\d{2})`
const BY = '(?:之前|以前|前|左右|以后|之后|后)'
const CALM = '(?:请|要|能|可以|就|再|给我们?|帮我们?|帮忙|一起|务必|最好|尽量|安排|一定)*'
const BRING =
  '(?:送达|送到|送货|送来|送|到货|到|发货|发出|发|来货|来|提货|自提|去拿|取|安装|装|收货|收)(?![的了过现生期付货]|不)'
const WANT = '(?:要货|急用|用|要)(?![的了])'
const DATE = [
  '(?<near>今[天日]|明[天日]|大后天|后天|[今明](?=[早晚]))',
  `(?<week>下下?个?|这个?|本)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])`,
  `(?:(?<year>\\d{4})年)?(?<month>\\d{1,2}|[${HAN}]{1,2})月(?<date>\\d{1,2}|[${HAN}]{1,3})[日号]?`,
  '(?<![\\d.])(?<only>\\d{1,2})[号日]',
].join('|')
const WHEN = new RegExp(
  `(?:${DATE})(?<more>\\s*${BY}?\\s*(?:${PART}\\s*){0,2}${BY}?)(?<verb>\\s*${CALM}(?:${BRING}|${WANT}))?`,
  'g',
)
const VAGUE = new RegExp(
  `(?:尽快|尽早|赶紧|赶快|马上|加急|周末|(?:下下?个?|这个?|本)(?:周|星期|礼拜)(?![${HAN}日天])|月底|(?:上午|下午|中午|晚上|傍晚|早上))\\s*${BY}?(?:${PART}\\s*)?${BY}?\\s*${CALM}${BRING}|急用|急需|加急`,
  'g',
)
/** What before or behind it makes it no wish. */
const REFUSED = /(?:不要|不用|不是|别|勿|没|不)(?:在|等)?$/
const ASKED = /^[^\n,;。!、|]*(?:吗|么|呢|\?)/
const EDGE_BEFORE = /(?:^|[\s,;:。!?、|(（)*~-]|请|麻烦|老板|好的?|那)$/
const EDGE_BEHIND = /^(?:$|[\s,;。!、|)）*~-]|吧|哈|哦|啊|谢)/

const NEAR: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 大: 3 }

/** What a message says about when, seen on an ISO day; null when it says nothing of it. */
export function wishIn(text: Text, today: string): Wish | null {
  const found = [...daysIn(text, today), ...vagueIn(text)]
  const clear = found.filter((one) => !found.some((other) => other !== one && covers(other, one)))
  const [first] = clear
  if (!first) return null
  const days = new Set(clear.flatMap(({ day }) => day ?? []))
  const is_one = days.size === 1
  return {
    wanted_on: is_one ? ([...days][0] as string) : null,
    said: clear.map(({ text: words, dated, is_plain }) => ({ text: words, dated, is_plain: is_plain && is_one })),
  }
}

/** What is left over of a message for a note, with its wishes: those that a day says are not said again. */
export function notedIn(rest: readonly string[], wish: Wish | null): string[] {
  const notes = [...rest]
  for (const { text, dated, is_plain } of wish?.said ?? []) {
    const at = notes.findIndex((note) => note.includes(text))
    if (at < 0) {
      if (!is_plain) notes.push(dated)
    } else if (notes[at] !== text) notes[at] = (notes[at] as string).replace(text, dated)
    else notes.splice(at, 1, ...(is_plain ? [] : [dated]))
  }
  return notes
}

function covers(one: Span, other: Span): boolean {
  return one.start <= other.start && other.end <= one.end
}

function daysIn(text: Text, today: string): Found[] {
  const { plain } = text
  const all: Found[] = []
  for (const found of plain.matchAll(WHEN)) {
    const { near, only, more = '', verb = '' } = found.groups ?? {}
    const [start, end] = [found.index, found.index + found[0].trimEnd().length]
    const [before, behind] = [plain.slice(Math.max(0, start - 6), start), plain.slice(end)]
    if (REFUSED.test(before) || ASKED.test(behind)) continue
    const is_wanted = verb && !/[要用]$/.test(verb)
    // 今天要三箱 says nothing of a day, 5号 may be a battery, and a day in the midst of words anything.
    if (!(is_wanted || (verb && near?.[0] !== '今'))) {
      if (verb || only || !EDGE_BEFORE.test(before) || !EDGE_BEHIND.test(behind)) continue
    }
    const day = dayOf(found.groups ?? {}, today)
    const rest = `${more}${verb}`.trim()
    // 明早 is a day and a part of it in one.
    const part = /^[早晚]/.test(rest) ? `${rest[0]}上${rest.slice(1).replace(/^上/, '')}` : rest
    const words = shownAt(text, { start, end })
    all.push({
      start,
      end,
      day,
      text: words,
      dated: day === null ? words : `${day} ${part}`.trim(),
      is_plain: day !== null && !more.trim(),
    })
  }
  return all
}

function vagueIn(text: Text): Found[] {
  return [...text.plain.matchAll(VAGUE)].flatMap((found) => {
    const span = { start: found.index, end: found.index + found[0].length }
    if (REFUSED.test(text.plain.slice(Math.max(0, span.start - 6), span.start))) return []
    if (ASKED.test(text.plain.slice(span.end))) return []
    const words = shownAt(text, span)
    return [{ ...span, day: null, text: words, dated: words, is_plain: false }]
  })
}

/** The day that is meant, seen from today; null for one that is none or is over. */
function dayOf(said: Record<string, string | undefined>, today: string): string | null {
  const now = new Date(`${today}T00:00:00Z`)
  const after = (days: number): string => isoOf(new Date(now.getTime() + days * 86_400_000))
  const { near, week = '', weekday, year, month, date, only } = said
  if (near) return after(NEAR[near[0] as string] ?? 0)
  if (weekday) {
    const wanted = '一二三四五六日'.indexOf(weekday === '天' ? '日' : weekday)
    const since_monday = (now.getUTCDay() + 6) % 7
    const away = wanted - since_monday
    if (week.startsWith('下')) return after(away + 7 * (week.match(/下/g) as string[]).length)
    if (away >= 0) return after(away)
    return week ? null : after(away + 7)
  }
  if (month && date) {
    const [m, d] = [numberOf(month), numberOf(date)]
    const years = year ? [Number(year)] : [now.getUTCFullYear(), now.getUTCFullYear() + 1]
    return years.map((one) => dateOf(one, m, d)).find((one) => one !== null && one >= today) ?? null
  }
  const at = now.getUTCMonth()
  const months = [at, at + 1].map((m) => dateOf(now.getUTCFullYear() + Math.floor(m / 12), (m % 12) + 1, Number(only)))
  return months.find((one) => one !== null && one >= today) ?? null
}

function isoOf(moment: Date): string {
  return moment.toISOString().slice(0, 10)
}

function dateOf(year: number, month: number, day: number): string | null {
  const made = new Date(Date.UTC(year, month - 1, day))
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? isoOf(made) : null
}

/** 12, 十二, 二十一. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['零', text]
  const of = (sign: string, otherwise: number): number => (sign ? '零一二三四五六七八九'.indexOf(sign) : otherwise)
  return of(tens, 1) * 10 + of(ones, 0)
}
