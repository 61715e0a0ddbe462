// A product's own fields as they are typed, and what of them changed as catalog.edit_product takes it. Pure.

import type { components } from '../../wire/api'

type Product = components['schemas']['ProductRow']

export interface ProductForm {
  name: string
  code: string
  brand: string
  /** Empty for none. */
  category_id: string
  position: string
  description: string
}

const POSITION_MOST = 1_000_000

export function formOf(row: Product): ProductForm {
  return {
    name: row.name,
    code: row.code,
    brand: row.brand,
    category_id: row.category_id ?? '',
    position: String(row.position),
    description: row.description,
  }
}

/** What is wrong, by field, as keys of catalog.*. */
export function wrongInProduct(form: ProductForm): Partial<Record<keyof ProductForm, string>> {
  const wrong: Partial<Record<keyof ProductForm, string>> = {}
  if (!form.name.trim()) wrong.name = 'name_missing'
  const position = /^\d{1,7}$/.test(form.position.trim()) ? Number(form.position) : Number.NaN
  if (!(position <= POSITION_MOST)) wrong.position = 'position_bad'
  return wrong
}

/** [what was shown, what it shall be] of each field that differs; what only differs in space around it does not. */
export function changesOf(before: ProductForm, after: ProductForm): Record<string, [unknown, unknown]> {
  const changes: Record<string, [unknown, unknown]> = {}
  for (const field of Object.keys(before) as (keyof ProductForm)[]) {
    const [was, is] = [sent(field, before[field]), sent(field, after[field])]
    if (was !== is) changes[field] = [was, is]
  }
  return changes
}

function sent(field: keyof ProductForm, text: string): string | number | null {
  if (field === 'position') return Number(text)
  if (field === 'category_id') return text || null
  return text.trim()
}
