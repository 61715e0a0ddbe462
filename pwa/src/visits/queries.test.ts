// What the screens read: my day, one visit's checklist, the team, routes.

import { describe, expect, test } from 'vitest'
import type { View } from '../core/domain'
import { routesSeen, walkersOf } from './queries/routes'
import { personDay, teamOf, teamRow } from './queries/team'
import { dayOf } from './queries/today'
import { wholeVisit } from './queries/visit'
import { checkIn, customer, ME, MONDAY, NINE, photoStep, route, rows, stop, template, world } from './testing/world'

const TUESDAY = '2026-11-24'
const left = (day: ReturnType<typeof dayOf>) => day.routes.flatMap((one) => one.left.map((each) => each.customer_id))

describe('my day', () => {
  test('is what the routes say: due today, not a holiday, in the order of the stops', () => {
    const { view } = world()
    expect(left(dayOf(view, ME, MONDAY))).toEqual(['a', 'b', 'c'])
    expect(left(dayOf(view, ME, TUESDAY))).toEqual([])
    expect(dayOf(view, 'li', MONDAY).routes).toEqual([])
    const off = world({ ...rows(), holidays: [{ id: MONDAY, name: '节' }] })
    expect(left(dayOf(off.view, ME, MONDAY))).toEqual([])
  })

  test('a customer on two routes comes once, one who is no customer any more not at all', () => {
    const held = rows()
    held.routes?.push(route('second'))
    held.route_stops?.push(stop('second', 'b', 0), stop('second', 'd', 1))
    held.customers?.push(customer('d', { is_active: false }))
    const day = dayOf(world(held).view, ME, MONDAY)
    expect(left(day)).toEqual(['a', 'b', 'c'])
    expect(day.coverage.planned).toBe(3)
  })

  test('who was visited and then put away was planned all the same', () => {
    const held = rows()
    held.customers = [customer('a', { is_active: false }), customer('b'), customer('c')]
    held.visits = [{ id: 'v', person_id: ME, customer_id: 'a', day_on: MONDAY, state: 'done', flags: [] }]
    expect(dayOf(world(held).view, ME, MONDAY).coverage).toEqual({ planned: 3, done: 1, skipped: 0, unplanned: 0 })
  })

  test('an open visit stays in the list, a done one folds, a skip leaves with its reason', () => {
    const { view, tell } = world()
    const skip = { visit_id: 's', customer_id: 'b', route_id: 'monday', day_on: MONDAY, reason: '没开门' }
    tell([checkIn('v', 'a'), ['visits.skip', skip]])
    const day = dayOf(view, ME, MONDAY)
    expect(left(day)).toEqual(['a', 'c'])
    expect(day.open?.visit.id).toBe('v')
    expect(day.routes[0]?.left[0]?.mark).toBe('local')
    expect(day.skipped.map((one) => one.visit.skip_reason)).toEqual(['没开门'])
    expect(day.coverage).toEqual({ planned: 3, done: 1, skipped: 1, unplanned: 0 })
  })

  test('skipped and visited after all is visited', () => {
    const { view, tell } = world()
    const skip = { visit_id: 's', customer_id: 'a', route_id: 'monday', day_on: MONDAY, reason: 'x' }
    const out = { visit_id: 'v', fix: null, note: '', clocks: { wall_at: NINE + 60_000 } }
    tell([['visits.skip', skip], checkIn('v', 'a'), ['visits.check_out', out]])
    const day = dayOf(view, ME, MONDAY)
    expect(day.skipped).toEqual([])
    expect(day.done.map((one) => one.visit.id)).toEqual(['v'])
    expect(left(day)).toEqual(['b', 'c'])
  })

  test('a visit open since another day is still the open one', () => {
    const old = { id: 'old', person_id: ME, customer_id: 'b', day_on: '2026-11-20', state: 'open', flags: [] }
    const day = dayOf(world({ ...rows(), visits: [old] }).view, ME, MONDAY)
    expect(day.open?.visit.id).toBe('old')
    expect(day.coverage.done).toBe(0)
  })
})

describe('a visit', () => {
  test('lists the steps of the class in order with what was done of them', () => {
    const { view, tell } = world()
    tell([checkIn('v', 'a'), photoStep('v', 'p1')])
    expect(wholeVisit(view, 'v')?.steps.map((step) => [step.title, step.is_settled, step.photos.length])).toEqual([
      ['shelf', false, 1],
      ['talk', false, 0],
    ])
    tell([checkIn('v', 'a'), photoStep('v', 'p1'), photoStep('v', 'p2')])
    expect(wholeVisit(view, 'v')?.steps[0]).toMatchObject({ is_settled: true, step_id: 'step-1', mark: 'local' })
  })

  test('keeps steps that were added, and after a list changed, those that were done', () => {
    const held = rows()
    held.step_templates = [template('new')]
    const { view, tell } = world(held)
    const added = photoStep('v', 'p9', { step_id: 'step-9', template_id: null, title: '照片' })
    tell([checkIn('v', 'a'), photoStep('v', 'p1'), added])
    expect(wholeVisit(view, 'v')?.steps.map((step) => [step.title, step.photos.length])).toEqual([
      ['new', 0],
      ['shelf', 1],
      ['照片', 1],
    ])
  })

  test('knows the visit before, the class’s rule about pictures, and when it is not here', () => {
    const done = { person_id: ME, customer_id: 'a', state: 'done', flags: [] }
    const visits = [
      { ...done, id: 'first', checked_in_at: NINE - 2000 },
      { ...done, id: 'second', checked_in_at: NINE - 1000 },
    ]
    const { view, tell } = world({ ...rows(), visits })
    tell([checkIn('v', 'a')])
    const whole = wholeVisit(view, 'v')
    expect([whole?.before?.id, whole?.may_pick, whole?.class_name]).toEqual(['second', true, '便利店'])
    expect(wholeVisit(view, 'nothing')).toBeNull()
  })
})

