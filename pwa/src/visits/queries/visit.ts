// One visit with all that belongs to it: customer, class, the steps it must and may contain and what was done of them, the one before.

import type { Ref } from 'vue'
import type { MarkState, View } from '../../core/domain'
import { useWords } from '../../core/words'
import { useLive } from '../../sync'
import type { Payloads } from '../../wire/commands'
import { missingTitles } from '../lacking'
import { isSettled, minimumOf } from '../rules'
import { openFollowUps } from './follow_ups'
import { get, type Of, where } from './rows'

const { t } = useWords()

/** A field of a form step. */
export interface FormField {
  key: string
  label: string
  type: 'text' | 'number' | 'choice' | 'yes_no' | 'date'
  is_required?: boolean
  choices?: string[]
}

/** A step as a checklist shows it: of the class's list, or one the person added. */
export interface VisitStep {
  /** The template's id, or the step's own for an added one. */
  key: string
  template_id: string | null
  step_id: string | null
  /** What a manager asked for, where it is that. */
  follow_up_id?: string | null
  kind: 'photo' | 'note' | 'form'
  title: string
  is_must: boolean
  minimum: number
  kinds: string[]
  /** Where its pictures may come from; empty leaves it to the class. */
  source: '' | 'camera' | 'any'
  fields: FormField[]
  state: '' | 'done' | 'skipped'
  is_settled: boolean
  answers: Record<string, unknown>
  reason: string
  photos: Of<'photos'>[]
  mark: MarkState | undefined
}

/** Whether a step asks for nothing more, pictures counted that are taken and not recorded yet. */
export function isSettledNow(step: VisitStep, shots: number): boolean {
  if (step.kind !== 'photo' || step.state === 'skipped') return step.is_settled
  return step.photos.length + shots >= step.minimum
}

export interface WholeVisit {
  visit: Of<'visits'>
  mark: MarkState | undefined
  customer: Of<'customers'> | undefined
  class_name: string
  /** Whether pictures may come from the gallery. */
  may_pick: boolean
  steps: VisitStep[]
  /** Titles of must-do steps it is marked for not having. */
  missing: string[]
  /** The visit made here before this one. */
  before: Of<'visits'> | undefined
}

const TABLES = ['visits', 'customers', 'customer_classes', 'step_templates', 'visit_steps', 'photos', 'follow_ups']

interface Settings extends Record<string, unknown> {
  kinds?: string[]
  source?: 'camera' | 'any'
  fields?: FormField[]
}

function stepOf(
  view: View,
  template: Of<'step_templates'> | undefined,
  step: Of<'visit_steps'> | undefined,
): VisitStep {
  const settings = (template?.settings ?? {}) as Settings
  const photos = step
    ? where(view, 'photos', 'owner_id', step.id).sort((one, other) => one.taken_at - other.taken_at)
    : []
  const kind = (template?.kind ?? step?.kind ?? 'note') as VisitStep['kind']
  const minimum = minimumOf(settings)
  return {
    key: template?.id ?? step?.id ?? '',
    template_id: template?.id ?? step?.template_id ?? null,
    step_id: step?.id ?? null,
    kind,
    title: template?.title ?? step?.title ?? '',
    is_must: template?.is_must ?? false,
    minimum,
    kinds: settings.kinds ?? [],
    source: settings.source ?? '',
    fields: settings.fields ?? [],
    state: (step?.state ?? '') as VisitStep['state'],
    is_settled: isSettled({ kind, minimum }, step && { state: step.state, photos: photos.length }),
    answers: (step?.answers ?? {}) as Record<string, unknown>,
    reason: step?.reason ?? '',
    photos,
    mark: step && view.state('visit_steps', step.id),
  }
}

/** What a manager asked for, as a step that must be done. */
function followUpStep(view: View, asked: Of<'follow_ups'>, step: Of<'visit_steps'> | undefined): VisitStep {
  const kind = asked.kind as VisitStep['kind']
  return {
    ...stepOf(view, undefined, step),
    key: asked.id,
    follow_up_id: asked.id,
    kind,
    title: asked.text,
    is_must: true,
    is_settled: isSettled({ kind, minimum: 1 }, step && { state: step.state, photos: photosOf(view, step) }),
    kinds: kind === 'photo' ? ['shopfront', 'shelf', 'price_tag', 'competitor', 'other'] : [],
  }
}

function photosOf(view: View, step: Of<'visit_steps'>): number {
  return where(view, 'photos', 'owner_id', step.id).length
}

/** A form without its template, as far as the answers tell. */
function fieldsOf(answers: Readonly<Record<string, unknown>>): FormField[] {
  const type = (value: unknown) =>
    typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'yes_no' : 'text'
  return Object.entries(answers).map(([key, value]) => ({ key, label: key, type: type(value) }))
}

