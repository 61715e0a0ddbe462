// What each command shows at once, and that own work stands on the screen exactly once from the tap to the server's row. Then the same
// functions through a real store.

import 'fake-indexeddb/auto'
import { afterEach, describe, expect, test } from 'vitest'
import { closeStore, openStore, outboxItems } from '../sync'
import { options } from '../sync/testing/open'
import { TestServer } from '../sync/testing/server'
import { checkOut, EFFECTS, recordStep, checkIn as sendCheckIn, skipVisit } from './commands'
import { checkIn, customer, ME, MONDAY, NINE, photoStep, route, rows, stop, world } from './testing/world'

const hour = 3_600_000

describe('check-in', () => {
  test('is judged as the server will, in the true time', () => {
    const { view, tell } = world()
    tell([
      checkIn('v', 'a', {
        clocks: { wall_at: NINE - hour, elapsed_ms: 0, contact_wall_at: 1, contact_server_at: NINE },
      }),
    ])
    expect(view.get('visits', 'v')).toMatchObject({
      person_id: ME,
      territory_id: 'pudong',
      day_on: MONDAY,
      state: 'open',
      checked_in_at: NINE,
      in_wall_at: NINE - hour,
      in_fence: 'inside',
      in_distance_m: 0,
      flags: ['clock'],
    })
    expect(view.state('visits', 'v')).toBe('local')
  })

  test('far away or without a position is flagged', () => {
    const { view, tell } = world()
    tell([checkIn('v', 'a', { fix: null, reason: ' 室内没信号 ' })])
    expect(view.get('visits', 'v')).toMatchObject({ in_fence: 'no_fix', flags: ['no_fix'], in_reason: '室内没信号' })
  })

  test('gives a customer without a pin his first one, a poor fix does not', () => {
    const { view, tell } = world()
    const fix = { latitude_e7: 311_000_000, longitude_e7: 1_210_000_000, taken_at: NINE, count: 1 }
    tell([checkIn('v', 'c', { pin_id: 'p', fix: { ...fix, accuracy_m: 101 } })])
    expect(view.get('customers', 'c')?.latitude_e7).toBeNull()
    tell([checkIn('v', 'c', { pin_id: 'p', fix: { ...fix, accuracy_m: 20 } })])
    expect(view.get('customers', 'c')).toMatchObject({
      latitude_e7: 311_000_000,
      pin_accuracy_m: 20,
      pin_source: 'visit',
    })
    expect(view.get('visits', 'v')?.in_fence).toBe('no_pin')
  })

  test('closes a visit forgotten on an earlier day, and no other', () => {
    const held = { id: 'old', person_id: ME, customer_id: 'b', day_on: '2026-11-20', state: 'open', flags: ['late'] }
    const theirs = { ...held, id: 'theirs', person_id: 'li' }
    const { view, tell } = world({ ...rows(), visits: [held, theirs] })
    tell([checkIn('v', 'a')])
    expect(view.get('visits', 'old')).toMatchObject({
      state: 'done',
      closed_by: 'rule',
      flags: ['late', 'closed_by_rule'],
    })
    expect(view.get('visits', 'theirs')?.state).toBe('open')
  })

  test('of a customer the phone no longer holds is shown all the same', () => {
    const { view, tell } = world()
    tell([checkIn('v', 'gone')])
    expect(view.get('visits', 'v')).toMatchObject({ state: 'open', in_fence: 'no_pin' })
  })
})

