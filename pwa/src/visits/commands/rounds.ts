// The commands of the day with what each does to the phone's own rows: check-in, steps, check-out, and planned visits skipped. The
// server's twins are visiting.py, steps.py and rounds.py in backend/roundsman/visits/commands; they decide, this only shows it at once.

import { reckoned } from '../../core/clocks'
import type { Draft, Effect, EffectMeta, Row } from '../../core/domain'
import { uuid7 } from '../../core/ids'
import { dayOn, monthOf } from '../../core/times'
import { pinOf } from '../../customers/rules'
import { dispatch, fixIssue, undecided } from '../../sync'
import { clocksNow } from '../../sync/clocks'
import type { components } from '../../wire/api'
import type { Payloads } from '../../wire/commands'
import { lacking } from '../lacking'
import { canSetPin, type Flag, type Geofence, isAfter, judgePlace, NO_CLASS } from '../rules'
import { followUpOf, showAnswer, showLeft } from './follow_ups'

export type Fix = components['schemas']['Fix']
export type Answer = string | number | boolean | string[] | null
export type Answers = Record<string, Answer>
type CheckIn = Payloads['visits.check_in']
type CheckOut = Payloads['visits.check_out']
type RecordStep = Payloads['visits.record_step']
type SkipStep = Payloads['visits.skip_step']
type SkipVisit = Payloads['visits.skip']

function withFlags(row: Row | undefined, flags: readonly Flag[]): Flag[] {
  return [...new Set([...((row?.flags as Flag[]) ?? []), ...flags])]
}

/** The fence of a customer's class and his pin, as the phone holds them. */
export function fenceOf(draft: Pick<Draft, 'get'>, customer: Row | undefined): Geofence {
  const held = customer?.class_id ? draft.get('customer_classes', customer.class_id) : undefined
  return held ? { geofence: held.geofence, radius_m: held.radius_m } : NO_CLASS
}

/** Begins a visit; answers its id. `sets_pin` makes the fix the customer's first pin. Guard against a second open visit before. */
export async function checkIn(visit: {
  customer_id: string
  route_id: string | null
  is_planned: boolean
  fix: Fix | null
  reason: string
  sets_pin: boolean
}): Promise<string> {
  const { sets_pin, ...rest } = visit
  const visit_id = uuid7()
  const args: CheckIn = { visit_id, ...rest, clocks: clocksNow(), pin_id: sets_pin ? uuid7() : null }
  await dispatch('visits.check_in', args, { deps: undecided('customers.add', 'customer_id', visit.customer_id) })
  return visit_id
}

/** A visit before anything happened at it. */
function emptyVisit(draft: Draft, args: { visit_id: string; customer_id: string }, meta: EffectMeta): Row {
  return {
    id: args.visit_id,
    person_id: meta.person_id,
    customer_id: args.customer_id,
    territory_id: draft.get('customers', args.customer_id)?.territory_id ?? null,
    checked_in_at: null,
    in_wall_at: null,
    in_latitude_e7: null,
    in_longitude_e7: null,
    in_accuracy_m: null,
    in_fix_count: null,
    in_distance_m: null,
    in_fence: null,
    in_reason: '',
    checked_out_at: null,
    out_latitude_e7: null,
    out_longitude_e7: null,
    out_accuracy_m: null,
    out_distance_m: null,
    out_fence: null,
    closed_by: null,
    skip_reason: '',
    note: '',
    flags: [],
    received_at: meta.captured_at,
  }
}

function showCheckIn(draft: Draft, args: CheckIn, meta: EffectMeta): void {
  const customer = draft.get('customers', args.customer_id)
  const { at, is_suspect } = reckoned(args.clocks)
  const day_on = dayOn(at)
  for (const open of draft.where('visits', 'state', 'open')) {
    if (open.person_id !== meta.person_id || open.day_on === day_on || open.id === args.visit_id) continue
    draft.patch('visits', open.id, { state: 'done', closed_by: 'rule', flags: withFlags(open, ['closed_by_rule']) })
  }
  const fix = args.fix ?? null
  const judged = judgePlace(fenceOf(draft, customer), pinOf(customer), fix)
  draft.put('visits', {
    ...emptyVisit(draft, args, meta),
    day_on,
    route_id: args.route_id ?? null,
    is_planned: args.is_planned,
    state: 'open',
    checked_in_at: at,
    in_wall_at: args.clocks.wall_at,
    in_latitude_e7: fix?.latitude_e7 ?? null,
    in_longitude_e7: fix?.longitude_e7 ?? null,
    in_accuracy_m: fix?.accuracy_m ?? null,
    in_fix_count: fix?.count ?? null,
    in_distance_m: judged.distance_m,
    in_fence: judged.fence,
    in_reason: args.reason.trim(),
    flags: [...judged.flags, ...(is_suspect ? ['clock'] : [])],
  })
  if (args.pin_id && fix && canSetPin(judged, fix)) {
    const { latitude_e7, longitude_e7, accuracy_m } = fix
    draft.patch('customers', args.customer_id, {
      latitude_e7,
      longitude_e7,
      pin_accuracy_m: accuracy_m,
      pin_source: 'visit',
    })
  }
}