/** A step as a refused command wanted it: what was typed, in the fields of its template if that is still known. */
export function wantedStep(view: View, args: Payloads['visits.record_step']): VisitStep {
  const { step_id, template_id, kind, title, visit_id } = args
  const template = get(view, 'step_templates', template_id)
  const answers = (args.answers ?? {}) as Record<string, unknown>
  const row = {
    id: step_id,
    visit_id,
    template_id: template_id ?? null,
    kind,
    title,
    state: 'done',
    answers,
    reason: '',
    follow_up_id: null,
  }
  const step = stepOf(view, template, row as Of<'visit_steps'>)
  return step.fields.length ? step : { ...step, fields: fieldsOf(answers) }
}

/** The typed answers of a step in words, a line each. */
export function typedOf(view: View, args: Payloads['visits.record_step']): string[] {
  const { fields } = wantedStep(view, args)
  const labels = new Map(fields.map((field) => [field.key, field.label]))
  return Object.entries(args.answers ?? {}).map(([key, value]) => {
    const said = typeof value === 'boolean' ? t(value ? 'visits.yes' : 'visits.no') : String(value ?? '')
    return args.kind === 'note' ? said : `${labels.get(key) ?? key}: ${said}`
  })
}

/** The steps of a visit: the class's list in its order, what managers asked for, then what was done besides. */
export function stepsOf(view: View, visit: Of<'visits'>): VisitStep[] {
  const class_id = get(view, 'customers', visit.customer_id)?.class_id
  const steps = where(view, 'visit_steps', 'visit_id', visit.id).sort((one, other) => one.done_at - other.done_at)
  // What a visit contains is fixed once it is over: only what was done then is shown.
  const templates =
    class_id && visit.state === 'open'
      ? where(view, 'step_templates', 'class_id', class_id).filter((template) => template.is_active)
      : steps.flatMap((step) => get(view, 'step_templates', step.template_id) ?? [])
  const listed = new Set(templates.map((template) => template.id))
  const worked = steps.flatMap((step) => get(view, 'follow_ups', step.follow_up_id) ?? [])
  const open = visit.state === 'open' ? openFollowUps(view, visit.customer_id, visit.person_id) : []
  const asked = new Map([...worked, ...open].map((one) => [one.id, one]))
  return [
    ...templates
      .sort((one, other) => one.position - other.position)
      .map((template) =>
        stepOf(
          view,
          template,
          steps.find((step) => step.template_id === template.id),
        ),
      ),
    ...[...asked.values()].map((one) =>
      followUpStep(
        view,
        one,
        steps.find((step) => step.follow_up_id === one.id),
      ),
    ),
    ...steps
      .filter((step) => !step.follow_up_id || !asked.has(step.follow_up_id))
      .filter((step) => !step.template_id || !listed.has(step.template_id))
      .map((step) => stepOf(view, undefined, step)),
  ]
}

/** A visit as a view holds it; null when it is not there. */
export function wholeVisit(view: View, visit_id: string): WholeVisit | null {
  const visit = get(view, 'visits', visit_id)
  if (!visit) return null
  const customer = get(view, 'customers', visit.customer_id)
  const of_class = get(view, 'customer_classes', customer?.class_id)
  const before = where(view, 'visits', 'customer_id', visit.customer_id)
    .filter((one) => one.id !== visit.id && one.state === 'done')
    .filter((one) => (one.checked_in_at ?? 0) < (visit.checked_in_at ?? 0))
    .sort((one, other) => (other.checked_in_at ?? 0) - (one.checked_in_at ?? 0))[0]
  return {
    visit,
    mark: view.state('visits', visit_id),
    customer,
    class_name: of_class?.name ?? '',
    may_pick: of_class?.photo_source !== 'camera',
    steps: stepsOf(view, visit),
    missing: missingTitles(view, visit),
    before,
  }
}

/** A visit, live; undefined until the phone has read its rows, null when it does not hold it. */
export function useVisit(visit_id: () => string): Readonly<Ref<WholeVisit | null | undefined>> {
  return useLive<WholeVisit | null | undefined>(TABLES, (view) => wholeVisit(view, visit_id()), undefined)
}

/** What a check-in needs to know about a customer. */
export interface Doorstep {
  customer: Of<'customers'> | undefined
  of_class: Of<'customer_classes'> | undefined
  last: Of<'visits'> | undefined
}

export function useDoorstep(customer_id: () => string): Readonly<Ref<Doorstep | null>> {
  return useLive<Doorstep | null>(
    ['customers', 'customer_classes', 'visits'],
    (view) => {
      const customer = get(view, 'customers', customer_id())
      const last = where(view, 'visits', 'customer_id', customer_id())
        .filter((visit) => visit.state === 'done')
        .sort((one, other) => (other.checked_in_at ?? 0) - (one.checked_in_at ?? 0))[0]
      return { customer, of_class: get(view, 'customer_classes', customer?.class_id), last }
    },
    null,
  )
}
