// What a manager asks of the next visit to a customer: asked, withdrawn, and what a step does to it. The server's twin is
// follow_ups.py in backend/roundsman/visits/commands.

import type { Draft, Effect, EffectMeta } from '../../core/domain'
import { uuid7 } from '../../core/ids'
import { dispatch, undecided } from '../../sync'
import type { Payloads } from '../../wire/commands'

type Ask = Payloads['visits.ask_follow_up']
type Withdraw = Payloads['visits.withdraw_follow_up']

/** Asks for something to be said or photographed at the next visit; the text is not empty. */
export function askFollowUp(customer_id: string, text: string, kind: 'note' | 'photo'): Promise<string> {
  const args: Ask = { follow_up_id: uuid7(), customer_id, text, kind }
  return dispatch('visits.ask_follow_up', args, { deps: undecided('customers.add', 'customer_id', customer_id) })
}

function showAsked(draft: Draft, args: Ask, meta: EffectMeta): void {
  draft.put('follow_ups', {
    id: args.follow_up_id,
    customer_id: args.customer_id,
    person_id: draft.get('customers', args.customer_id)?.owner_id ?? '',
    asked_by: meta.person_id,
    text: args.text.trim(),
    kind: args.kind ?? 'note',
    asked_at: meta.captured_at,
    state: 'open',
    visit_id: null,
    step_id: null,
    answer: '',
    answered_at: null,
    skip_reason: '',
  })
}

/** Asks no longer. One that was answered meanwhile stays answered. */
export function withdrawFollowUp(follow_up_id: string): Promise<string> {
  const args: Withdraw = { follow_up_id }
  return dispatch('visits.withdraw_follow_up', args, {
    deps: undecided('visits.ask_follow_up', 'follow_up_id', follow_up_id),
  })
}

function showWithdrawn(draft: Draft, { follow_up_id }: Withdraw): void {
  if (draft.get('follow_ups', follow_up_id)?.state === 'open') {
    draft.patch('follow_ups', follow_up_id, { state: 'withdrawn' })
  }
}

interface StepOf {
  follow_up_id?: string | null
  step_id: string
  visit_id: string
}

/** The follow-up a step is for, if it is asked of this visit's customer; null otherwise. */
export function followUpOf(draft: Draft, { follow_up_id, visit_id }: StepOf): string | null {
  const row = follow_up_id ? draft.get('follow_ups', follow_up_id) : undefined
  return row && row.customer_id === draft.get('visits', visit_id)?.customer_id ? row.id : null
}

/** Puts the answer beside the question. Of several steps the last by its true time stands. */
export function showAnswer(draft: Draft, args: StepOf, answer: string, at: number): void {
  const id = followUpOf(draft, args)
  const row = id ? draft.get('follow_ups', id) : undefined
  if (!row || (row.answered_at !== null && row.step_id !== args.step_id && row.answered_at >= at)) return
  const { visit_id, step_id } = args
  draft.patch('follow_ups', row.id, { state: 'answered', visit_id, step_id, answer, answered_at: at, skip_reason: '' })
}

/** Leaves it open for the visit after this one, with the reason. */
export function showLeft(draft: Draft, args: StepOf, skip_reason: string): void {
  const id = followUpOf(draft, args)
  const row = id ? draft.get('follow_ups', id) : undefined
  if (!row || (row.answered_at !== null && row.step_id !== args.step_id)) return
  const state = row.state === 'answered' ? 'open' : row.state
  draft.patch('follow_ups', row.id, {
    ...{ state, skip_reason, visit_id: null, step_id: null, answer: '', answered_at: null },
  })
}

export const FOLLOW_UP_EFFECTS: Record<string, Effect> = {
  'visits.ask_follow_up': showAsked,
  'visits.withdraw_follow_up': showWithdrawn,
}
