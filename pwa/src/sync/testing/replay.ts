// Feeds a recorded life of a phone, exported by the protocol's model, to this core and says where the two part. The model's three
// commands have their effects here; everything else is the real core.

import type { Effect, Row } from '../../core/domain'
import { applyDelta, type Base, deltaOf } from '../base'
import { pushAnswered, sealed } from '../core'
import { type Device, newDevice, openEntries, shownEntries } from '../device'
import { greeted } from '../greet'
import { cancelled, enqueued, type NewCommand, resolved } from '../outbox'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../protocol'
import { committed, newStaging, pageTaken, pullDiscarded, pullRequest, type Staging } from '../staging'
import { Overlays } from '../view'

// biome-ignore lint/suspicious/noExplicitAny: a trace is JSON; what is in it is what the test is about
type Json = any

export interface Step {
  event: { kind: string } & Record<string, Json>
  ids: string[]
  output: Json
  expect: Record<string, Json>
}

export interface Trace {
  user: string
  events: Step[]
}

/** A phone the trace can be played on. */
export interface Player {
  play(event: Step['event'], newId: () => string): Promise<Json>
  device(): Promise<Device>
  staging(): Promise<Staging | null>
  base(): Promise<Base>
}

export const TABLES = { contacts: 1, customers: 1, orders: 1, products: 1 }

export function commandOf(command: Json): NewCommand {
  return { ...command, args: JSON.stringify(command.args), deps: command.deps ?? [], blobs: [] }
}

/** The push request as the model writes it: args as an object, its own hash, no blobs. */
export function pushRequestOf(device: Device, commands: readonly Json[], now: number, hashes: Map<string, Json>): Json {
  const request: Omit<PushRequest, 'commands'> = {
    epoch: device.meta.epoch ?? '',
    replica: device.meta.replica ?? '',
    schema: 1,
    client_time: now,
    outbox: {
      depth: device.outbox.size,
      oldest_at: Math.min(...[...device.outbox.values()].map((entry) => entry.captured_at)),
      blobs: 0,
    },
  }
  return {
    proto: 1,
    ...request,
    commands: commands.map(({ number, uuid }) => ({ number, ...hashes.get(uuid) })),
  }
}

/** The pure core alone, in memory. */
export class CorePlayer implements Player {
  private state: Device = newDevice()
  private staged: Staging | null = null
  private rows: Base = new Map(Object.keys(TABLES).map((table) => [table, new Map()]))
  private readonly sent = new Map<string, Json>()
  private readonly asked = new Map<number, PullRequest>()

  async device() {
    return this.state
  }

  async staging() {
    return this.staged
  }

  async base() {
    return this.rows
  }

  async play(event: Step['event'], newId: () => string): Promise<Json> {
    switch (event.kind) {
      case 'hello': {
        const { replica, gen } = this.state.meta
        this.state = greeted(this.state, replica, { replica: replica ?? newId(), epoch: event.epoch }, 0)
        if (this.state.meta.gen !== gen) this.staged = null
        return null
      }
      case 'enqueue':
        this.sent.set(event.command.uuid, event.command)
        this.state = enqueued(this.state, commandOf(event.command))
        return null
      case 'cancel': {
        const before = openEntries(this.state)
        this.state = cancelled(this.state, event.uuid)
        return before.map((entry) => entry.uuid).filter((uuid) => !this.state.outbox.has(uuid))
      }
      case 'resolve': {
        // The model closes one issue at a time, the phone a whole group.
        const issues = new Map(this.state.issues)
        issues.delete(event.uuid)
        const rest = resolved({ ...this.state, issues: new Map() }, event.uuid)
        this.state = { ...rest, issues }
        return null
      }
      case 'build_push': {
        const batch = sealed(this.state, { items: event.limit, bytes: 1e9 }, event.now)
        if (!batch) return null
        this.state = batch.device
        return pushRequestOf(this.state, batch.commands, event.now, this.sent)
      }
      case 'push_response': {
        const gen = this.state.meta.gen
        const { replica, epoch } = event.request
        this.state = pushAnswered(this.state, { replica, epoch }, event.response as PushAnswer, 0, newId).device
        if (this.state.meta.gen !== gen) this.staged = null
        return null
      }
      case 'build_pull': {
        const request = pullRequest(this.state, this.staged ?? newStaging(this.state), {
          schema: 1,
          tables: TABLES,
          limit: { rows: event.rows, bytes: 262144 },
        })
        if (request) this.asked.set(request.gen, request)
        return request
      }
      case 'pull_response':
        return this.pulled(event.response, newId)
      case 'tab_killed':
        if (event.discard) {
          this.state = pullDiscarded(this.state)
          this.staged = null
        }
        return null
      case 'evicted':
        this.state = newDevice()
        this.staged = null
        this.rows = new Map(Object.keys(TABLES).map((table) => [table, new Map()]))
        this.asked.clear()
        return null
      default:
        throw new Error(event.kind)
    }
  }

