// How stock and its movements are said. Only text.

import { formatQuantity } from '../core/quantities'
import { useWords } from '../core/words'

interface PackOf {
  unit: string
  factor: number
}

/** "1,240 件"; what is counted is the base unit. */
export function sayStock(quantity_e3: number, packs: readonly PackOf[]): string {
  return `${formatQuantity(quantity_e3)} ${packs[0]?.unit ?? ''}`.trim()
}

/** "103 箱 4 件": the same in the largest pack, where there is one and it holds at least once; empty otherwise. */
export function sayInPacks(quantity_e3: number, packs: readonly PackOf[]): string {
  const largest = packs.reduce<PackOf | undefined>(
    (best, one) => (best && best.factor >= one.factor ? best : one),
    undefined,
  )
  if (!largest || largest.factor === 1) return ''
  const of = largest.factor * 1000
  const whole = Math.floor(quantity_e3 / of)
  if (whole < 1) return ''
  const rest = quantity_e3 - whole * of
  return [`${whole} ${largest.unit}`, rest ? sayStock(rest, packs) : ''].filter(Boolean).join(' ')
}

/** "+12", "−3": what came or went. */
export function sayChange(quantity_e3: number): string {
  return quantity_e3 > 0 ? `+${formatQuantity(quantity_e3)}` : formatQuantity(quantity_e3)
}

/** What kind of movement it is: "收货", "盘点调整". */
export function sayMovement(kind: string): string {
  const { t } = useWords()
  return t(`inventory.kind.${kind}`)
}
