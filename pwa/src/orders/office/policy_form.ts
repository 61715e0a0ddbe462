// What becomes of differing prices as its fields hold it (texts) and as orders.set_policy takes it; what is wrong with it. Pure.

import type { Payloads } from '../../wire/commands'
import type { OrderPolicyRow } from '../../wire/feeds'

export const DIFFERENCES = ['apply', 'hold'] as const

/** The server's bounds. */
const PERMILLE_MOST = 1000
const DAYS_MOST = 3650
/** What counts as long as nobody decided; the server's own. */
const DEFAULT: Payloads['orders.set_policy'] = { tolerance_permille: 0, on_difference: 'apply', list_age_days: 7 }

export interface PolicyForm {
  on_difference: string
  /** ‰ */
  tolerance: string
  list_age_days: string
}

export function formOf(row: OrderPolicyRow | undefined): PolicyForm {
  const { on_difference, tolerance_permille, list_age_days } = row ?? DEFAULT
  return {
    on_difference,
    tolerance: String(tolerance_permille),
    list_age_days: String(list_age_days),
  }
}

function whole(text: string, most: number): number | null {
  if (!/^\d{1,6}$/.test(text.trim())) return null
  const number = Number(text)
  return number <= most ? number : null
}

/** What is wrong, by field, as keys of orders.*. */
export function wrongInPolicy(form: PolicyForm): Partial<Record<keyof PolicyForm, string>> {
  return {
    ...(whole(form.tolerance, PERMILLE_MOST) === null ? { tolerance: 'desk.tolerance_bad' } : {}),
    ...(whole(form.list_age_days, DAYS_MOST) === null ? { list_age_days: 'desk.list_age_bad' } : {}),
  }
}

/** What orders.set_policy takes of a form nothing is wrong with. */
export function policyOf(form: PolicyForm): Payloads['orders.set_policy'] {
  return {
    on_difference: form.on_difference,
    tolerance_permille: whole(form.tolerance, PERMILLE_MOST) ?? DEFAULT.tolerance_permille,
    list_age_days: whole(form.list_age_days, DAYS_MOST) ?? DEFAULT.list_age_days,
  }
}

/** By how much an order of `amount` fen may differ, in fen, as the rule reckons it; null while the form says none. */
export function allowedOf(form: PolicyForm, amount: number): number | null {
  const permille = whole(form.tolerance, PERMILLE_MOST)
  return permille === null ? null : Math.floor((amount * permille) / 1000)
}
