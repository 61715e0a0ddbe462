// The three clocks of a fact as its payload carries them.

import type { Clocks } from '../core/clocks'
import { captureMoment } from './index'

/** The three clocks now. */
export function clocksNow(): Clocks {
  const { wall_at, monotonic_ms, contact_wall_at, contact_server_at } = captureMoment()
  return { wall_at, elapsed_ms: monotonic_ms, contact_wall_at, contact_server_at }
}