/** A photo that is durable on this phone and belongs to a step. */
export interface StepPhoto {
  photo_id: string
  sha256: string
  kind: string
  taken_at: number
  size: number
}

export interface StepDone {
  step_id: string
  visit_id: string
  template_id: string | null
  /** What a manager asked, where the step is for that. */
  follow_up_id?: string | null
  kind: 'photo' | 'note' | 'form'
  title: string
  answers?: Answers
  photos?: StepPhoto[]
}

/** A title as it is sent: what a manager asked may be longer than one. */
function titleOf(text: string): string {
  return [...text].slice(0, 80).join('')
}

/** What must be decided before a step is. */
function before({ visit_id, follow_up_id }: StepDone): string[] {
  const checkedIn = undecided('visits.check_in', 'visit_id', visit_id)
  return follow_up_id
    ? [...checkedIn, ...undecided('visits.ask_follow_up', 'follow_up_id', follow_up_id)]
    : [...checkedIn]
}

/**
 * Records a step; recording it again replaces the answers and adds photos. `draft` is the unfinished form it came from, `clocks` are
 * of when it was done.
 */
export function recordStep(step: StepDone, draft?: string, clocks = clocksNow()): Promise<string> {
  const photos = step.photos ?? []
  const args: RecordStep = { ...step, title: titleOf(step.title), answers: step.answers ?? {}, photos, clocks }
  return dispatch('visits.record_step', args, {
    deps: before(step),
    photos,
    ...(draft ? { draft } : {}),
  })
}

/** A refused command as it was sent. */
export interface Refused<Args> {
  issue: string
  args: Args
}
export type RefusedStep = Refused<RecordStep>
export type RefusedCheckOut = Refused<CheckOut>

/** Sends a refused step again with mended answers; what it was, its pictures and when it was done stay. */
export function mendStep({ issue, args }: RefusedStep, answers: Answers): Promise<void> {
  return fixIssue(issue, { ...args, answers } satisfies RecordStep)
}

/** Sends a refused check-out again with another note; when and where it was stay. */
export function mendCheckOut({ issue, args }: RefusedCheckOut, note: string): Promise<void> {
  return fixIssue(issue, { ...args, note } satisfies CheckOut)
}

function stepRow(draft: Draft, args: RecordStep | SkipStep, meta: EffectMeta): Row {
  return {
    id: args.step_id,
    visit_id: args.visit_id,
    template_id: args.template_id ?? null,
    kind: args.kind,
    title: args.title.trim(),
    done_at: reckoned(args.clocks).at,
    person_id: meta.person_id,
    follow_up_id: followUpOf(draft, args),
  }
}

/** Whether a step arrives after the person's own check-out: held up, mended, or done over. Not one that the base holds already. */
function isBehind(draft: Draft, args: RecordStep | SkipStep): boolean {
  const visit = draft.get('visits', args.visit_id)
  if (visit?.state !== 'done' || visit.closed_by === 'rule') return false
  return draft.get('visit_steps', args.step_id)?.done_at !== reckoned(args.clocks).at
}

/** Marks an ended visit for a step done afterwards, and takes back that a step was missing if none is any more. */
function catchUp(draft: Draft, { visit_id, clocks }: RecordStep | SkipStep): void {
  const visit = draft.get('visits', visit_id)
  if (!visit) return
  const isSettled = !lacking(draft, visit).length
  // One that took a day to arrive is late too, which only the server knows.
  const late: Flag[] = isAfter(reckoned(clocks).at, visit.checked_out_at) ? ['late'] : []
  const flags = withFlags(visit, late).filter((flag) => flag !== 'step_missing' || !isSettled)
  draft.patch('visits', visit_id, { flags })
}

