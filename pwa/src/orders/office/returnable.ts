// How much of an order's lines can still come back. Pure; the server asks the same.

import type { components } from '../../wire/api'

type Order = Pick<components['schemas']['OrderDetail'], 'lines' | 'returns'>

/** By line id, in thousandths of the line's unit: what left, less what came back and what is asked to. */
export function leftOf({ lines, returns }: Order): Map<string, number> {
  const coming = new Map<string, number>()
  for (const one of returns) {
    if (one.state !== 'asked') continue
    for (const line of one.lines)
      coming.set(line.order_line_id, (coming.get(line.order_line_id) ?? 0) + line.quantity_e3)
  }
  return new Map(
    lines.map((line) => {
      const gone = Math.floor((line.shipped_e3 - line.returned_e3) / line.factor)
      return [line.id, Math.max(0, gone - (coming.get(line.id) ?? 0))]
    }),
  )
}
