// Figures in people's words.

import { formatMoney, moneyToText } from '../../core/money'
import { formatQuantity, quantityToText } from '../../core/quantities'
import { useWords } from '../../core/words'
import type { RankingRow } from './asking'

const { t } = useWords()

/** A value of a metric: money is fen, a quantity thousandths of base units, a completion thousandths of its target. */
export function sayValue(metric: string, value: number): string {
  if (metric === 'visits') return t('figures.visits_count', {}, value)
  if (metric === 'new_customers') return t('figures.customers_count', {}, value)
  if (metric === 'completion') return `${(value / 10).toFixed(1)}%`
  return metric === 'quantity' ? formatQuantity(value) : formatMoney(value)
}

/** The same as a spreadsheet takes it: a bare number. */
export function plainValue(metric: string, value: number): string {
  if (metric === 'completion') return (value / 1000).toFixed(3)
  if (metric === 'quantity') return quantityToText(value)
  return metric === 'visits' || metric === 'new_customers' ? String(value) : moneyToText(value)
}

/** How far somebody rose (above zero) or fell since the range before; null for whoever was nowhere then. */
export function riseOf({ rank, previous_rank }: RankingRow): number | null {
  return previous_rank === null || previous_rank === undefined ? null : previous_rank - rank
}

export function sayRise(row: RankingRow): string {
  const rise = riseOf(row)
  if (rise === null) return t('figures.new')
  if (rise === 0) return t('figures.same')
  return t(rise > 0 ? 'figures.up' : 'figures.down', { n: Math.abs(rise) })
}
