// A working day as this build sends it: every command of the registry, from two phones and a desk, with everything a phone's database can
// hold in between. Recorded once for each build that changed a command, and replayed against every later one (tests/vectors/builds).

import { send } from '../../core/api'
import type { Effect } from '../../core/domain'
import type { Fix } from '../../core/position'
import * as customers from '../../customers/commands'
import { giveUpPhotos } from '../../files/commands'
import * as planning from '../../visits/commands/planning'
import * as rounds from '../../visits/commands/rounds'
import type { Payloads } from '../../wire/commands'
import { FEED_VERSIONS } from '../../wire/feeds'
import { Engine } from '../engine'
import { DEFAULT_LIMITS } from '../phone'
import type { Result } from '../protocol'
import type { Ask, Told, Transport } from '../transport'
import { options } from './open'
import {
  type Act,
  AGENT,
  BEGAN,
  CLERK,
  COMPANY,
  customer,
  id,
  listed,
  MANAGER,
  NEWCOMER,
  NORTH,
  PASSWORD,
  REP,
  SOUTH,
} from './recorded_people'
import * as sales from './recorded_sales'
import { TestServer } from './server'

/** One request as it was sent; `by` is who was signed in. */
export interface Heard {
  by: 'administrator' | 'agent' | 'clerk' | 'manager' | 'nobody' | 'rep'
  path: string
  text: string
}

const SHOP = id(4, 1)
const [PHOTO_STEP, FORM_STEP, NOTE_STEP] = [id(5, 1), id(5, 2), id(5, 3)]
const TRICKY = '“万家福”超市（南门）𠮷😀 \\ / "\u2028\t甲'

/** The engine the domains' own functions dispatch to, in place of the one of whoever is signed in. */
export let phone: Engine

/** Passes requests on to the test server and keeps each as it was sent; decides every command itself. */
class Recorder implements Transport {
  readonly heard: Heard[] = []
  readonly server = new TestServer()
  readonly refused = new Map<string, string>()
  by: Heard['by'] = 'rep'

  constructor() {
    this.server.time = BEGAN
  }

  async ask<T>(path: string, ask: Ask = {}): Promise<Told<T>> {
    const text = ask.text ?? ''
    if (path.startsWith('/api/sync/') && !path.endsWith('/report')) this.heard.push({ by: this.by, path, text })
    if (path === '/api/sync/push' && !this.server.faults.length) this.decide(JSON.parse(text))
    const told = await this.server.ask<T>(path, ask)
    const sha256 = /blobs\/(\w+)\/complete$/.exec(path)?.[1]
    for (const row of [...this.server.rows.values()]) {
      if (sha256 && row.sha256 === sha256) this.server.put('photos', { ...row, state: 'stored' })
    }
    return told
  }

  // biome-ignore lint/suspicious/noExplicitAny: a request is JSON
  private decide(body: any): void {
    const { decided } = this.server
    for (const { number, uuid, name, args, deps } of body.commands) {
      if (decided.has(uuid)) continue
      const isOrphan = deps.some((dep: string) => decided.get(dep)?.status !== 'applied')
      const code = isOrphan ? 'dependency' : this.refused.get(uuid)
      const status = name === 'visits.sing' ? 'quarantined' : code ? 'rejected' : 'applied'
      decided.set(uuid, { number, uuid, status, seq: ++this.server.seq, ...(code ? { code } : {}) } as Result)
      if (status !== 'applied') continue
      for (const photo of args.photos ?? []) {
        this.server.put('photos', { id: photo.photo_id, sha256: photo.sha256, state: 'awaited' })
      }
    }
  }
}

export interface Recorded {
  exchanges: Heard[]
  database: unknown
}

