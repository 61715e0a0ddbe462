// Pure rules of a visit, the twin of backend/roundsman/visits/rules.py: when a route is due, how a check-in is judged, what is
// missing. Both run the vectors in tests/vectors/visits. No store, no clock, no ids here.

import { distanceMetres, type Position } from '../core/geo'
import { addDays, daysBetween, weekdayOf } from '../core/times'

/** A fix worse than this (metres, 68 % radius as the platforms report it) cannot say whether someone is at the door. */
export const POOR_ACCURACY_M = 100

/** How a position compares with the customer's pin of that day. */
export type Fence = 'unchecked' | 'inside' | 'outside' | 'no_pin' | 'poor_fix' | 'no_fix'

/** What a manager should notice about a visit. */
export type Flag =
  | 'outside'
  | 'outside_hard'
  | 'no_fix'
  | 'poor_fix'
  | 'clock'
  | 'late'
  | 'closed_by_rule'
  | 'not_yours'
  | 'step_skipped'
  | 'step_missing'
  | 'reused_photo'

/** A position with its accuracy in metres (0 for a pin set by hand). */
export interface Place extends Position {
  accuracy_m: number
}

export interface Judgement {
  fence: Fence
  /** To the pin; null without fix or pin. */
  distance_m: number | null
  /** Whether the person is asked for words. */
  needs_reason: boolean
  flags: Flag[]
}

/** How a customer's class watches the place: a class's row, or NO_CLASS. */
export interface Geofence {
  geofence: string
  radius_m: number
}

/** A customer without a class is not judged. */
export const NO_CLASS: Geofence = { geofence: 'none', radius_m: 200 }

/**
 * Judges a position against a customer's pin. The fix's own accuracy counts in the person's favour, so nobody is called outside by
 * an error the phone admits to. Nothing is ever refused here: the worst outcome is a reason asked and a flag set.
 */
export function judgePlace(fence: Geofence, pin: Position | null, fix: Place | null): Judgement {
  const { geofence, radius_m } = fence
  if (!fix) {
    if (geofence === 'none') return { fence: 'no_fix', distance_m: null, needs_reason: false, flags: [] }
    return { fence: 'no_fix', distance_m: null, needs_reason: true, flags: ['no_fix'] }
  }
  if (!pin) return { fence: 'no_pin', distance_m: null, needs_reason: false, flags: [] }
  const distance_m = distanceMetres(pin, fix)
  if (geofence === 'none') return { fence: 'unchecked', distance_m, needs_reason: false, flags: [] }
  if (fix.accuracy_m > POOR_ACCURACY_M) {
    return { fence: 'poor_fix', distance_m, needs_reason: true, flags: ['poor_fix'] }
  }
  if (distance_m <= radius_m + fix.accuracy_m) return { fence: 'inside', distance_m, needs_reason: false, flags: [] }
  const flag: Flag = geofence === 'hard' ? 'outside_hard' : 'outside'
  return { fence: 'outside', distance_m, needs_reason: true, flags: [flag] }
}

/** Whether this check-in may give the customer his first pin: a poor fix would judge every later visit wrongly. */
export function canSetPin(judgement: Judgement, fix: Place | null): boolean {
  return judgement.fence === 'no_pin' && fix !== null && fix.accuracy_m <= POOR_ACCURACY_M
}

/** Whether a step was done after the check-out, both by their true times; when it arrived says nothing of that. */
export function isAfter(done_at: number, checked_out_at: number | null): boolean {
  return checked_out_at !== null && done_at > checked_out_at
}

/** When a route is due. `weekdays` is a bitmask, Monday = 1 … Sunday = 64; days are inclusive. */
export interface Recurrence {
  weekdays: number
  every_weeks: number
  from_on: string
  until_on?: string | null
  skips_holidays?: boolean
}

/**
 * Whether a route is due on `day`. Weeks run Monday to Sunday and are counted from the week that holds `from_on`, so "every second
 * week" means the same weeks whatever weekday the route begins on.
 */
export function isDue(recurrence: Recurrence, day: string, holidays: ReadonlySet<string> = new Set()): boolean {
  const { from_on, until_on } = recurrence
  if (day < from_on || (until_on && day > until_on)) return false
  if (!(recurrence.weekdays & (1 << (weekdayOf(day) - 1)))) return false
  if (recurrence.skips_holidays && holidays.has(day)) return false
  const first_monday = addDays(from_on, 1 - weekdayOf(from_on))
  return Math.floor(daysBetween(first_monday, day) / 7) % recurrence.every_weeks === 0
}

/** Planned against done for one day: how many of the planned customers were visited or skipped. */
export interface Coverage {
  planned: number
  done: number
  skipped: number
  unplanned: number
}

/** Counts `visits` (customer id, state) against the planned customer ids of one day. A customer visited twice counts once. */
export function coverage(planned: Iterable<string>, visits: readonly (readonly [string, string])[]): Coverage {
  const wanted = new Set(planned)
  const seen = new Set(visits.filter(([, state]) => state === 'open' || state === 'done').map(([customer]) => customer))
  const skipped = new Set(
    visits.filter(([customer, state]) => state === 'skipped' && !seen.has(customer)).map(([customer]) => customer),
  )
  const among = (set: Set<string>): number => [...set].filter((customer) => wanted.has(customer)).length
  return { planned: wanted.size, done: among(seen), skipped: among(skipped), unplanned: seen.size - among(seen) }
}

/** One step a visit must or may contain; `minimum` is the least number of photos of a photo step. */
export interface Template {
  id: string
  is_must: boolean
  kind: string
  minimum: number
}

/** More photos than this no step takes. */
export const PHOTOS_MAX = 30

/** The least number of photos a step's settings ask for; 1 where they say nothing sensible. */
export function minimumOf(settings: Readonly<Record<string, unknown>>): number {
  const { minimum } = settings
  const is_sensible = Number.isInteger(minimum) && (minimum as number) >= 1 && (minimum as number) <= PHOTOS_MAX
  return is_sensible ? (minimum as number) : 1
}

export interface StepState {
  /** '' while nothing was recorded. */
  state: string
  photos: number
}

/** Whether a step asks for nothing more: done, with enough photos, or skipped with a reason. */
export function isSettled(template: Pick<Template, 'kind' | 'minimum'>, step: StepState | undefined): boolean {
  if (!step) return false
  if (step.state === 'skipped') return true
  return step.state === 'done' && (template.kind !== 'photo' || step.photos >= template.minimum)
}

/** Ids of must-do steps that block a check-out. */
export function missingSteps(templates: readonly Template[], steps: ReadonlyMap<string, StepState>): string[] {
  return templates
    .filter((template) => template.is_must && !isSettled(template, steps.get(template.id)))
    .map((template) => template.id)
}
