// What a target can be of, and what is typed as one. How amounts are said and written is figures' (figures/office/says.ts).

import { parseMoney } from '../../core/money'
import { parseQuantity } from '../../core/quantities'

export const METRICS = ['sales', 'quantity', 'collection', 'profit', 'visits'] as const
/** Metrics a category of goods can be told of. */
export const OF_GOODS: ReadonlySet<string> = new Set(['sales', 'quantity', 'profit'])

function parse(metric: string, text: string): number | null {
  if (metric === 'visits') return /^\d{1,9}$/.test(text) ? Number(text) : null
  return metric === 'quantity' ? parseQuantity(text) : parseMoney(text)
}

/** What was typed, in the unit of the metric: fen, thousandths, or a count; null when it is no such amount above nothing. */
export function amountIn(metric: string, text: string): number | null {
  const amount = parse(metric, text.trim())
  return amount !== null && amount > 0 ? amount : null
}
