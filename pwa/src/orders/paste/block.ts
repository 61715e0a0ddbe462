// One order out of one block of a message: first what is noise, then who receives it, and of what is left the goods.

import type { Divisions } from '../../customers/divisions'
import { corrects, isFiller, refersElsewhere } from './chatter'
import type { Catalogue } from './goods/catalogue'
import { chosen, isWhole, shareOf, specsOnly } from './lines/choice'
import { entriesOf, maskedOf } from './lines/clauses'
import type { PastedLine } from './lines/drafts'
import { linesOf, NAMED } from './lines/lines'
import { numeralOf } from './lines/numbers'
import { type Quantity, quantitiesIn, quantityPattern } from './lines/quantities'
import { unitPattern } from './lines/units'
import { type Noise, noiseIn } from './noise'
import { isDetail } from './recipients/places'
import type { ReadAddress } from './recipients/places_in'
import { type Read, recipientIn } from './recipients/recipients'
import { blanked, type Span, shownAt, type Text } from './text'
import { notedIn, type Wish, wishIn } from './wishes'

export interface Block {
  lines: PastedLine[]
  /** Who receives it; empty and sure when nobody was named. */
  recipient: Read
  /** Eleven digits, `-` and an extension behind them where a shop hides the number; empty when none was given. */
  mobile: Read
  /** Full names; empty parts where unknown. */
  address: ReadAddress
  /** When it is wanted; null when nothing is said of that, or the day of today is not known. */
  wish: Wish | null
  /** What belongs to none of these, in the order it stood: wishes, prices, landlines. Greetings are left out. */
  rest: string[]
  /** Whether nothing in it needs a look: all lines and the recipient are sure, and nothing refers to what is not said here. */
  is_sure: boolean
}

export function readBlock(text: Text, catalogue: Catalogue, divisions: Divisions, today = ''): Block {
  const { plain } = text
  const units = unitPattern(catalogue.units)
  const pattern = quantityPattern(units)
  const isGoods = (words: string): boolean => {
    const [best] = catalogue.find(words, 1)
    return best !== undefined && isWhole(best)
  }
  const noise = noiseIn(plain, units)
  // 45一箱 is a price; 1664一箱 is a case of 1664.
  const prices = noise.maybe_prices.filter(({ number_end }) => !isGoods(lastWordOf(plain.slice(0, number_end))))
  const soft = [...noise.soft, ...noise.totals, ...prices]

  const { recipient, mobile, address, used, rest, labels } = recipientIn(text, {
    divisions,
    isGoods,
    isCode: (digits) => /^(?:code|barcode)$/.test(catalogue.find(digits, 1)[0]?.by ?? ''),
    quantities: quantitiesIn(blanked(plain, soft, ' '), pattern, catalogue).quantities,
  })

  const counts = labels.filter(({ kind }) => kind === 'count')
  const unlabelled = timesSigned(maskedOf(plain, used, [...soft, ...labels]), counts)
  const { quantities, contents } = quantitiesIn(unlabelled, pattern, catalogue)
  const masked = blanked(unlabelled, contents, ' ')
  for (const quantity of quantities) if (isPerOne(plain, quantity)) quantity.is_sure = false
  const entries = entriesOf(plain, masked, quantities, {
    isNamed: (words) => shareOf(catalogue, words) >= NAMED,
    isSpecOf: (words, others) => {
      const { goods } = chosen(catalogue, words, null)
      return goods !== null && specsOnly(goods, others) !== null
    },
  })
  const { lines, used: named } = linesOf(text, masked, entries, catalogue)
  const left_over = restOf(text, [...used, ...named], rest)
  const is_taken_back = corrects(plain)
  if (is_taken_back || !areTotalsRight(lines, noise.totals)) for (const line of lines) line.is_sure = false
  if (left_over.some((piece) => isDetail(piece.toLowerCase()))) address.is_sure = false
  const wish = today ? wishIn(text, today) : null
  const are_parts_sure = [...lines, recipient, mobile, address].every((part) => part.is_sure)
  return {
    lines,
    recipient,
    mobile,
    address,
    wish,
    rest: notedIn(left_over, wish),
    is_sure: are_parts_sure && !is_taken_back && !refersElsewhere(plain),
  }
}

/** 一箱45: one case, or the price of one. */
function isPerOne(plain: string, { start, end, quantity_e3, unit_word }: Quantity): boolean {
  const is_one = quantity_e3 === 1000 && unit_word !== null && end - start < 4
  return is_one && /^[¥$]?\d+(?:\.\d+)?(?![\d.]|码|号|段|米|寸|ml|[lg]\b|[x×*])/.test(plain.slice(end, end + 12))
}

function lastWordOf(plain: string): string {
  return /[^\s,;。!?、|:]*$/.exec(plain.slice(-40))?.[0] ?? ''
}

/** 数量：2 says as plainly as ×2 that it counts. */
function timesSigned(masked: string, counts: readonly Span[]): string {
  let signed = masked
  for (const { end } of counts) signed = `${signed.slice(0, end - 1)}×${signed.slice(end)}`
  return signed
}

/** Whether 一共6箱 is the sum of what was said in that unit; one of goods in several units cannot be checked. */
function areTotalsRight(lines: readonly PastedLine[], totals: Noise['totals']): boolean {
  return totals.every(({ numeral, unit }) => {
    const total = numeralOf(numeral)
    if (!total || lines.some(({ unit_word }) => unit_word !== unit)) return true
    return lines.reduce((sum, { quantity_e3 }) => sum + (quantity_e3 ?? 0), 0) === total.value_e3
  })
}

/** What nothing was made of, clause by clause. */
function restOf(text: Text, used: readonly Span[], kept: readonly Span[]): string[] {
  const left = blanked(text.plain, used, '\n')
  const pieces: Span[] = [...kept]
  const clause = /[^\n,;。!?、|]+/g
  for (let found = clause.exec(left); found; found = clause.exec(left)) {
    if (!isFiller(found[0])) pieces.push({ start: found.index, end: found.index + found[0].length })
  }
  return pieces
    .sort((one, other) => one.start - other.start)
    .map((piece) => shownAt(text, piece))
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
}
