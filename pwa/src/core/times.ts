// Moments (integer epoch milliseconds), days ('YYYY-MM-DD') and months ('YYYYMM') in the company's time zone, and how people say
// them. Nothing here decides anything by the clock: the moment "now" is always handed in.

const formats = new Map<string, Intl.DateTimeFormat>()

export const COMPANY_ZONE = 'Asia/Shanghai'

export type Locale = 'zh-CN' | 'en'

interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

function wallTime(moment: number, zone: string): WallTime {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formats.set(zone, format)
  }
  const wall: Record<string, number> = {}
  for (const part of format.formatToParts(moment)) wall[part.type] = Number(part.value)
  return wall as unknown as WallTime
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** The day a moment falls on: 'YYYY-MM-DD'. */
export function dayOn(moment: number, zone: string = COMPANY_ZONE): string {
  const wall = wallTime(moment, zone)
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`
}

/** The month a moment falls in: 'YYYYMM'. */
export function monthOf(moment: number, zone: string = COMPANY_ZONE): string {
  return dayOn(moment, zone).slice(0, 7).replace('-', '')
}

/** The day `count` days after `day` (before, when negative). */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative when `until` is earlier. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** ISO weekday of a day: Monday 1 … Sunday 7. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

/** "14:05" */
export function clockTime(moment: number, zone: string = COMPANY_ZONE): string {
  const wall = wallTime(moment, zone)
  return `${two(wall.hour)}:${two(wall.minute)}`
}

/** The moment of a day and a time of day ('HH:MM') on the clocks of a zone. */
export function momentAt(day: string, time: string, zone: string = COMPANY_ZONE): number {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  let moment = wanted
  // Twice: where the clocks are changed the first step may come from the other side.
  for (const _ of [1, 2]) moment += wanted - Date.parse(`${dayOn(moment, zone)}T${clockTime(moment, zone)}:00Z`)
  return moment
}

const NEAR: Record<Locale, Record<number, string>> = {
  'zh-CN': { [-1]: '昨天', 0: '今天', 1: '明天' },
  en: { [-1]: 'Yesterday', 0: 'Today', 1: 'Tomorrow' },
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day as people say it, seen from `today`: 今天, 昨天, 明天, 3月8日, 2025年3月8日. */
export function sayDay(day: string, today: string, locale: Locale = 'zh-CN'): string {
  const near = NEAR[locale][daysBetween(today, day)]
  if (near) return near
  const [year = '', month = '', date = ''] = day.split('-')
  const isThisYear = year === today.slice(0, 4)
  if (locale === 'en') return `${Number(date)} ${MONTHS[Number(month) - 1]}${isThisYear ? '' : ` ${year}`}`
  return `${isThisYear ? '' : `${year}年`}${Number(month)}月${Number(date)}日`
}

/** A moment as people say it, seen from `now`: "今天 14:05", "昨天 09:30"; further away only the day, with the time if asked for. */
export function sayMoment(
  moment: number,
  now: number,
  locale: Locale = 'zh-CN',
  isExact = false,
  zone: string = COMPANY_ZONE,
): string {
  const day = dayOn(moment, zone)
  const today = dayOn(now, zone)
  const isNear = Math.abs(daysBetween(today, day)) <= 1
  const said = sayDay(day, today, locale)
  return isNear || isExact ? `${said} ${clockTime(moment, zone)}` : said
}

/** A length of time: "8 分钟", "1 小时 05 分"; below a minute counts as 0 minutes. */
export function sayDuration(milliseconds: number, locale: Locale = 'zh-CN'): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  const hours = Math.floor(minutes / 60)
  if (locale === 'en') return hours ? `${hours} h ${two(minutes % 60)} min` : `${minutes} min`
  return hours ? `${hours} 小时 ${two(minutes % 60)} 分` : `${minutes} 分钟`
}