  private pulled(response: PullAnswer, newId: () => string): boolean {
    const staging = this.staged ?? newStaging(this.state)
    const sent = this.asked.get(response.gen)
    if (!sent) return false
    const outcome = pageTaken(this.state, staging, sent, response)
    if (outcome.kind === 'stale') return false
    if (outcome.kind === 'unnamed') {
      this.state = outcome.device
      return false
    }
    const isFull = this.state.meta.is_recovering
    this.state = outcome.device
    this.staged = outcome.kind === 'more' ? outcome.staging : null
    if (outcome.kind !== 'ready') return false
    applyDelta(this.rows, deltaOf(this.rows, outcome.staging, isFull))
    this.state = committed(this.state, outcome.staging, TABLES, 0, newId)
    return true
  }
}

/** The state in the words of the trace. */
export async function summary(player: Player, user: string): Promise<Record<string, Json>> {
  const device = await player.device()
  const staging = await player.staging()
  const base = await player.base()
  const { meta } = device
  const overlays = new Overlays(base, effectsOf(user))
  overlays.replay({ outbox: device.outbox.values(), issues: [], sending: new Set(), person_id: user })
  const view: Record<string, Json> = {}
  for (const table of Object.keys(TABLES)) for (const row of overlays.view.all(table)) view[`${table}/${row.id}`] = row
  return {
    epoch: meta.epoch ?? '',
    replica: meta.replica ?? '',
    next_number: meta.next_number,
    acked_number: meta.acked_number,
    head: meta.head,
    gen: meta.gen,
    cursors: meta.cursors,
    recovering: meta.is_recovering,
    outbox: [...device.outbox.values()]
      .sort((one, other) => one.number - other.number)
      .map((entry) => [entry.number, entry.uuid, entry.state]),
    journal: Object.fromEntries([...device.journal.values()].map((entry) => [entry.uuid, entry.decision])),
    issues: Object.fromEntries(
      [...device.issues.values()].filter((one) => one.status === 'rejected').map((one) => [one.uuid, one.code]),
    ),
    staging: staging && {
      cursors: staging.cursors,
      drop: [...staging.drops].sort(),
      reset: [...staging.sweeps].sort(),
      entries: staging.pages
        .flatMap((page, index) => page.entries.map((entry) => (staging.cuts[page.buckets[entry[0]]!] ?? 0) <= index))
        .filter(Boolean).length,
    },
    hidden: hidden(device, base, user),
    base: Object.fromEntries(
      [...base].flatMap(([table, rows]) => [...rows].map(([key, held]) => [`${table}/${key}`, held])),
    ),
    view,
  }
}

const MISSED = Symbol('the row is not in the view')

function hidden(device: Device, base: Base, user: string): string[] {
  const missed: string[] = []
  const overlays = new Overlays(
    base,
    effectsOf(user, (uuid) => missed.push(uuid)),
  )
  overlays.onEffectError = (_name, error) => {
    if (error !== MISSED) throw error
  }
  overlays.replay({ outbox: shownEntries(device.outbox.values()), issues: [], sending: new Set(), person_id: user })
  return missed
}

/** The optimistic halves of the model's commands. */
function effectsOf(user: string, missed: (uuid: string) => void = () => {}): Record<string, Effect> {
  return {
    'customers.note': (draft, args, meta) => {
      const customer = draft.get('customers', args.customer_id)
      if (!customer) return missed(meta.uuid)
      draft.patch('customers', customer.id, { notes: [...customer.notes, meta.uuid] })
    },
    'orders.pay': (draft, args, meta) => {
      const order = draft.get('orders', args.order_id)
      if (!order) return missed(meta.uuid)
      draft.patch('orders', order.id, { payments: [...order.payments, meta.uuid] })
    },
    'orders.place': (draft, args, meta) => {
      const customer = draft.get('customers', args.customer_id)
      if (!customer) return missed(meta.uuid)
      const product = draft.get('products', args.product_id)
      if (product) draft.patch('products', product.id, { stock: product.stock - args.qty })
      draft.put('orders', {
        id: args.order_id,
        customer_id: customer.id,
        terr: customer.terr,
        author: user,
        product_id: args.product_id,
        qty: args.qty,
        payments: [],
      } as Row)
    },
  }
}

/** Applies one `expect` of the trace to the state expected so far. */
export function expected(before: Record<string, Json>, change: Record<string, Json>): Record<string, Json> {
  const after = { ...before, ...change }
  for (const part of ['base', 'view']) {
    const rows = { ...before[part] }
    for (const [key, row] of Object.entries(change[part] ?? {})) {
      if (row === null) delete rows[key]
      else rows[key] = row
    }
    after[part] = rows
  }
  return after
}

export const NOTHING_YET = { base: {}, view: {} }
