// Which must-do steps a visit lacks, by the list in force now: what sets the mark of a missing step and takes it back, here as on the
// server, and what names the steps to whoever reads it.

import type { Row, View } from '../core/domain'
import { minimumOf, missingSteps } from './rules'

/** Ids of must-do steps of the class's list, as it is now, that a visit still lacks. */
export function lacking(view: View, visit: Row): string[] {
  const class_id = view.get('customers', visit.customer_id)?.class_id
  const templates = class_id ? view.where('step_templates', 'class_id', class_id) : []
  const steps = view.where('visit_steps', 'visit_id', visit.id)
  return missingSteps(
    templates
      .filter((template) => template.is_active)
      .map(({ id, is_must, kind, settings }) => ({ id, is_must, kind, minimum: minimumOf(settings ?? {}) })),
    new Map(
      steps.map((step) => [
        step.template_id,
        { state: step.state, photos: view.where('photos', 'owner_id', step.id).length },
      ]),
    ),
  )
}

/** Their titles, of a visit that is marked for it; none where the list has changed so that nothing is missing any more. */
export function missingTitles(view: View, visit: Row): string[] {
  if (!((visit.flags ?? []) as string[]).includes('step_missing')) return []
  return lacking(view, visit)
    .flatMap((id) => view.get('step_templates', id) ?? [])
    .sort((one, other) => one.position - other.position)
    .map((template) => template.title)
}