describe('steps', () => {
  test('photos gather under one step, each once, also when it is recorded again', () => {
    const { view, tell } = world()
    tell([checkIn('v', 'a'), photoStep('v', 'p1'), photoStep('v', 'p2'), photoStep('v', 'p2')])
    expect(view.where('visit_steps', 'visit_id', 'v')).toHaveLength(1)
    expect(view.where('photos', 'owner_id', 'step-1').map((photo) => [photo.id, photo.state])).toEqual([
      ['p1', 'awaited'],
      ['p2', 'awaited'],
    ])
  })

  test('the server’s word about a photo stands while its command is still in the outbox', () => {
    const { view, tell, arrive } = world()
    arrive('photos', {
      id: 'p1',
      owner_id: 'step-1',
      state: 'stored',
      sha256: 'p1-hash',
      kind: 'shelf',
      taken_at: NINE,
    })
    tell([checkIn('v', 'a'), photoStep('v', 'p1')])
    expect(view.get('photos', 'p1')?.state).toBe('stored')
  })

  test('skipped with a reason, and the visit says so', () => {
    const { view, tell } = world()
    const args = { step_id: 's', visit_id: 'v', template_id: 'shelf', kind: 'photo', title: 'x', reason: ' 店家不让 ' }
    tell([checkIn('v', 'a'), ['visits.skip_step', { ...args, clocks: { wall_at: NINE } }]])
    expect(view.get('visit_steps', 's')).toMatchObject({ state: 'skipped', reason: '店家不让' })
    expect(view.get('visits', 'v')?.flags).toEqual(['step_skipped'])
  })

  const over = {
    id: 'v',
    person_id: ME,
    customer_id: 'a',
    checked_in_at: NINE - hour,
    checked_out_at: NINE - 1,
    state: 'done',
    closed_by: 'person',
    flags: ['step_missing'],
  }
  const must = { class_id: 'corner', is_must: true, is_active: true, kind: 'note', settings: {} }
  const note = { visit_id: 'v', kind: 'note', title: 'x', clocks: { wall_at: NINE } }

  test('after the check-out it is marked, and what was missing is settled', () => {
    const templates = [
      { id: 'one', ...must },
      { id: 'two', ...must },
    ]
    const { view, tell } = world({ ...rows(), step_templates: templates, visits: [over] })
    const first = ['visits.record_step', { ...note, step_id: 's', template_id: 'one', answers: { text: 'a' } }] as const
    tell([first])
    expect(view.get('visits', 'v')?.flags).toEqual(['step_missing', 'late'])
    tell([first, ['visits.skip_step', { ...note, step_id: 't', template_id: 'two', reason: 'x' }]])
    expect(view.get('visits', 'v')?.flags).toEqual(['late', 'step_skipped'])
  })

  test('done before the check-out and recorded after it is not marked, and what was missing is settled', () => {
    const templates = [{ id: 'one', ...must }]
    const held = { ...over, checked_out_at: NINE }
    const { view, tell } = world({ ...rows(), step_templates: templates, visits: [held] })
    tell([['visits.record_step', { ...note, step_id: 's', template_id: 'one', answers: { text: 'a' } }]])
    expect(view.get('visits', 'v')?.flags).toEqual([])
  })

  test('one that arrived already is not late, and a late skip takes no answers back', () => {
    const held = { id: 's', visit_id: 'v', template_id: 'one', state: 'done', answers: { text: 'a' }, done_at: NINE }
    const { view, tell } = world({ ...rows(), visits: [{ ...over, flags: [] }], visit_steps: [held] })
    tell([['visits.record_step', { ...note, step_id: 's', template_id: 'one', answers: { text: 'a' } }]])
    expect(view.get('visits', 'v')?.flags).toEqual([])
    const skipped = { ...note, step_id: 's', template_id: 'one', reason: 'x', clocks: { wall_at: NINE - 1 } }
    tell([['visits.skip_step', skipped]])
    expect(view.get('visit_steps', 's')).toMatchObject({ state: 'done', answers: { text: 'a' } })
  })
})

describe('check-out', () => {
  const out = [
    'visits.check_out',
    { visit_id: 'v', fix: null, note: ' ok ', clocks: { wall_at: NINE + hour } },
  ] as const

  test('ends the visit, never before it began', () => {
    const { view, tell } = world()
    tell([checkIn('v', 'a'), out])
    expect(view.get('visits', 'v')).toMatchObject({
      state: 'done',
      closed_by: 'person',
      checked_out_at: NINE + hour,
      note: 'ok',
    })
    tell([checkIn('v', 'a'), [out[0], { ...out[1], clocks: { wall_at: NINE - hour } }]])
    expect(view.get('visits', 'v')?.checked_out_at).toBe(NINE)
  })

  test('puts right a visit that was closed by rule', () => {
    const held = {
      id: 'v',
      person_id: ME,
      customer_id: 'a',
      checked_in_at: NINE,
      state: 'done',
      closed_by: 'rule',
      flags: ['closed_by_rule', 'late'],
    }
    const { view, tell } = world({ ...rows(), visits: [held] })
    tell([out])
    expect(view.get('visits', 'v')).toMatchObject({ closed_by: 'person', flags: ['late'] })
  })
})