/** Lives the day. `effects` are the domains' own; `dump` writes down the rep's database in the middle of it. */
export async function live(
  effects: Record<string, Effect>,
  dump: (engine: Engine) => Promise<unknown>,
): Promise<Recorded> {
  const recorder = new Recorder()
  const { server } = recorder
  let made = 0
  const open = (person_id: string, by: Heard['by']): Promise<Engine> => {
    recorder.by = by
    server.person = person_id
    const ua = 'Mozilla/5.0 (Linux; Android 14; 2312DRA50C) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36'
    return Engine.open(
      options(server, {
        person_id,
        settings: { schema: 1, tables: { ...FEED_VERSIONS }, ...DEFAULT_LIMITS },
        effects,
        isPacked: (table) => table === 'customers',
        transport: recorder,
        time: { wall: () => server.time - 1500, monotonic: () => server.time - BEGAN },
        newId: () => id(9, ++made),
        aboutDevice: async () => ({ ua, standalone: true, persisted: true, quota: { used: 81_234_567, total: 2e9 } }),
      }),
    )
  }
  /** A minute later. */
  const later = () => {
    server.time += 60_000
  }
  const desk = async <Name extends keyof Payloads & string>(
    by: Heard['by'],
    ...acts: [name: Name, args: Payloads[Name]][]
  ) => {
    for (const [name, args] of acts) {
      recorder.by = by
      later()
      await send(name as never, args as never, id(8, ++made)).catch(() => {})
    }
  }
  globalThis.fetch = async (path, init) => {
    recorder.heard.push({ by: recorder.by, path: String(path), text: String(init?.body ?? '') })
    return Response.json({ status: 'applied', result: null })
  }

  const origin = 'https://roundsman.example'
  globalThis.location ??= { origin } as Location
  await desk<keyof Payloads>('administrator', ...beforehand(), ...sales.goods())
  await desk<keyof Payloads>('rep', ['identity.change_password', { current: PASSWORD, new: `${PASSWORD} 换` }])
  for (const n of [1, 2]) server.put('customers', { id: customer(90 + n), name: `老店${n}`, territory_id: NORTH })
  server.put('people', { id: REP, name: '李强', roles: ['rep'], is_active: true })

  phone = await open(REP, 'rep')
  const rep = phone
  await rep.loop.now()
  const [full, bare] = await newCustomers(later)
  const route_id = id(6, 1)
  const stops = [full, bare].map((customer_id, n) => ({ stop_id: id(6, 10 + n), customer_id }))
  const round = { route_id, name: '周五路线 №1', person_id: REP, territory_id: NORTH, weekdays: 127, every_weeks: 1 }
  await planning.planRoute({ ...round, from_on: '2026-11-02', until_on: null, skips_holidays: true, stops })
  await rep.loop.now()
  await visitFull(full, route_id, later)
  await visitBare(bare, later)
  await planning.arrangeStops(route_id, [stops[1]!.stop_id, stops[0]!.stop_id])
  later()
  await rep.loop.now()
  await changeCustomers(full, bare, later)
  const strange = await customers.addCustomer({ ...NOTHING, name: '外地店', territory_id: SOUTH })
  const [wrong] = [...rep.state.device.outbox.values()].filter((entry) => entry.args.includes(strange))
  recorder.refused.set(wrong!.uuid, 'customers.territory_not_yours')
  await customers.setContact({ customer_id: strange, name: '谁', phone: '', position: '', is_main: false })
  const sung = await rep.dispatch('visits.sing', { song: '茉莉花', verses: [1, 2.5, null] })
  await planning.endRoute(route_id)
  // The picture goes up in one round, its row comes back in the next, and its bytes are given back in the third.
  for (let round = 0; round < 3; round++) await rep.loop.now()

  /** What the rep's phone sent under a name so far, oldest first. */
  const sent = async (name: string, engine: Engine) =>
    [...(await engine.store.device(true)).journal.values()]
      .sort((one, other) => one.order - other.order)
      .filter((entry) => entry.name === name)
      .map((entry) => JSON.parse(entry.args))
  await desk<keyof Payloads>('clerk', ...sales.terms(full))
  recorder.by = 'rep'
  await sales.sell(full, later)
  await rep.loop.now()
  await desk<keyof Payloads>('rep', ...sales.drafts(full))
  await desk<keyof Payloads>('clerk', ...sales.fulfilled())
  recorder.by = 'rep'
  await sales.giveBack(later)
  await rep.loop.now()
  const returns = (await sent('orders.ask_return', rep)).map((args) => args.return_id)
  const [, wrongMoney] = await sent('receivables.collect', rep)
  await desk<keyof Payloads>('clerk', ...sales.decided(returns, wrongMoney.collection_id), ...sales.sheets(full))
  recorder.by = 'nobody'
  await sales.registered()
  const [, unused] = await sent('agents.invite', rep)
  await desk<keyof Payloads>('clerk', ...sales.admitted(unused.invitation_id))
  recorder.by = 'rep'

  // From here on the signal is bad: one batch sent whose answer nobody heard, one never sent, a form half filled, a picture unnamed.
  later()
  const visit_id = await rounds.checkIn({ ...ARRIVAL, customer_id: full, is_planned: false, route_id: null })
  server.faults.push({ path: '/api/sync/push', fate: 'lost' })
  await rep.loop.now()
  later()
  const picture = await rep.photos.stage(bytesOf(3000, 7), bytesOf(90, 8), PICTURE)
  await rounds.recordStep({ ...STEP, step_id: id(7, 5), visit_id, title: '离线', photos: [photoOf(picture, 5)] })
  later()
  await rounds.checkOut(visit_id, FIX, '')
  await rep.photos.stage(bytesOf(500, 9), null, PICTURE)
  await rep.store.keepDraft('visits.note', { note: '写到一半…' }, rep.clock.wall())
  const database = await dump(rep)
  await rep.loop.now()
  await rep.loop.now()
  await rep.close()

  phone = await open(MANAGER, 'manager')
  await phone.loop.now()
  await customers.decidePin(id(7, 21), true)
  later()
  await customers.decidePin(id(7, 22), false, '原位置正确')
  await customers.archiveCustomer(bare)
  later()
  await customers.archiveCustomer(bare, true)
  // Nobody will ever send the rep's first picture again.
  const [first] = [...server.rows.values()].filter((row) => row.sha256)
  await giveUpPhotos([first.id])
  await phone.loop.now()
  await phone.close()

  phone = await open(AGENT, 'agent')
  await phone.loop.now()
  await sales.actAsAgent(later)
  for (const [name, args] of sales.PUSHES) await phone.dispatch(name, args)
  await phone.loop.now()
  const [upgrade] = await sent('agents.ask_upgrade', phone)
  await phone.close()

  await desk<keyof Payloads>('clerk', ...import_(full), ...sales.judged(upgrade.request_id))
  await desk<keyof Payloads>('administrator', ...sales.asked(full), ...afterwards(full, sung))
  return { exchanges: recorder.heard, database }
}

