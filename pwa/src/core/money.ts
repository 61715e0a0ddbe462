// Money as integer minor units (fen): how it is written and how typed text becomes it again. No arithmetic beyond that lives
// here; sums are plain integer sums in the rules of each domain; what a quantity costs is in quantities.ts.

export interface MoneyParts {
  /** "−" for an amount below zero, else "". */
  sign: string
  symbol: string
  /** Whole units, grouped by three: "1,234". */
  whole: string
  /** Minor units with their full width: "50". Empty for currencies without them. */
  fraction: string
}

const SYMBOLS: Record<string, string> = { CNY: '¥', HKD: 'HK$', TWD: 'NT$', USD: '$', EUR: '€', JPY: 'JP¥' }
const DIGITS: Record<string, number> = { JPY: 0 }
const FULL_WIDTH = /[０-９．，－]/g

function digitsOf(currency: string): number {
  return DIGITS[currency] ?? 2
}

/** The pieces of an amount in minor units. Throws RangeError when it is not a safe integer: a fraction of a fen is a bug. */
export function moneyParts(minor: number, currency = 'CNY'): MoneyParts {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not whole minor units: ${minor}`)
  const digits = digitsOf(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const cut = text.length - digits
  return {
    sign: minor < 0 ? '−' : '',
    symbol: SYMBOLS[currency] ?? `${currency} `,
    whole: text.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ','),
    fraction: text.slice(cut),
  }
}

/** "¥1,234.50"; negative amounts lead with a true minus sign. */
export function formatMoney(minor: number, currency = 'CNY'): string {
  const parts = moneyParts(minor, currency)
  return `${parts.sign}${parts.symbol}${parts.whole}${parts.fraction && `.${parts.fraction}`}`
}

/** What may stand in a number field: "1234.50", no symbol, no grouping. */
export function moneyToText(minor: number, currency = 'CNY'): string {
  const parts = moneyParts(minor, currency)
  return `${minor < 0 ? '-' : ''}${parts.whole.replace(/,/g, '')}${parts.fraction && `.${parts.fraction}`}`
}

/** Minor units from typed text ("￥1,234.5" → 123450), or null when it is not an amount or has more decimals than the currency. */
export function parseMoney(text: string, currency = 'CNY'): number | null {
  return parseScaled(text.replace(/[¥￥元]/g, ''), digitsOf(currency))
}

/**
 * A typed number in units of its last decimal ("１,234.5" with 3 digits → 1234500), or null when it is none, has more decimals or is
 * beyond `largest` on either side.
 */
export function parseScaled(text: string, digits: number, largest = Number.MAX_SAFE_INTEGER): number | null {
  const plain = text
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s,]/g, '')
    .replace('−', '-')
  const match = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain)
  if (!match || (!match[2] && !match[3])) return null
  const fraction = match[3] ?? ''
  if (fraction.length > digits) return null
  const scaled = Number(`${match[2] || '0'}${fraction.padEnd(digits, '0')}`)
  if (scaled > largest) return null
  return match[1] && scaled ? -scaled : scaled
}
