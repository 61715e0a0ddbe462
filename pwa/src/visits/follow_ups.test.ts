// What a manager asked is a must-do step of the next visit on the phone, without a network; doing it answers, skipping leaves it open.

import { beforeEach, expect, test } from 'vitest'
import { openFollowUps } from './queries/follow_ups'
import { dayOf } from './queries/today'
import { wholeVisit } from './queries/visit'
import { checkIn, ME, MONDAY, NINE, rows, type World, world } from './testing/world'

const ASKED = {
  id: 'fridge',
  customer_id: 'a',
  person_id: ME,
  asked_by: 'zhou',
  text: '拍一下冰柜',
  kind: 'note',
  asked_at: NINE - 1000,
  state: 'open',
  visit_id: null,
  step_id: null,
  answer: '',
  answered_at: null,
  skip_reason: '',
}
const CLOCKS = { wall_at: NINE }
const STEP = { step_id: 'step-9', visit_id: 'v', template_id: null, follow_up_id: 'fridge', kind: 'note', title: 'x' }
const ANSWERED: [string, object] = [
  'visits.record_step',
  { ...STEP, answers: { text: ' 修好了 ' }, photos: [], clocks: CLOCKS },
]
const SKIPPED: [string, object] = ['visits.skip_step', { ...STEP, reason: '店主不在', clocks: CLOCKS }]

let held: World
beforeEach(() => {
  held = world({ ...rows(), follow_ups: [ASKED, { ...ASKED, id: 'others', person_id: 'li' }] })
})

const stepsAsked = () => wholeVisit(held.view, 'v')!.steps.filter((step) => step.follow_up_id)
const asked = () => held.view.get('follow_ups', 'fridge')!

test('it stands in the stop of today and as a must-do of the visit, for whom it is asked of only', () => {
  held.tell([checkIn('v', 'a')])
  expect(dayOf(held.view, ME, MONDAY).routes[0]!.left[0]!.advice).toEqual(['拍一下冰柜'])
  expect(stepsAsked()).toMatchObject([{ key: 'fridge', title: '拍一下冰柜', is_must: true, is_settled: false }])
  expect(openFollowUps(held.view, 'a', 'li').map((one) => one.id)).toEqual(['others'])
})

test('doing the step answers it, and the visit goes on showing it', () => {
  held.tell([checkIn('v', 'a'), ANSWERED])
  expect(asked()).toMatchObject({ state: 'answered', answer: '修好了', visit_id: 'v', step_id: 'step-9' })
  expect(stepsAsked()).toMatchObject([{ title: '拍一下冰柜', is_settled: true, step_id: 'step-9' }])
  expect(openFollowUps(held.view, 'a', ME)).toEqual([])
})

test('skipped with a reason it is settled here and open for the visit after', () => {
  held.tell([checkIn('v', 'a'), SKIPPED])
  expect(asked()).toMatchObject({ state: 'open', skip_reason: '店主不在' })
  expect(stepsAsked()).toMatchObject([{ is_settled: true, state: 'skipped' }])
  expect(openFollowUps(held.view, 'a', ME)).toHaveLength(1)
})

test('withdrawn it is no step any more, and an answer given meanwhile is kept', () => {
  held.tell([checkIn('v', 'a'), ['visits.withdraw_follow_up', { follow_up_id: 'fridge' }]])
  expect(stepsAsked()).toEqual([])
  held.tell([checkIn('v', 'a'), ANSWERED, ['visits.withdraw_follow_up', { follow_up_id: 'fridge' }]])
  expect(asked()).toMatchObject({ state: 'answered', answer: '修好了' })
})
