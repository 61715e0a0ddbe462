// A price level as its fields hold it (texts) and as customers.set_price_level takes it; what is wrong with it. Pure.

import type { Payloads } from '../../wire/commands'
import type { PriceLevelRow } from '../../wire/feeds'
import { positionOf } from './class_form'

export interface LevelForm {
  name: string
  position: string
  is_active: boolean
}

/** A level as it is shown; a new one stands last. */
export function formOf(row: PriceLevelRow | null, next_position: number): LevelForm {
  return {
    name: row?.name ?? '',
    position: String(row?.position ?? next_position),
    is_active: row?.is_active ?? true,
  }
}

/** What is wrong, by field, as keys of customers.*. `names` are those of the other levels. */
export function wrongInLevel(form: LevelForm, names: readonly string[]): Partial<Record<keyof LevelForm, string>> {
  const wrong: Partial<Record<keyof LevelForm, string>> = {}
  const name = form.name.trim()
  if (!name) wrong.name = 'name_missing'
  else if (names.includes(name)) wrong.name = 'level_twice'
  if (positionOf(form.position) === null) wrong.position = 'position_bad'
  return wrong
}

/** What customers.set_price_level takes of a form nothing is wrong with. */
export function levelOf(level_id: string, form: LevelForm): Payloads['customers.set_price_level'] {
  return {
    level_id,
    name: form.name.trim(),
    position: positionOf(form.position) ?? 0,
    is_active: form.is_active,
  }
}