const FIX: Fix = { latitude_e7: 312_000_123, longitude_e7: 1_214_800_456, accuracy_m: 12, taken_at: BEGAN, count: 3 }
const PICTURE = { mime: 'image/jpeg', width: 1600, height: 1200 }
const NOTHING = { class_id: null, phone: '', contact_name: '', address: '', remark: '', fix: null }
const ARRIVAL = { fix: null, reason: '室内没有信号', sets_pin: false }
const STEP = { template_id: null, kind: 'photo' as const, title: '门头' }

function bytesOf(size: number, seed: number): ArrayBuffer {
  return Uint8Array.from({ length: size }, (_, n) => (n * 31 + seed) % 256).buffer
}

function photoOf({ sha256, size }: { sha256: string; size: number }, n: number): rounds.StepPhoto {
  return { photo_id: id(7, 100 + n), sha256, kind: 'shelf', taken_at: BEGAN + n * 1000, size }
}

function beforehand(): Act[] {
  const somebody = { phone: '', password: PASSWORD }
  const acts: { [Name in keyof Payloads]?: Payloads[Name][] } = {
    'identity.add_territory': [
      { territory_id: NORTH, parent_id: COMPANY, name: '城北' },
      { territory_id: SOUTH, parent_id: COMPANY, name: 'South' },
    ],
    'identity.add_person': [
      { person_id: REP, name: '李强', phone: '13812345678', login: 'liqiang', password: PASSWORD, roles: ['rep'] },
      { person_id: MANAGER, name: '王芳', ...somebody, login: 'wangfang', roles: ['manager', 'rep'] },
      { person_id: CLERK, name: 'Chen', ...somebody, login: 'chen', roles: ['clerk'] },
      { person_id: NEWCOMER, name: '新人', phone: '', login: '', password: null, roles: ['courier', 'agent'] },
    ],
    'identity.assign': [
      { membership_id: id(6, 901), person_id: REP, territory_id: NORTH, kind: 'member' },
      { membership_id: id(6, 902), person_id: MANAGER, territory_id: NORTH, kind: 'manager' },
      { membership_id: id(6, 903), person_id: MANAGER, territory_id: SOUTH, kind: 'member' },
    ],
    'identity.edit_person': [{ person_id: CLERK, name: '陈静', phone: '0571-8888 7777', login: 'chenjing' }],
    'identity.edit_territory': [{ territory_id: SOUTH, name: '城南' }],
    'identity.move_territory': [{ territory_id: SOUTH, parent_id: NORTH }],
    'identity.set_password': [{ person_id: NEWCOMER, password: `${PASSWORD} 1` }],
    'customers.set_class': [
      {
        class_id: SHOP,
        name: '便利店',
        geofence: 'flag',
        radius_m: 200,
        photo_source: 'camera',
        position: 0,
        is_active: true,
      },
      { class_id: id(4, 2), name: 'Wholesale' } as Payloads['customers.set_class'],
    ],
    'visits.set_steps': [
      {
        class_id: SHOP,
        templates: [
          { template_id: PHOTO_STEP, kind: 'photo', title: '货架照', is_must: false, settings: { at_least: 1 } },
          {
            template_id: FORM_STEP,
            kind: 'form',
            title: '库存',
            is_must: false,
            settings: { fields: [{ key: 'left', label: '剩余', type: 'number' }] },
          },
          { template_id: NOTE_STEP, kind: 'note', title: '备注', is_must: false, settings: {} },
        ],
      },
    ] as Payloads['visits.set_steps'][],
    'visits.set_holidays': [{ year: 2027, holidays: [{ day_on: '2027-01-01', name: '元旦' }] }],
  }
  return listed(acts)
}

