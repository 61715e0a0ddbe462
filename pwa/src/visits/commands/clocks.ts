// The three clocks of a fact as its payload carries them.

import { captureMoment } from '../../sync'
import type { Clocks } from '../rules'

/** The three clocks now. */
export function clocksNow(): Clocks {
  const { wall_at, monotonic_ms, contact_wall_at, contact_server_at } = captureMoment()
  return { wall_at, elapsed_ms: monotonic_ms, contact_wall_at, contact_server_at }
}
