// A receipt while it is typed in: its lines, what is wrong with one, and what is sent.

import type { Variant } from '../../catalog/rows'
import { parsePrice, parseQuantity, quantityToText } from '../../core/quantities'
import type { Payloads } from '../../wire/commands'

export interface Line {
  key: string
  variant: Variant
  name: string
  unit: string
  quantity: string
  /** What one of the unit cost; empty when nobody knows. */
  cost: string
}

/** The key of what is wrong with a line, null when it can be sent. */
export function faultOf(line: Line): 'inventory.quantity_wrong' | 'inventory.cost_wrong' | null {
  const quantity = parseQuantity(line.quantity)
  if (quantity === null || quantity <= 0) return 'inventory.quantity_wrong'
  if (line.cost.trim() && parsePrice(line.cost) === null) return 'inventory.cost_wrong'
  return null
}

/** The lines as the command takes them; only for lines without faults. */
export function linesOf(lines: readonly Line[]): Payloads['inventory.receive']['lines'] {
  return lines.map((line) => ({
    variant_id: line.variant.id,
    unit: line.unit,
    quantity_e3: parseQuantity(line.quantity) ?? 0,
    cost_e4: line.cost.trim() ? parsePrice(line.cost) : null,
  }))
}

/** One more of what was scanned: the line of that variant and unit counts up, else a new one begins. */
export function withOne(lines: readonly Line[], added: Omit<Line, 'quantity' | 'cost'>): Line[] {
  const known = lines.find((line) => line.variant.id === added.variant.id && line.unit === added.unit)
  if (!known) return [...lines, { ...added, quantity: '1', cost: '' }]
  const quantity = quantityToText((parseQuantity(known.quantity) ?? 0) + 1000)
  return lines.map((line) => (line === known ? { ...line, quantity } : line))
}