function import_(known: string): Act[] {
  const row = { row: 2, customer_id: customer(40), name: '进口店', code: 'A-001' }
  const again = { row: 3, customer_id: known, name: TRICKY.trim(), phone: '021-5550 1234', tags: ['重点', 'A'] }
  const broken = { row: 4, customer_id: customer(41), name: '没有人的店', owner_name: '查无此人' }
  const rows = [row, again, broken] as Payloads['customers.import_rows']['rows']
  return listed({ 'customers.import_rows': [{ rows, territory_id: NORTH, owner_id: REP }] })
}

function afterwards(moved: string, sung: string): Act[] {
  return listed({
    'customers.assign': [{ customer_id: moved, territory_id: SOUTH, owner_id: MANAGER }],
    'identity.unassign': [{ membership_id: id(6, 903) }],
    'identity.deactivate_person': [{ person_id: NEWCOMER }],
    'identity.reactivate_person': [{ person_id: NEWCOMER }],
    'sync.replay_quarantined': [{ uuid: sung }],
    'sync.reject_quarantined': [{ uuid: sung, code: null, message: '这个版本不支持' }],
    // TestServer's names of the replicas; a replay puts its own in their place.
    'identity.revoke_replica': [{ replica_id: 'replica-2' }],
    'identity.wipe_replica': [{ replica_id: 'replica-1' }],
  })
}