test('a visit that lacks must-do steps says which, in their order, as long as the list asks for them', () => {
  const visit = { person_id: ME, customer_id: 'a', day_on: MONDAY, state: 'done', checked_in_at: NINE }
  const held = rows()
  held.step_templates = [
    template('prices', { kind: 'note', title: '竞品价格', position: 2 }),
    template('front', { title: '门头照', position: 1 }),
    template('talk', { kind: 'note', position: 0, is_must: false }),
  ]
  held.visits = [
    { ...visit, id: 'short', flags: ['step_missing'] },
    { ...visit, id: 'whole', flags: [] },
  ]
  const missing = (view: View, id: string) => [
    wholeVisit(view, id)?.missing,
    personDay(view, ME, MONDAY).line.find((one) => one.visit.id === id)?.missing,
  ]
  const now = world(held)
  expect(missing(now.view, 'short')).toEqual([
    ['门头照', '竞品价格'],
    ['门头照', '竞品价格'],
  ])
  expect(missing(now.view, 'whole')).toEqual([[], []])
  now.arrive('step_templates', template('front', { is_active: false, position: 1 }))
  expect(missing(now.view, 'short')[0]).toEqual(['竞品价格'])
})

describe('the team', () => {
  const memberships = [
    { id: 'm1', person_id: 'li', territory_id: 'pudong', kind: 'member', from_at: 0, until_at: null },
    { id: 'm2', person_id: ME, territory_id: 'east', kind: 'manager', from_at: 0, until_at: null },
    { id: 'm3', person_id: 'left', territory_id: 'pudong', kind: 'member', from_at: 0, until_at: NINE - 1 },
  ]
  const visit = (id: string, own: object) => ({
    id,
    person_id: 'li',
    day_on: MONDAY,
    state: 'done',
    is_planned: true,
    flags: [],
    in_latitude_e7: 312_000_000,
    in_longitude_e7: 1_214_800_000,
    ...own,
  })
  const held = {
    ...rows(),
    memberships,
    routes: [route('lis', { person_id: 'li' })],
    route_stops: [stop('lis', 'a', 0), stop('lis', 'b', 1), stop('lis', 'c', 2)],
    visits: [
      visit('two', {
        customer_id: 'b',
        checked_in_at: NINE + 3_600_000,
        checked_out_at: null,
        state: 'open',
        flags: ['outside'],
        in_latitude_e7: 312_090_000,
      }),
      visit('one', { customer_id: 'a', checked_in_at: NINE, checked_out_at: NINE + 600_000 }),
    ],
  }

  test('is who belongs to it now, not me and not who left', () => {
    expect(teamOf(world(held).view, ME, MONDAY, NINE).map((person) => person.name)).toEqual(['李娜'])
  })

  test('a row says planned against done, where he is, and how much needs a look', () => {
    const { view } = world(held)
    const row = teamRow(view, teamOf(view, ME, MONDAY, NINE)[0]!, MONDAY, NINE)
    expect(row).toMatchObject({ is_in_visit: true, last_customer: 'b shop', flag_count: 1 })
    expect(row.coverage).toEqual({ planned: 3, done: 2, skipped: 0, unplanned: 0 })
  })

  test('a row says of whatever day which of his pictures should have come by now', () => {
    const photo = { owner_id: 'step', person_id: 'li', state: 'awaited' }
    const day = 86_400_000
    const photos = [
      { ...photo, id: 'old', taken_at: NINE - 3 * day },
      { ...photo, id: 'late', taken_at: NINE - day - 1 },
      { ...photo, id: 'new', taken_at: NINE - day },
      { ...photo, id: 'refused', taken_at: NINE - 9 * day, state: 'refused' },
      { ...photo, id: 'other', taken_at: NINE - 9 * day, person_id: ME },
    ]
    const { view } = world({ ...held, photos })
    const li = teamOf(view, ME, MONDAY, NINE)[0]!
    expect(teamRow(view, li, MONDAY, NINE).late).toEqual({ count: 2, since: NINE - 3 * day })
    expect(teamRow(view, li, MONDAY, NINE - 3 * day).late).toBeNull()
  })

  test('a day is a line in time with its gaps, and what is left', () => {
    const day = personDay(world(held).view, 'li', MONDAY)
    expect(day.line.map((one) => [one.visit.id, one.gap])).toEqual([
      ['one', null],
      ['two', { took: 3_000_000, metres: 1001 }],
    ])
    expect(day.metres).toBe(1001)
    expect(day.left.map((one) => one.customer_id)).toEqual(['c'])
  })

  test('routes and who may walk them', () => {
    const { view } = world(held)
    expect(routesSeen(view, ME).map((one) => [one.route.id, one.person_name, one.stop_count])).toEqual([
      ['lis', '李娜', 3],
    ])
    expect(walkersOf(view, ME, NINE).map((one) => [one.person_id, one.territory_id])).toEqual([
      [ME, 'east'],
      ['li', 'pudong'],
    ])
  })
})