function showStep(draft: Draft, args: RecordStep, meta: EffectMeta): void {
  const comesBehind = isBehind(draft, args)
  draft.put('visit_steps', { ...stepRow(draft, args, meta), state: 'done', answers: args.answers, reason: '' })
  showAnswer(draft, args, String(args.answers?.text ?? '').trim(), reckoned(args.clocks).at)
  for (const photo of args.photos ?? []) {
    // The server's row knows more about it (its state) than the command that announced it.
    if (draft.get('photos', photo.photo_id)) continue
    draft.put('photos', {
      id: photo.photo_id,
      owner_table: 'visit_steps',
      owner_id: args.step_id,
      kind: photo.kind,
      sha256: photo.sha256,
      size: photo.size,
      state: 'awaited',
      refused_code: null,
      person_id: meta.person_id,
      territory_id: draft.get('visits', args.visit_id)?.territory_id ?? null,
      month: monthOf(photo.taken_at),
      taken_at: photo.taken_at,
      width: null,
      height: null,
      is_reused: false,
      stored_at: null,
    })
  }
  if (comesBehind) catchUp(draft, args)
}

/** Skips a step; the reason is not empty. */
export function skipStep(step: Omit<StepDone, 'answers' | 'photos'>, reason: string) {
  const args: SkipStep = { ...step, title: titleOf(step.title), reason, clocks: clocksNow() }
  return dispatch('visits.skip_step', args, { deps: before(step) })
}

function showSkippedStep(draft: Draft, args: SkipStep, meta: EffectMeta): void {
  const comesBehind = isBehind(draft, args)
  // Held up while the step was done after all: what was recorded is worth more.
  if (comesBehind && draft.get('visit_steps', args.step_id)?.state === 'done') return
  draft.put('visit_steps', { ...stepRow(draft, args, meta), state: 'skipped', answers: {}, reason: args.reason.trim() })
  showLeft(draft, args, args.reason.trim())
  draft.patch('visits', args.visit_id, { flags: withFlags(draft.get('visits', args.visit_id), ['step_skipped']) })
  if (comesBehind) catchUp(draft, args)
}

/** Ends the open visit, as of `clocks`. The place is recorded, never judged. */
export function checkOut(visit_id: string, fix: Fix | null, note: string, clocks = clocksNow()): Promise<string> {
  const args: CheckOut = { visit_id, fix, note, clocks }
  return dispatch('visits.check_out', args, { deps: undecided('visits.check_in', 'visit_id', visit_id) })
}

function showCheckOut(draft: Draft, args: CheckOut): void {
  const visit = draft.get('visits', args.visit_id)
  if (!visit) return
  const { at, is_suspect } = reckoned(args.clocks)
  const fix = args.fix ?? null
  const judged = judgePlace(NO_CLASS, pinOf(draft.get('customers', visit.customer_id)), fix)
  const flags = withFlags(visit, is_suspect ? ['clock'] : []).filter((flag) => flag !== 'closed_by_rule')
  draft.patch('visits', args.visit_id, {
    state: 'done',
    closed_by: 'person',
    checked_out_at: Math.max(at, visit.checked_in_at),
    out_latitude_e7: fix?.latitude_e7 ?? null,
    out_longitude_e7: fix?.longitude_e7 ?? null,
    out_accuracy_m: fix?.accuracy_m ?? null,
    out_distance_m: judged.distance_m,
    out_fence: judged.fence,
    note: args.note.trim(),
    flags,
  })
}

/** Leaves a planned visit of a day unmade; the reason is not empty. The customer can still be visited that day. */
export function skipVisit(visit: Omit<SkipVisit, 'visit_id'>): Promise<string> {
  const args: SkipVisit = { visit_id: uuid7(), ...visit }
  return dispatch('visits.skip', args, { deps: undecided('customers.add', 'customer_id', visit.customer_id) })
}

function showSkippedVisit(draft: Draft, args: SkipVisit, meta: EffectMeta): void {
  draft.put('visits', {
    ...emptyVisit(draft, args, meta),
    day_on: args.day_on,
    route_id: args.route_id ?? null,
    is_planned: true,
    state: 'skipped',
    skip_reason: args.reason.trim(),
  })
}

export const ROUNDS_EFFECTS: Record<string, Effect> = {
  'visits.check_in': showCheckIn,
  'visits.record_step': showStep,
  'visits.skip_step': showSkippedStep,
  'visits.check_out': showCheckOut,
  'visits.skip': showSkippedVisit,
}
