// The quantity one tap on − or + leads to, within what may be ordered of a pack. Pure.

import { nextOrderable, type Pack } from './rules/packs'

const WHOLE = 1000

/** One step of a pack; one whole unit of a pack that allows any quantity. */
function stepOf(pack: Pack): number {
  return pack.step_e3 || WHOLE
}

/** The first quantity of a pack somebody would order: its minimum, else one step; null when its limits leave none. */
export function leastOf(pack: Pack): number | null {
  return nextOrderable(pack.minimum_e3 || stepOf(pack), pack) ?? nextOrderable(1, pack)
}

/** The quantity after one tap. Below the first one lies nothing, above the maximum no further one. */
export function steppedQuantity(quantity_e3: number, pack: Pack, direction: 1 | -1): number {
  const least = leastOf(pack) ?? 0
  if (direction === 1) {
    if (quantity_e3 < least) return least
    const over = (quantity_e3 - pack.minimum_e3) % stepOf(pack)
    return nextOrderable(quantity_e3 + (pack.step_e3 ? stepOf(pack) - over : WHOLE), pack) ?? quantity_e3
  }
  if (quantity_e3 <= least) return 0
  const over = pack.step_e3 ? (quantity_e3 - pack.minimum_e3) % pack.step_e3 : 0
  return Math.max(quantity_e3 - (over || stepOf(pack)), least)
}
