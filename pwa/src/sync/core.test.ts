// The outbox machine under arbitrary histories: numbers stay gapless, sealed payloads never change, nothing is lost, whatever order
// of taps, answers, forks and recoveries a phone meets.

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acknowledged, expired, forked, pushAnswered, questions, recovered, recovering, sealed } from './core'
import { type Device, newDevice, openEntries } from './device'
import { greeted } from './greet'
import { type CommandEvent, type CommandState, MACHINE, next } from './machine'
import { cancelled, edited, enqueued, fixed, resolved, TooLate } from './outbox'
import { pushBody, type Result } from './protocol'

const STATES = Object.keys(MACHINE) as CommandState[]
const EVENTS = Object.keys(MACHINE.queued) as CommandEvent[]

describe('the table', () => {
  test('knows every event in every state', () => {
    expect(EVENTS).toHaveLength(16)
    for (const state of STATES) expect(Object.keys(MACHINE[state])).toEqual(EVENTS)
  })

  test('lets nothing that may have been sent be edited, cancelled or forgotten', () => {
    for (const state of STATES) {
      if (state === 'queued') continue
      expect(next(state, 'edit')).toBeNull()
      expect(next(state, 'cancel')).toBeNull()
    }
    const ways = EVENTS.filter((event) => next('sealed', event) === 'gone')
    expect(ways).toEqual([])
  })

  test('ends a refused command only by a person and a decided one only by age', () => {
    expect(EVENTS.filter((event) => next('issue', event) === 'gone')).toEqual(['resolved'])
    expect(EVENTS.filter((event) => next('journal', event) === 'gone')).toEqual(['expired'])
  })
})

/** A phone, what was ever sent under which number, and what was ever made. */
interface World {
  device: Device
  sent: Map<string, string>
  payloads: Map<string, string>
  made: Set<string>
  given_up: Set<string>
  decided: Map<string, Result>
  /** The last number the server closed under each replica id. */
  last: Map<string, number>
  seq: number
  ids: number
}

type Act =
  | { kind: 'tap'; dep: number }
  | { kind: 'edit' | 'cancel'; at: number }
  | { kind: 'resolve' | 'fix'; at: number }
  | {
      kind: 'push'
      items: number
      decided: number
      answered: number
      stop: 'none' | 'forked' | 'gap' | 'retry' | 'epoch'
    }
  | { kind: 'checkpoint'; lost: boolean }

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('tap' as const), dep: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('edit' as const, 'cancel' as const, 'resolve' as const, 'fix' as const),
      at: fc.nat(9),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      items: fc.integer({ min: 1, max: 4 }),
      decided: fc.nat(4),
      answered: fc.nat(4),
      stop: fc.constantFrom(
        'none' as const,
        'none' as const,
        'forked' as const,
        'gap' as const,
        'retry' as const,
        'epoch' as const,
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('checkpoint' as const), lost: fc.boolean() }) },
)

function decide(world: World, uuid: string, number: number): Result {
  const known = world.decided.get(uuid)
  if (known) return known
  const kind = world.decided.size % 5
  const status = kind === 3 ? 'rejected' : kind === 4 ? 'quarantined' : 'applied'
  const result: Result = { number, uuid, status, seq: ++world.seq, ...(status === 'applied' ? {} : { code: 'no' }) }
  world.decided.set(uuid, result)
  return result
}

