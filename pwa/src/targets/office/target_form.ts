// A target as it is typed and as targets.set takes it, and what is wrong with it. Pure.

import type { Payloads } from '../../wire/commands'
import { amountIn, OF_GOODS } from './says'

export interface TargetForm {
  scope: 'person' | 'territory'
  scope_id: string
  metric: string
  /** Empty: of all goods. */
  category_id: string
  from_on: string
  until_on: string
  amount: string
}

/** What is wrong, by field, as keys of targets.*. */
export function wrongInTarget(form: TargetForm): Partial<Record<keyof TargetForm, string>> {
  const wrong: Partial<Record<keyof TargetForm, string>> = {}
  if (!form.scope_id) wrong.scope_id = 'of_whom'
  if (!form.from_on) wrong.from_on = 'no_such_day'
  if (!form.until_on) wrong.until_on = 'no_such_day'
  else if (form.until_on < form.from_on) wrong.until_on = 'ends_before_it_begins'
  if (amountIn(form.metric, form.amount) === null) wrong.amount = 'amount_wrong'
  return wrong
}

/** The form must be right. */
export function payloadOf(target_id: string, form: TargetForm): Payloads['targets.set'] {
  return {
    target_id,
    scope: form.scope,
    scope_id: form.scope_id,
    metric: form.metric,
    category_id: OF_GOODS.has(form.metric) && form.category_id ? form.category_id : null,
    from_on: form.from_on,
    until_on: form.until_on,
    amount: amountIn(form.metric, form.amount) ?? 0,
  }
}
