// The commands that plan, with what each does to the phone's own rows: routes and their stops. The
// server's twin is backend/roundsman/visits/commands/planning.py.

import type { Draft, Effect } from '../../core/domain'
import { uuid7 } from '../../core/ids'
import { dispatch } from '../../sync'
import type { Payloads } from '../../wire/commands'

type PlanRoute = Payloads['visits.plan_route']
type ArrangeStops = Payloads['visits.arrange_stops']

/** A route as it is edited: its stops keep their ids, so that planning again changes only what is different. */
export type RoutePlan = PlanRoute

/** A stop for a customer who joins a route. */
export function newStop(customer_id: string): PlanRoute['stops'][number] {
  return { stop_id: uuid7(), customer_id }
}

/** Makes a route or replaces its recurrence and stops. */
export function planRoute(plan: RoutePlan): Promise<string> {
  return dispatch('visits.plan_route', plan)
}

function showRoute(draft: Draft, args: PlanRoute): void {
  const { route_id, stops, ...route } = args
  draft.put('routes', { id: route_id, ...route, until_on: route.until_on ?? null, is_active: true })
  const kept = new Set(stops.map((stop) => stop.stop_id))
  for (const stop of draft.where('route_stops', 'route_id', route_id)) {
    if (!kept.has(stop.id)) draft.remove('route_stops', stop.id)
  }
  for (const [position, { stop_id, customer_id }] of stops.entries()) {
    draft.put('route_stops', { id: stop_id, route_id, customer_id, position })
  }
}

/** Stops walking a route; the visits made on it stay. */
export function endRoute(route_id: string): Promise<string> {
  return dispatch('visits.end_route', { route_id } satisfies Payloads['visits.end_route'])
}

/** Puts the stops of a route in another order; those left out keep theirs behind the named ones. */
export function arrangeStops(route_id: string, stop_ids: string[]): Promise<string> {
  return dispatch('visits.arrange_stops', { route_id, stop_ids } satisfies ArrangeStops)
}

function showArranged(draft: Draft, args: ArrangeStops): void {
  const present = draft
    .where('route_stops', 'route_id', args.route_id)
    .sort((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1))
    .map((stop) => stop.id)
  const wanted = [...new Set(args.stop_ids)].filter((id) => present.includes(id))
  const order = [...wanted, ...present.filter((id) => !wanted.includes(id))]
  for (const [position, id] of order.entries()) {
    if (draft.get('route_stops', id)?.position !== position) draft.patch('route_stops', id, { position })
  }
}

export const PLANNING_EFFECTS: Record<string, Effect> = {
  'visits.plan_route': showRoute,
  'visits.end_route': (draft, args: { route_id: string }) => draft.patch('routes', args.route_id, { is_active: false }),
  'visits.arrange_stops': showArranged,
}
