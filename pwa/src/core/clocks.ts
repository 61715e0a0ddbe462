// The three clocks of something done offline, and which of them is believed. The server's twin is backend/roundsman/core/clocks.py; both
// run the vectors in tests/vectors/core/clocks.json.

/** A phone's clock off by more than this is marked; it never refuses anything. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000

/** Three clocks of one offline act, in milliseconds; `elapsed_ms` is the monotonic time since the last contact. */
export interface Clocks {
  wall_at: number
  elapsed_ms?: number | null
  contact_wall_at?: number | null
  contact_server_at?: number | null
}

/**
 * Reckons when something really happened; never later than `received_at`. Monotonic time since a contact is believed over the wall
 * clock, which a person can change; after a restart the wall clock is corrected by the offset seen at the last contact.
 */
export function trueTime(clocks: Clocks, received_at: number): { at: number; is_suspect: boolean } {
  const { wall_at, elapsed_ms, contact_wall_at, contact_server_at } = clocks
  const hasServer = contact_server_at !== null && contact_server_at !== undefined
  let reckoned = wall_at
  if (hasServer && contact_wall_at !== null && contact_wall_at !== undefined) {
    reckoned = wall_at + contact_server_at - contact_wall_at
  }
  if (hasServer && elapsed_ms !== null && elapsed_ms !== undefined && elapsed_ms >= 0) {
    reckoned = contact_server_at + elapsed_ms
  }
  const at = Math.max(0, Math.min(reckoned, received_at))
  return { at, is_suspect: Math.abs(wall_at - at) > CLOCK_TOLERANCE_MS }
}

/** The true time as the phone knows it; the server reckons the same from the same clocks. */
export function reckoned(clocks: Clocks): { at: number; is_suspect: boolean } {
  return trueTime(clocks, Number.POSITIVE_INFINITY)
}