function play(world: World, act: Act): void {
  const newId = () => `r${++world.ids}`
  const { device } = world
  const all = [...device.outbox.values()]
  if (act.kind === 'tap') {
    const uuid = `u${++world.ids}`
    const deps = act.dep < all.length ? [all[act.dep]!.uuid] : []
    const command = { uuid, name: 'a', v: 1, args: `{"n":${world.ids}}`, captured_at: 0, tz: '', skew_ms: null, deps }
    world.made.add(uuid)
    world.device = enqueued(device, command)
    expect(enqueued(world.device, command)).toBe(world.device)
  } else if (act.kind === 'edit' || act.kind === 'cancel') {
    const entry = all[act.at]
    if (!entry) return
    const uuid = `u${++world.ids}`
    try {
      if (act.kind === 'edit') {
        world.device = edited(device, entry.uuid, { uuid, v: 1, args: `{"e":${world.ids}}` })
        world.made.add(uuid)
        world.given_up.add(entry.uuid)
      } else {
        world.device = cancelled(device, entry.uuid)
        for (const one of all) if (!world.device.outbox.has(one.uuid)) world.given_up.add(one.uuid)
      }
      expect(entry.state).toBe('queued')
    } catch (error) {
      expect(error).toBeInstanceOf(TooLate)
    }
  } else if (act.kind === 'resolve' || act.kind === 'fix') {
    const issue = [...device.issues.values()][act.at]
    if (!issue) return
    if (act.kind === 'resolve') world.device = resolved(device, issue.uuid)
    else if (issue.status === 'rejected') {
      world.device = fixed(device, issue.uuid, '{"fixed":1}', () => {
        const uuid = `u${++world.ids}`
        world.made.add(uuid)
        return uuid
      })
    }
    for (const uuid of device.issues.keys()) if (!world.device.issues.has(uuid)) world.given_up.add(uuid)
  } else if (act.kind === 'push') {
    const batch = sealed(device, { items: act.items, bytes: 1e6 }, 0)
    if (!batch) return
    world.device = batch.device
    const { replica, epoch } = world.device.meta
    for (const entry of batch.commands) {
      const key = `${replica}/${entry.number}`
      expect(world.sent.get(key) ?? entry.uuid, 'a number was sent with another command').toBe(entry.uuid)
      expect(world.payloads.get(entry.uuid) ?? entry.args, 'a sealed payload changed').toBe(entry.args)
      world.sent.set(key, entry.uuid)
      world.payloads.set(entry.uuid, entry.args)
    }
    // The server may have decided more than its answer gets to tell.
    const results = batch.commands.slice(0, act.decided).map((entry) => {
      world.last.set(replica!, Math.max(entry.number, world.last.get(replica!) ?? 0))
      return decide(world, entry.uuid, entry.number)
    })
    const answer = {
      epoch: act.stop === 'epoch' ? `${epoch}+` : epoch!,
      server_time: 0,
      last_number: 0,
      results: results.slice(0, act.answered),
      ...(act.stop === 'none' ? {} : { stop: { reason: act.stop } }),
    }
    world.device = pushAnswered(world.device, { replica: replica!, epoch: epoch! }, answer, 0, newId).device
  } else if ('lost' in act) {
    const { meta } = device
    if (meta.is_recovering) {
      // A restored server may have lost any of it.
      if (act.lost) for (const uuid of [...world.decided.keys()].slice(-2)) world.decided.delete(uuid)
      const known = new Map(
        questions(device).flatMap((uuid) => (world.decided.has(uuid) ? [[uuid, world.decided.get(uuid)!]] : [])),
      )
      world.device = recovered(device, known, 0, newId())
    } else {
      const last = world.last.get(meta.replica!) ?? 0
      for (const uuid of questions(device)) {
        const result = world.decided.get(uuid)
        if (result) world.device = acknowledged(world.device, result, last, 0)
      }
    }
  }
}

function check(world: World): void {
  const { device } = world
  const open = openEntries(device)
  const first = open[0]?.number ?? device.meta.next_number
  expect(open.map((entry) => entry.number)).toEqual(open.map((_, index) => first + index))
  expect(first + open.length).toBe(device.meta.next_number)
  const firstQueued = open.findIndex((entry) => entry.state === 'queued')
  if (firstQueued >= 0) expect(open.slice(firstQueued).some((entry) => entry.state === 'sealed')).toBe(false)
  for (const uuid of world.made) {
    const places = [device.outbox, device.journal, device.issues].filter((place) => place.has(uuid)).length
    // A refused command whose issue the person resolved lives on only as the server's stored answer.
    if (!world.given_up.has(uuid)) expect(places, `${uuid} is nowhere`).toBeGreaterThan(0)
  }
}

test('any history keeps numbers gapless, sealed payloads whole and every command somewhere (I2, I4, I6)', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 60 }), (list) => {
      const world: World = {
        device: newDevice({ replica: 'r0', epoch: 'e' }),
        sent: new Map(),
        payloads: new Map(),
        made: new Set(),
        given_up: new Set(),
        decided: new Map(),
        last: new Map(),
        seq: 0,
        ids: 0,
      }
      for (const act of list) {
        play(world, act)
        check(world)
      }
    }),
    { numRuns: 1000 },
  )
})

function tap(device: Device, uuid: string, deps: string[] = []): Device {
  return enqueued(device, { uuid, name: 'a', v: 1, args: '{}', captured_at: 0, tz: '', skew_ms: null, deps })
}

