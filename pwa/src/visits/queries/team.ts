// A team's day as its manager sees it: per person planned against done, and one person's day as a line of visits and gaps.

import type { Ref } from 'vue'
import { lastOf } from '../../core/arrays'
import type { View } from '../../core/domain'
import { distanceMetres, type Position } from '../../core/geo'
import { useLive } from '../../sync'
import { missingTitles } from '../lacking'
import { type Late, lateOfPerson } from '../late_photos'
import type { Coverage } from '../rules'
import { all, get, me, type Of, where } from './rows'
import { dayOf, type TodayStop } from './today'
import { stepsOf, type VisitStep } from './visit'

/** One person's day in a line. */
export interface TeamRow {
  person: Of<'people'>
  coverage: Coverage
  /** Where he was last seen to begin or end a visit. */
  last: Of<'visits'> | undefined
  last_customer: string
  is_in_visit: boolean
  flag_count: number
  /** His pictures, of whatever day, that should have come by now. */
  late: Late | null
}

const TABLES = [
  'people',
  'memberships',
  'routes',
  'route_stops',
  'customers',
  'visits',
  'visit_steps',
  'step_templates',
  'photos',
  'holidays',
]

/** The people whose days I see: members of the territories I hold, and whoever visited there. Not myself. */
export function teamOf(view: View, my_id: string, day: string, now: number): Of<'people'>[] {
  const ids = new Set<string>()
  for (const one of all(view, 'memberships')) {
    const isNow = one.from_at <= now && (one.until_at === null || one.until_at > now)
    if (one.kind === 'member' && isNow) ids.add(one.person_id)
  }
  for (const visit of where(view, 'visits', 'day_on', day)) ids.add(visit.person_id)
  ids.delete(my_id)
  return [...ids]
    .flatMap((id) => get(view, 'people', id) ?? [])
    .filter(
      (person) => person.is_active || where(view, 'visits', 'person_id', person.id).some((one) => one.day_on === day),
    )
    .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'))
}

export function teamRow(view: View, person: Of<'people'>, day: string, now: number): TeamRow {
  const { coverage, done, open } = dayOf(view, person.id, day)
  const isInVisit = open !== null && open.visit.day_on === day
  const last = isInVisit ? open : lastOf(done)
  const flags = [...done, ...(isInVisit ? [open] : [])].filter((one) => ((one.visit.flags ?? []) as string[]).length)
  return {
    person,
    coverage,
    last: last?.visit,
    last_customer: last?.customer?.short_name || last?.customer?.name || '',
    is_in_visit: isInVisit,
    flag_count: flags.length,
    late: lateOfPerson(view, person.id, now),
  }
}

/** The team on a day, live; null until the phone has read its rows. */
export function useTeam(day: () => string, now: () => number): Readonly<Ref<TeamRow[] | null>> {
  return useLive<TeamRow[] | null>(
    TABLES,
    (view) => teamOf(view, me.value, day(), now()).map((person) => teamRow(view, person, day(), now())),
    null,
  )
}

/** A visit on the line of a day. */
export interface LineVisit {
  visit: Of<'visits'>
  customer: Of<'customers'> | undefined
  steps: VisitStep[]
  photos: Of<'photos'>[]
  /** Titles of must-do steps it is marked for not having. */
  missing: string[]
  /** Since the visit before ended: milliseconds, and straight-line metres where both places are known. */
  gap: { took: number | null; metres: number | null } | null
}

export interface PersonDay {
  person: Of<'people'> | undefined
  coverage: Coverage
  line: LineVisit[]
  skipped: { visit: Of<'visits'>; customer: Of<'customers'> | undefined }[]
  /** Planned and neither visited nor skipped. */
  left: TodayStop[]
  /** Straight lines from visit to visit, in metres. */
  metres: number
}

function placeOf(visit: Of<'visits'>): Position | null {
  const { in_latitude_e7, in_longitude_e7 } = visit
  return in_latitude_e7 === null || in_longitude_e7 === null
    ? null
    : { latitude_e7: in_latitude_e7, longitude_e7: in_longitude_e7 }
}

export function personDay(view: View, person_id: string, day: string): PersonDay {
  const { coverage, done, open, skipped, routes } = dayOf(view, person_id, day)
  const made = [...done, ...(open && open.visit.day_on === day ? [open] : [])].sort(
    (one, other) => (one.visit.checked_in_at ?? 0) - (other.visit.checked_in_at ?? 0),
  )
  const line = made.map(({ visit, customer }, at): LineVisit => {
    const before = made[at - 1]?.visit
    const steps = stepsOf(view, visit)
    const [from, to] = [before && placeOf(before), placeOf(visit)]
    return {
      visit,
      customer,
      steps,
      photos: steps.flatMap((step) => step.photos),
      missing: missingTitles(view, visit),
      gap: before
        ? {
            took:
              before.checked_out_at === null || visit.checked_in_at === null
                ? null
                : visit.checked_in_at - before.checked_out_at,
            metres: from && to ? distanceMetres(from, to) : null,
          }
        : null,
    }
  })
  return {
    person: get(view, 'people', person_id),
    coverage,
    line,
    skipped,
    left: routes.flatMap((route) => route.left).filter((stop) => !stop.visit),
    metres: line.reduce((sum, { gap }) => sum + (gap?.metres ?? 0), 0),
  }
}

/** One person's day, live; null until the phone has read its rows. */
export function usePersonDay(person_id: () => string, day: () => string): Readonly<Ref<PersonDay | null>> {
  return useLive<PersonDay | null>(TABLES, (view) => personDay(view, person_id(), day()), null)
}
