// What the person signed in does on one day: the stops of the routes that are due, what became of each, visits off the plan.

import type { Ref } from 'vue'
import type { MarkState, View } from '../../core/domain'
import { useLive } from '../../sync'
import { type Coverage, coverage, isDue } from '../rules'
import { openFollowUps } from './follow_ups'
import { all, get, holidaysIn, me, type Of, stopsOf, where } from './rows'

/** One planned customer of a day. */
export interface TodayStop {
  stop_id: string
  route_id: string
  customer_id: string
  /** Undefined when the phone does not hold him (moved to another territory). */
  customer: Of<'customers'> | undefined
  /** What he owes, in fen. */
  debt: number
  /** What managers ask of this visit. */
  advice: string[]
  /** The latest visit of the day; a visit counts before a skip. */
  visit: Of<'visits'> | undefined
  mark: MarkState | undefined
}

/** A route due on the day with what is left of it, in order. */
export interface TodayRoute {
  id: string
  name: string
  left: TodayStop[]
}

/** Something of the day that is over, or was never planned. */
export interface DayVisit {
  visit: Of<'visits'>
  customer: Of<'customers'> | undefined
  mark: MarkState | undefined
}

export interface Today {
  routes: TodayRoute[]
  done: DayVisit[]
  skipped: DayVisit[]
  coverage: Coverage
  /** The visit begun and not ended, of this day or an earlier one. */
  open: DayVisit | null
}

export const TODAY_TABLES = [
  'routes',
  'route_stops',
  'customers',
  'visits',
  'holidays',
  'accounts',
  'follow_ups',
] as const

/** The routes of a person that are due on a day, by name. */
export function routesDue(view: View, person_id: string, day: string): Of<'routes'>[] {
  const holidays = holidaysIn(view)
  return where(view, 'routes', 'person_id', person_id)
    .filter((route) => route.is_active && isDue(route, day, holidays))
    .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN') || (one.id < other.id ? -1 : 1))
}

function latest(visits: readonly Of<'visits'>[]): Of<'visits'> | undefined {
  const made = visits.filter((visit) => visit.state !== 'skipped')
  return (made.length ? made : visits).reduce<Of<'visits'> | undefined>(
    (last, visit) => (last && (last.checked_in_at ?? 0) > (visit.checked_in_at ?? 0) ? last : visit),
    undefined,
  )
}

/** A person's day as a view holds it. */
export function dayOf(view: View, person_id: string, day: string): Today {
  const visits = where(view, 'visits', 'day_on', day).filter((visit) => visit.person_id === person_id)
  const byCustomer = new Map<string, Of<'visits'>[]>()
  for (const visit of visits) byCustomer.set(visit.customer_id, [...(byCustomer.get(visit.customer_id) ?? []), visit])
  const shown = (visit: Of<'visits'>): DayVisit => ({
    visit,
    customer: get(view, 'customers', visit.customer_id),
    mark: view.state('visits', visit.id),
  })

  const planned = new Set<string>()
  const routes = routesDue(view, person_id, day).map((route) => {
    const left: TodayStop[] = []
    for (const { id, customer_id } of stopsOf(view, route.id)) {
      if (planned.has(customer_id)) continue
      const visit = latest(byCustomer.get(customer_id) ?? [])
      const customer = get(view, 'customers', customer_id)
      // Nobody goes to who is no customer any more, so the day must not wait for it.
      if (!visit && customer && !customer.is_active) continue
      planned.add(customer_id)
      if (visit && visit.state !== 'open') continue
      left.push({
        stop_id: id,
        route_id: route.id,
        customer_id,
        customer,
        debt: get(view, 'accounts', customer_id)?.debt ?? 0,
        advice: openFollowUps(view, customer_id, person_id).map((asked) => asked.text),
        visit,
        mark: visit && view.state('visits', visit.id),
      })
    }
    return { id: route.id, name: route.name, left }
  })

  const over = [...byCustomer.values()].map(latest).filter((visit) => visit !== undefined)
  const open = [...where(view, 'visits', 'state', 'open')].filter((visit) => visit.person_id === person_id)
  return {
    routes,
    done: visits
      .filter((visit) => visit.state === 'done')
      .sort((one, other) => (one.checked_in_at ?? 0) - (other.checked_in_at ?? 0))
      .map(shown),
    skipped: over.filter((visit) => visit.state === 'skipped').map(shown),
    coverage: coverage(
      planned,
      visits.map((visit) => [visit.customer_id, visit.state] as const),
    ),
    open: open.length ? shown(open.reduce((last, visit) => (last.day_on > visit.day_on ? last : visit))) : null,
  }
}

const NOTHING: Today | null = null

/** My day, live; null until the phone has read its rows. */
export function useToday(day: () => string): Readonly<Ref<Today | null>> {
  return useLive<Today | null>(TODAY_TABLES, (view) => dayOf(view, me.value, day()), NOTHING)
}

/** Customers to choose from, live: all the phone holds and that are still customers. */
export function useCustomers(): Readonly<Ref<Of<'customers'>[]>> {
  return useLive<Of<'customers'>[]>(
    ['customers'],
    (view) => [...all(view, 'customers')].filter((customer) => customer.is_active),
    [],
  )
}
