// The three clocks of a fact as its payload carries them, and the true time they tell.

import { captureMoment } from '../../sync'
import { type Clocks, trueTime } from '../rules'

/** The three clocks now. */
export function clocksNow(): Clocks {
  const { wall_at, monotonic_ms, contact_wall_at, contact_server_at } = captureMoment()
  return { wall_at, elapsed_ms: monotonic_ms, contact_wall_at, contact_server_at }
}

/** The true time as the phone knows it; the server reckons the same from the same clocks. */
export function reckoned(clocks: Clocks): { at: number; is_suspect: boolean } {
  return trueTime(clocks, Number.POSITIVE_INFINITY)
}