test('an answer to an earlier replica id or epoch changes nothing', () => {
  const device = sealed(tap(newDevice({ replica: 'r', epoch: 'e' }), 'u'), { items: 9, bytes: 1e6 }, 0)!.device
  const answer = {
    epoch: 'e',
    server_time: 0,
    last_number: 1,
    results: [{ number: 1, uuid: 'u', status: 'applied', seq: 1 }] as Result[],
  }
  expect(pushAnswered(device, { replica: 'old', epoch: 'e' }, answer, 0, () => '').device).toBe(device)
  expect(pushAnswered(device, { replica: 'r', epoch: 'old' }, answer, 0, () => '').device).toBe(device)
})

test('a command that clashes with what a copy sent goes to the person instead of forking for ever', () => {
  let device = tap(tap(newDevice({ replica: 'r', epoch: 'e' }), 'u'), 'v', ['u'])
  device = sealed(device, { items: 1, bytes: 1e6 }, 0)!.device
  device = forked(device, 'r2', 0)
  expect(device.issues.size).toBe(0)
  device = forked(device, 'r3', 0)
  expect([...device.issues.values()].map((one) => [one.uuid, one.code])).toEqual([
    ['u', 'sync.sent_by_a_copy'],
    ['v', 'dependency'],
  ])
})

test('a child whose parent another phone sent is not orphaned by a recovery', () => {
  const device = recovering(tap(newDevice({ replica: 'r', epoch: 'e' }), 'child', ['parent']), 'e2')
  expect(questions(device)).toEqual(['child', 'parent'])
  const parent: Result = { number: 7, uuid: 'parent', status: 'applied', seq: 1 }
  expect(recovered(device, new Map([['parent', parent]]), 0, 'r2').outbox.has('child')).toBe(true)
  expect(recovered(device, new Map(), 0, 'r2').issues.get('child')?.code).toBe('dependency')
})

test('what hello hands to the person is dated', () => {
  let device = sealed(tap(newDevice({ replica: 'r', epoch: 'e' }), 'u'), { items: 1, bytes: 1e6 }, 0)!.device
  for (const id of ['r2', 'r3']) device = greeted(device, device.meta.replica, { replica: id, epoch: 'e' }, 1234)
  expect(device.issues.get('u')).toMatchObject({ code: 'sync.sent_by_a_copy', happened_at: 1234 })
})

test('a batch holds one command at least and never more than its limits', () => {
  let device = newDevice({ replica: 'r', epoch: 'e' })
  for (let n = 0; n < 60; n++) device = tap(device, `u${n}`)
  expect(sealed(device, { items: 50, bytes: 1e6 }, 0)?.commands).toHaveLength(50)
  expect(sealed(device, { items: 50, bytes: 1000 }, 0)?.commands).toHaveLength(2)
  expect(sealed(device, { items: 50, bytes: 1 }, 0)?.commands).toHaveLength(1)
  expect(sealed(recovering(device, 'e2'), { items: 50, bytes: 1e6 }, 0)).toBeNull()
})

test('the journal keeps what something else still builds on', () => {
  let device = tap(tap(newDevice({ replica: 'r', epoch: 'e' }), 'old'), 'young', ['old'])
  for (const [uuid, seq] of [
    ['old', 1],
    ['young', 2],
  ] as const) {
    device = acknowledged(device, { number: seq, uuid, status: 'applied', seq }, 2, seq * 100)
  }
  expect(device.journal.size).toBe(2)
  expect(expired(device, 150)).toEqual([])
  expect(expired(device, 300)).toEqual(['young'])
})

test('the same args travel as the same bytes', () => {
  const args = '{"b":1,"a":"\\u4f60","c":1.50}'
  const text = pushBody({
    epoch: 'e',
    replica: 'r',
    schema: 1,
    client_time: 0,
    outbox: { depth: 1, oldest_at: 0, blobs: 0 },
    commands: [
      { number: 1, uuid: 'u', name: 'a', v: 1, args, captured_at: 0, tz: '', skew_ms: null, deps: [], blobs: [] },
      { number: 2, uuid: 'v', name: 'a', v: 1, args: '{}', captured_at: 0, tz: '', skew_ms: null, deps: [], blobs: [] },
    ],
  })
  expect(text).toContain(`"args":${args}}`)
  expect(JSON.parse(text)).toMatchObject({
    proto: 1,
    commands: [{ number: 1, args: { b: 1, a: '你', c: 1.5 } }, { number: 2 }],
  })
})
