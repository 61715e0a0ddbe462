// The steps of a customer class while they are edited: from the rows a device holds to what visits.set_steps takes, and what is still
// missing. Pure.

import type { Payloads } from '../../wire/commands'
import type { StepTemplateRow } from '../../wire/feeds'
import type { FormField } from '../queries/visit'
import { minimumOf } from '../rules'

export const KINDS = ['shopfront', 'shelf', 'price_tag', 'competitor', 'other'] as const
export const FIELD_TYPES = ['text', 'number', 'choice', 'yes_no', 'date'] as const satisfies FormField['type'][]

export interface FieldPlan {
  /** Answers are filed under it, so it stays when the label changes. */
  key: string
  label: string
  type: FormField['type']
  is_required: boolean
  /** One to a line, as typed; kept while another type is chosen. */
  choices: string
}

export interface StepPlan {
  template_id: string
  kind: 'photo' | 'note' | 'form'
  title: string
  is_must: boolean
  kinds: string[]
  minimum: number
  /** Where pictures may come from; empty leaves it to the class. */
  source: '' | 'camera' | 'any'
  fields: FieldPlan[]
}

interface Settings extends Record<string, unknown> {
  kinds?: string[]
  source?: 'camera' | 'any'
  fields?: FormField[]
}

/** The steps a class has now, in order. */
export function plansOf(rows: readonly StepTemplateRow[]): StepPlan[] {
  return rows
    .filter((row) => row.is_active)
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
    .map((row) => {
      const settings = (row.settings ?? {}) as Settings
      return {
        template_id: row.id,
        kind: row.kind as StepPlan['kind'],
        title: row.title,
        is_must: row.is_must,
        kinds: settings.kinds ?? [],
        minimum: minimumOf(settings),
        source: settings.source ?? '',
        fields: (settings.fields ?? []).map(({ key, label, type, is_required, choices }) => ({
          key,
          label,
          type,
          is_required: is_required ?? false,
          choices: (choices ?? []).join('\n'),
        })),
      }
    })
}

/** A step nobody has filled in yet; a form begins with one field. */
export function newPlan(kind: StepPlan['kind'], template_id: string, field_key: string): StepPlan {
  const kinds = kind === 'photo' ? ['shopfront'] : []
  const fields = kind === 'form' ? [newField(field_key)] : []
  return { template_id, kind, title: '', is_must: false, kinds, minimum: 1, source: '', fields }
}

export function newField(key: string): FieldPlan {
  return { key, label: '', type: 'text', is_required: false, choices: '' }
}

/** The choices of a field as they are offered: each line once, without space around it. */
export function choicesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ]
}

/** What visits.set_steps takes. */
export function templatesOf(plans: readonly StepPlan[]): Payloads['visits.set_steps']['templates'] {
  return plans.map(({ template_id, kind, title, is_must, kinds, minimum, source, fields }) => {
    const settings: Record<string, unknown> = {}
    if (kind === 'photo') Object.assign(settings, { kinds, minimum }, source ? { source } : {})
    if (kind === 'form') {
      settings.fields = fields.map(({ key, label, type, is_required, choices }) => ({
        key,
        label: label.trim(),
        type,
        is_required,
        ...(type === 'choice' ? { choices: choicesOf(choices) } : {}),
      }))
    }
    return { template_id, kind, title: title.trim(), is_must, settings }
  })
}

/** What is missing, as keys of visits.steps.*; the field's key for what belongs to one. */
export interface Shortcomings {
  title?: 'title_missing'
  fields?: 'fields_missing'
  labels: Record<string, 'label_missing'>
  choices: Record<string, 'choices_missing'>
}

export function shortcomingsOf(plan: StepPlan): Shortcomings {
  const found: Shortcomings = { labels: {}, choices: {} }
  if (!plan.title.trim()) found.title = 'title_missing'
  if (plan.kind !== 'form') return found
  if (!plan.fields.length) found.fields = 'fields_missing'
  for (const { key, label, type, choices } of plan.fields) {
    if (!label.trim()) found.labels[key] = 'label_missing'
    if (type === 'choice' && !choicesOf(choices).length) found.choices[key] = 'choices_missing'
  }
  return found
}

/** Whether nothing is missing. */
export function isWhole(plan: StepPlan): boolean {
  const { title, fields, labels, choices } = shortcomingsOf(plan)
  return !title && !fields && !Object.keys(labels).length && !Object.keys(choices).length
}

/** A list with one item more, at that place. */
export function inserted<T>(items: readonly T[], at: number, item: T): T[] {
  return [...items.slice(0, at), item, ...items.slice(at)]
}
