// Pictures that were announced and take long to come: of which of them a person is reminded. A reminder may look at the clock; nothing
// that is decided does.

import type { View } from '../core/domain'
import { type Of, where } from './queries/rows'

const HOUR = 3_600_000

/** A picture still on its own phone is told of when a working day went by without a signal that was good enough. */
export const LATE_HERE = 8 * HOUR
/** Everybody else waits for it a day before he asks. */
export const LATE = 24 * HOUR

/** Whether a picture taken then is told of as one that should have come. */
export function isLate(taken_at: number, now: number): boolean {
  return taken_at < now - LATE
}

/** Some pictures and the moment the oldest was taken. */
export interface Late {
  count: number
  since: number
}

function lateOf(moments: readonly number[], before: number): Late | null {
  const late = moments.filter((at) => at < before)
  return late.length ? { count: late.length, since: Math.min(...late) } : null
}

/** Of the moments at which this phone kept what it has not sent: those that are told of; null for none. */
export function lateHere(kept_at: readonly number[], now: number): Late | null {
  return lateOf(kept_at, now - LATE_HERE)
}

/** The pictures of one person that the company awaits and that are late, the oldest first. */
export function awaitedOf(view: View, person_id: string, now: number): Of<'photos'>[] {
  return where(view, 'photos', 'state', 'awaited')
    .filter((photo) => photo.person_id === person_id && isLate(photo.taken_at, now))
    .sort((one, other) => one.taken_at - other.taken_at)
}

/** The same as a count; null for none. */
export function lateOfPerson(view: View, person_id: string, now: number): Late | null {
  const [oldest, ...more] = awaitedOf(view, person_id, now)
  return oldest ? { count: more.length + 1, since: oldest.taken_at } : null
}