test('own work is visible exactly once: waiting, received but not in a checkpoint, and in the checkpoint', () => {
  const { view, tell, arrive } = world()
  const ids = () => [...view.all('visits')].map((visit) => `${visit.id} ${view.state('visits', visit.id)}`)
  const [name, args] = checkIn('v', 'a')
  tell([[name, args]])
  expect(ids()).toEqual(['v local'])
  tell([{ name, args, state: 'applied' }])
  expect(ids()).toEqual(['v received'])
  arrive('visits', { id: 'v', person_id: ME, customer_id: 'a', day_on: MONDAY, state: 'open' })
  tell([{ name, args, state: 'applied' }])
  expect(ids()).toEqual(['v received'])
  tell([])
  expect(ids()).toEqual(['v received'])
})

describe('planning', () => {
  const order = (view: {
    where: (table: string, field: string, value: unknown) => { id: string; position: number }[]
  }) =>
    view
      .where('route_stops', 'route_id', 'monday')
      .sort((one, other) => one.position - other.position)
      .map((one) => one.id)

  test('stops are put in order; those left out stay behind, those gone are passed over', () => {
    const { view, tell } = world()
    tell([['visits.arrange_stops', { route_id: 'monday', stop_ids: ['monday-c', 'gone', 'monday-c', 'monday-b'] }]])
    expect(order(view as never)).toEqual(['monday-c', 'monday-b', 'monday-a'])
  })

  test('a route planned again replaces its stops', () => {
    const { view, tell } = world()
    const stops = [
      { stop_id: 'new', customer_id: 'c' },
      { stop_id: 'monday-a', customer_id: 'a' },
    ]
    const { id: route_id, ...plan } = route('monday')
    tell([['visits.plan_route', { ...plan, route_id, name: '新名字', stops }]])
    expect(order(view as never)).toEqual(['new', 'monday-a'])
    expect(view.get('routes', 'monday')?.name).toBe('新名字')
    tell([['visits.end_route', { route_id: 'monday' }]])
    expect(view.get('routes', 'monday')?.is_active).toBe(false)
  })
})

describe('through the store', () => {
  afterEach(async () => {
    await closeStore()
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })

  test('payloads carry the clocks, and what builds on a check-in depends on it', async () => {
    const server = new TestServer()
    const tables = { visits: 1, visit_steps: 1, photos: 1, customers: 1, customer_classes: 1 }
    const base = options(server)
    await openStore({ id: 'person-1' }, { ...base, effects: EFFECTS, settings: { ...base.settings, tables } })
    const visit_id = await sendCheckIn({
      customer_id: 'a',
      route_id: null,
      is_planned: false,
      fix: null,
      reason: 'x',
      sets_pin: false,
    })
    await recordStep({
      step_id: 's',
      visit_id,
      template_id: null,
      kind: 'note',
      title: 't',
      answers: { text: 'hello' },
    })
    await checkOut(visit_id, null, '')
    await skipVisit({ customer_id: 'b', route_id: null, day_on: MONDAY, reason: 'closed' })
    const [first, step, out, skipped] = outboxItems.value
    expect(JSON.parse(first!.args)).toMatchObject({ visit_id, pin_id: null, clocks: { wall_at: expect.any(Number) } })
    expect([step!.deps, out!.deps, skipped!.deps]).toEqual([[first!.uuid], [first!.uuid], []])
    expect(step!.name).toBe('visits.record_step')
  })
})

test('every customer of the test world has a class it knows', () => {
  // Guards the world itself: effects that find nothing would make the tests above pass for nothing.
  const { view } = world()
  expect(view.get('customer_classes', customer('a').class_id)).toBeDefined()
  expect(stop('monday', 'a', 0).id).toBe('monday-a')
})
