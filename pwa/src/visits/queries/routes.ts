// Routes to look after: one's own, and those of the team for whoever manages one.

import type { Ref } from 'vue'
import type { View } from '../../core/domain'
import { useLive } from '../../sync'
import { all, get, me, type Of, stopsOf, where } from './rows'

export interface RouteLine {
  route: Of<'routes'>
  stop_count: number
  /** Whose it is; empty for one's own. */
  person_name: string
}

/** Routes still walked: mine first, then by person and name. */
export function routesSeen(view: View, my_id: string): RouteLine[] {
  return [...all(view, 'routes')]
    .filter((route) => route.is_active)
    .map((route) => ({
      route,
      stop_count: where(view, 'route_stops', 'route_id', route.id).length,
      person_name: route.person_id === my_id ? '' : (get(view, 'people', route.person_id)?.name ?? ''),
    }))
    .sort(
      (one, other) =>
        Number(one.route.person_id !== my_id) - Number(other.route.person_id !== my_id) ||
        one.person_name.localeCompare(other.person_name, 'zh-CN') ||
        one.route.weekdays - other.route.weekdays ||
        one.route.name.localeCompare(other.route.name, 'zh-CN'),
    )
}

export function useRoutes(): Readonly<Ref<RouteLine[] | null>> {
  return useLive<RouteLine[] | null>(['routes', 'route_stops', 'people'], (view) => routesSeen(view, me.value), null)
}

export interface WholeRoute {
  route: Of<'routes'> | undefined
  stops: { id: string; customer_id: string; customer: Of<'customers'> | undefined }[]
}

export function useWholeRoute(route_id: () => string): Readonly<Ref<WholeRoute | null>> {
  return useLive<WholeRoute | null>(
    ['routes', 'route_stops', 'customers'],
    (view) => ({
      route: get(view, 'routes', route_id()),
      stops: stopsOf(view, route_id()).map(({ id, customer_id }) => ({
        id,
        customer_id,
        customer: get(view, 'customers', customer_id),
      })),
    }),
    null,
  )
}

/** Who may walk a route where: me in my territories, and the members of those I manage. */
export interface Walker {
  person_id: string
  territory_id: string
  person_name: string
  territory_name: string
}

export function walkersOf(view: View, my_id: string, now: number): Walker[] {
  const walkers: Walker[] = []
  for (const { person_id, territory_id, kind, from_at, until_at } of all(view, 'memberships')) {
    if (from_at > now || (until_at !== null && until_at <= now)) continue
    if (kind !== 'member' && person_id !== my_id) continue
    const person = get(view, 'people', person_id)
    if (!person?.is_active) continue
    walkers.push({
      person_id,
      territory_id,
      person_name: person.name,
      territory_name: get(view, 'territories', territory_id)?.name ?? '',
    })
  }
  return walkers.sort(
    (one, other) =>
      Number(one.person_id !== my_id) - Number(other.person_id !== my_id) ||
      one.person_name.localeCompare(other.person_name, 'zh-CN'),
  )
}

export function useWalkers(now: () => number): Readonly<Ref<Walker[]>> {
  return useLive<Walker[]>(['memberships', 'people', 'territories'], (view) => walkersOf(view, me.value, now()), [])
}
