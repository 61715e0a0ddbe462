// Targets in people's words.

import { formatMoney, moneyToText, parseMoney } from '../../core/money'
import { formatQuantity, parseQuantity, quantityToText } from '../../core/quantities'
import { useWords } from '../../core/words'

const { t } = useWords()

export const METRICS = ['sales', 'quantity', 'collection', 'profit', 'visits'] as const
export type Metric = (typeof METRICS)[number]
/** Metrics a category of goods can be told of. */
export const OF_GOODS: ReadonlySet<string> = new Set(['sales', 'quantity', 'profit'])

/** An amount of a metric: fen, thousandths of base units, or a count. */
export function sayAmount(metric: string, amount: number): string {
  if (metric === 'visits') return t('targets.visits_count', {}, amount)
  return metric === 'quantity' ? formatQuantity(amount) : formatMoney(amount)
}

/** The same as it is typed. */
export function textOf(metric: string, amount: number): string {
  if (metric === 'visits') return String(amount)
  return metric === 'quantity' ? quantityToText(amount) : moneyToText(amount)
}

/** What was typed, in the unit of the metric; null when it is no such amount above nothing. */
export function amountIn(metric: string, text: string): number | null {
  const typed = text.trim()
  const amount =
    metric === 'visits'
      ? /^\d{1,9}$/.test(typed)
        ? Number(typed)
        : null
      : metric === 'quantity'
        ? parseQuantity(typed)
        : parseMoney(typed)
  return amount !== null && amount > 0 ? amount : null
}

export function sayPermille(permille: number): string {
  return `${(permille / 10).toFixed(1)}%`
}
