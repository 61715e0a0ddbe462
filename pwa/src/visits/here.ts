// Where the person stands, known only after an act that needs it (a tap on "distance", a check-in), and forgotten with the page. Rows
// show metres from here; nothing is sent.

import { readonly, shallowRef } from 'vue'
import { type Fix, PositionError, takeFix } from '../core/position'

const found = shallowRef<Fix | null>(null)

/** The last position the person asked for; null before. */
export const here = readonly(found)

/** Looks for a few seconds; answers the position, or null when there is none to be had. */
export async function locate(): Promise<Fix | null> {
  try {
    found.value = await takeFix({
      good_m: 50,
      within_ms: 6000,
      onBetter: (fix) => {
        found.value = fix
      },
    })
    return found.value
  } catch (error) {
    if (error instanceof PositionError) return null
    throw error
  }
}

/** A check-in found a position: rows may use it too. */
export function stoodAt(fix: Fix): void {
  found.value = fix
}