async function newCustomers(later: () => void): Promise<[string, string]> {
  const full = await customers.addCustomer({
    name: TRICKY,
    territory_id: NORTH,
    class_id: SHOP,
    phone: '021-5550 1234',
    contact_name: '王老板',
    address: '上海市浦东新区世纪大道100号',
    remark: `第一行\n第二行 ${'长'.repeat(500)}`,
    fix: FIX,
  })
  later()
  const bare = await customers.addCustomer({ ...NOTHING, name: '无名小店', territory_id: NORTH })
  return [full, bare]
}

async function visitFull(customer_id: string, route_id: string, later: () => void): Promise<void> {
  later()
  const visit = { customer_id, route_id, is_planned: true, fix: { ...FIX, latitude_e7: 312_009_000 } }
  const visit_id = await rounds.checkIn({ ...visit, reason: '店面搬到隔壁', sets_pin: false })
  const picture = await phone.photos.stage(bytesOf(2000, 1), bytesOf(200, 2), PICTURE)
  await rounds.recordStep(
    { ...STEP, step_id: id(7, 1), visit_id, template_id: PHOTO_STEP, title: '货架照', photos: [photoOf(picture, 1)] },
    'visits.photo',
  )
  later()
  const answers = { left: 0, minus: -12, half: '2.5', yes: true, no: false, none: null, list: ['甲', ''], text: TRICKY }
  await rounds.recordStep({ step_id: id(7, 2), visit_id, template_id: FORM_STEP, kind: 'form', title: '库存', answers })
  await rounds.recordStep({
    step_id: id(7, 2),
    visit_id,
    template_id: FORM_STEP,
    kind: 'form',
    title: '库存',
    answers: { left: 9_007_199_254_740_991 },
  })
  await rounds.recordStep({ step_id: id(7, 4), visit_id, template_id: null, kind: 'note', title: '', answers: {} })
  await rounds.skipStep(
    { step_id: id(7, 3), visit_id, template_id: NOTE_STEP, kind: 'note', title: '备注' },
    '老板不在',
  )
  later()
  await rounds.checkOut(visit_id, { ...FIX, accuracy_m: 0 }, `谈好了\n${TRICKY}`)
}

async function visitBare(customer_id: string, later: () => void): Promise<void> {
  later()
  await rounds.skipVisit({ customer_id, day_on: '2026-11-20', route_id: null, reason: '关门' })
  const fix = { ...FIX, latitude_e7: -1, longitude_e7: -1_799_999_999 }
  const visit_id = await rounds.checkIn({
    customer_id,
    route_id: null,
    is_planned: false,
    fix,
    reason: '',
    sets_pin: true,
  })
  later()
  await rounds.checkOut(visit_id, null, '')
}

async function changeCustomers(full: string, bare: string, later: () => void): Promise<void> {
  const before = { id: full, name: TRICKY.trim(), phone: '021-5550 1234', tags: [], remark: '', short_name: '' }
  await customers.editCustomer(before as never, { phone: '', tags: ['重点', 'A'], short_name: '万家福' } as never)
  await customers.editCustomer({ ...before, id: customer(77) } as never, { phone: '1' } as never)
  const contact_id = id(7, 30)
  await customers.setContact({
    contact_id,
    customer_id: bare,
    name: '小李',
    phone: '139',
    position: '店长',
    is_main: true,
  })
  later()
  await customers.removeContact(contact_id)
  for (const [n, reason] of [
    [21, '搬迁'],
    [22, '原址'],
  ] as const) {
    const { latitude_e7, longitude_e7, accuracy_m } = FIX
    await phone.dispatch('customers.ask_pin', {
      pin_id: id(7, n),
      customer_id: full,
      latitude_e7: latitude_e7 + n,
      longitude_e7,
      accuracy_m,
      reason,
    } satisfies Payloads['customers.ask_pin'])
  }
  await customers.askPin(bare, FIX, '门口')
}
