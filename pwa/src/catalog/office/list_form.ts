// A price list as it is typed and as catalog.set_price_list takes it; what is wrong with it, and whether it holds on a day. Pure.

import type { Payloads } from '../../wire/commands'
import type { PriceListRow } from '../../wire/feeds'

export interface ListForm {
  name: string
  /** Whose: just one of the two is set. */
  level_id: string
  customer_id: string
  from_on: string
  /** Empty for good. */
  until_on: string
  is_active: boolean
}

export function formOf(row: PriceListRow | null, today: string): ListForm {
  return {
    name: row?.name ?? '',
    level_id: row?.level_id ?? '',
    customer_id: row?.customer_id ?? '',
    from_on: row?.from_on ?? today,
    until_on: row?.until_on ?? '',
    is_active: row?.is_active ?? true,
  }
}

/** What is wrong, by field, as keys of catalog.*. */
export function wrongInList(form: ListForm): Partial<Record<keyof ListForm, string>> {
  const wrong: Partial<Record<keyof ListForm, string>> = {}
  if (!form.name.trim()) wrong.name = 'name_missing'
  if (!form.level_id && !form.customer_id) wrong.level_id = 'list_of_whom'
  if (!form.from_on) wrong.from_on = 'no_such_day'
  if (form.until_on && form.until_on < form.from_on) wrong.until_on = 'ends_before_it_begins'
  return wrong
}

export function listOf(list_id: string, form: ListForm): Payloads['catalog.set_price_list'] {
  return {
    list_id,
    name: form.name.trim(),
    level_id: form.level_id || null,
    customer_id: form.level_id ? null : form.customer_id || null,
    from_on: form.from_on,
    until_on: form.until_on || null,
    is_active: form.is_active,
  }
}

/** Whether a list holds on a day, later or no more. */
export function stateOf(row: PriceListRow, day: string): 'off' | 'later' | 'over' | 'now' {
  if (!row.is_active) return 'off'
  if (row.from_on > day) return 'later'
  return row.until_on !== null && row.until_on < day ? 'over' : 'now'
}
