// A category as it is typed and as catalog.set_category takes it; what is wrong with it. Pure.

import type { Payloads } from '../../wire/commands'
import type { CategoryRow } from '../../wire/feeds'
import type { Placed } from './queries'
import { valuesIn } from './variant_form'

export const STARTERS = ['clothing', 'digital', 'mother_and_baby', 'beauty'] as const

export interface CategoryForm {
  name: string
  /** Empty for one at the top. */
  parent_id: string
  axes: string
  position: string
  is_active: boolean
}

/** The axes of a category; the wire leaves open what its JSON column holds. */
export function axesIn(row: Pick<CategoryRow, 'axes'>): string[] {
  return Array.isArray(row.axes) ? row.axes.map(String) : []
}

export function formOf(row: CategoryRow | null): CategoryForm {
  return {
    name: row?.name ?? '',
    parent_id: row?.parent_id ?? '',
    axes: row ? axesIn(row).join('，') : '',
    position: String(row?.position ?? 0),
    is_active: row?.is_active ?? true,
  }
}

/** What is wrong, by field, as keys of catalog.*. */
export function wrongInCategory(form: CategoryForm): Partial<Record<keyof CategoryForm, string>> {
  const wrong: Partial<Record<keyof CategoryForm, string>> = {}
  if (!form.name.trim()) wrong.name = 'name_missing'
  if (!/^\d{1,6}$/.test(form.position.trim())) wrong.position = 'position_bad'
  if (valuesIn(form.axes).length > 5) wrong.axes = 'too_many_axes'
  return wrong
}

export function categoryOf(category_id: string, form: CategoryForm): Payloads['catalog.set_category'] {
  return {
    category_id,
    name: form.name.trim(),
    parent_id: form.parent_id || null,
    axes: valuesIn(form.axes),
    position: Number(form.position),
    is_active: form.is_active,
  }
}

/** Where a category may stand: anywhere but in itself and what is below it. */
export function placesFor(tree: readonly Placed[], category: CategoryRow | null): Placed[] {
  const own = tree.find((one) => one.category.id === category?.id)
  return tree.filter((one) => !own || (one !== own && !one.path.startsWith(`${own.path} / `)))
}
