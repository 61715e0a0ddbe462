// Packs of a variant and what may be ordered of them: units, minimum, maximum, step. The twin of
// backend/roundsman/catalog/rules/packs.py.

import { LARGEST_QUANTITY } from '../../core/quantities'

/**
 * One unit a variant is sold in, holding `factor` base units, as it stands in `variants.packs`. `price_e4` is the pack's own list
 * price, null where that follows from the base unit. A maximum of null is none; a step of 0 allows any quantity between.
 */
export interface Pack {
  unit: string
  factor: number
  price_e4: number | null
  minimum_e3: number
  maximum_e3: number | null
  step_e3: number
  is_sold: boolean
}

/** What the rules need of a row of `variants`: its packs, the base one first, and one base unit's list price. */
export interface Variant {
  id: string
  packs: readonly Pack[]
  price_e4: number
}

/** So much of a variant in one of its units. */
export interface Line {
  variant_id: string
  unit: string
  quantity_e3: number
}

export type LineFault =
  | 'orders.unit_unknown'
  | 'orders.not_on_sale'
  | 'orders.quantity_not_positive'
  | 'orders.below_minimum'
  | 'orders.above_maximum'
  | 'orders.not_a_step'

/** The pack of that unit; undefined when the variant has none. */
export function findPack<P extends Pack>(packs: readonly P[], unit: string): P | undefined {
  return packs.find((pack) => pack.unit === unit)
}

/** Thousandths of base units in a quantity of packs that hold `factor` each. */
export function baseQuantity(quantity_e3: number, factor: number): number {
  return quantity_e3 * factor
}

/**
 * The code of what is wrong with a line, null when it may be ordered. `pack` is that of its unit, undefined when there is none;
 * `is_on_sale` says whether the variant and its product are.
 */
export function checkLine(line: Line, pack: Pack | undefined, is_on_sale = true): LineFault | null {
  if (!pack) return 'orders.unit_unknown'
  const { quantity_e3 } = line
  if (!is_on_sale || !pack.is_sold) return 'orders.not_on_sale'
  if (quantity_e3 <= 0) return 'orders.quantity_not_positive'
  if (quantity_e3 < pack.minimum_e3) return 'orders.below_minimum'
  if (quantity_e3 > maximumOf(pack)) return 'orders.above_maximum'
  if (pack.step_e3 && (quantity_e3 - pack.minimum_e3) % pack.step_e3) return 'orders.not_a_step'
  return null
}

/** The smallest quantity from `quantity_e3` up that may be ordered of a pack; null when its maximum lies below. */
export function nextOrderable(quantity_e3: number, pack: Pack): number | null {
  let wanted = Math.max(quantity_e3, pack.minimum_e3, 1)
  const beyond = pack.step_e3 && (wanted - pack.minimum_e3) % pack.step_e3
  if (beyond) wanted += pack.step_e3 - beyond
  return wanted <= maximumOf(pack) ? wanted : null
}

/** Lines of one variant and unit become the first of them, with all their quantities. */
export function mergeLines<L extends Line>(lines: Iterable<L>): L[] {
  const merged = new Map<string, L>()
  for (const line of lines) {
    const key = JSON.stringify([line.variant_id, line.unit])
    const first = merged.get(key)
    merged.set(key, first ? { ...first, quantity_e3: first.quantity_e3 + line.quantity_e3 } : line)
  }
  return [...merged.values()]
}

function maximumOf(pack: Pack): number {
  return Math.min(pack.maximum_e3 ?? LARGEST_QUANTITY, LARGEST_QUANTITY)
}
