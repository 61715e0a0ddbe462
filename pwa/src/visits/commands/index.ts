// Everything visits writes: one function per command, and the effects that show it at once.

import type { Effect } from '../../core/domain'
import { FOLLOW_UP_EFFECTS } from './follow_ups'
import { PLANNING_EFFECTS } from './planning'
import { ROUNDS_EFFECTS } from './rounds'

export { askFollowUp, withdrawFollowUp } from './follow_ups'
export { arrangeStops, endRoute, newStop, planRoute, type RoutePlan } from './planning'
export {
  type Answer,
  type Answers,
  checkIn,
  checkOut,
  type Fix,
  mendCheckOut,
  mendStep,
  type RefusedCheckOut,
  type RefusedStep,
  recordStep,
  type StepDone,
  skipStep,
  skipVisit,
} from './rounds'

export const EFFECTS: Record<string, Effect> = { ...ROUNDS_EFFECTS, ...PLANNING_EFFECTS, ...FOLLOW_UP_EFFECTS }
