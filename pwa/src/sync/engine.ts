// One open store with everything around it: rows in memory, overlay, loop, other tabs. Opened at sign-in, closed at sign-out; what it
// keeps on the phone stays when it closes.

import type { MarkState, Row } from '../core/domain'
import { PhotoLane, type SendPart } from './blobs'
import { Clock, type TimeSource } from './clock'
import { cancelled, edited, enqueued, fixed, type NewCommand, resolved } from './core'
import type { Trouble } from './database'
import { type Device, type Entry, type Issue, newDevice, openEntries } from './device'
import { type AboutDevice, greet } from './greet'
import { Leader } from './leader'
import { showFrom, touch } from './live'
import { Loop, type LoopState, type Timing } from './loop'
import type { Phone, Settings } from './phone'
import { pull, report } from './pull'
import { push } from './push'
import { RowsStore } from './rows_store'
import { type Along, Store } from './store'
import { type Transport, TransportError } from './transport'
import { type Effects, Overlays } from './view'

const JOURNAL_KEPT = 30 * 86_400_000
const DIGEST_EVERY = 7 * 86_400_000
/** A burst of taps is one push. */
const GATHER = 300
const ARGS_LIMIT = 150_000

export interface EngineOptions {
  person_id: string
  settings: Settings
  effects: Effects
  isPacked: (table: string) => boolean
  transport: Transport
  time: TimeSource
  timing: Timing
  newId: () => string
  tz: string
  aboutDevice: () => Promise<AboutDevice>
  sendPart: SendPart
  /** Told also while the store is still being opened. */
  onTrouble?: (trouble: Trouble | null) => void
  locks?: LockManager
  channel?: (name: string) => Channel
}

/** What BroadcastChannel is used for. */
export interface Channel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

type Message = { kind: 'device' } | { kind: 'rows'; tables: string[] } | { kind: 'poke' } | { kind: 'beat' }

/** Whatever a badge or the outbox page shows changed. */
export interface EngineState {
  device: Device
  sending: ReadonlySet<string>
  loop: LoopState
  trouble: Trouble | null
  last_contact_at: number | null
  notices: readonly string[]
}

export class TooLarge extends Error {
  readonly code = 'sync.too_large'
}

export class Engine implements Phone {
  readonly person_id: string
  readonly store: Store
  readonly rows: RowsStore
  readonly clock: Clock
  readonly transport: Transport
  readonly settings: Settings
  readonly newId: () => string
  readonly loop: Loop
  readonly overlays: Overlays
  readonly leader: Leader
  readonly photos: PhotoLane
  state: EngineState
  onState: (state: EngineState) => void = () => {}
  private readonly options: EngineOptions
  private readonly channel: Channel | null
  private deviceVersion = 0
  private loading: Promise<void> = Promise.resolve()
  private isClosed = false

  private constructor(options: EngineOptions, store: Store) {
    this.options = options
    this.person_id = options.person_id
    this.store = store
    this.settings = options.settings
    this.transport = options.transport
    this.newId = options.newId
    this.clock = new Clock(options.time, options.newId())
    this.rows = new RowsStore(store, options.settings.tables, options.isPacked)
    this.photos = new PhotoLane(this, options.sendPart)
    this.photos.onChange = () => this.tell({})
    this.overlays = new Overlays(this.rows.base, options.effects)
    this.overlays.onEffectError = (name, error) => this.log('effect failed', { name, error: String(error) })
    this.loop = new Loop(
      {
        greet: () => this.greet(),
        push: () => this.push(),
        pull: () => this.pull(),
        photos: () => this.photos.run(),
      },
      options.timing,
      (error) => (error instanceof TransportError ? error.fault : null),
    )
    this.loop.mayRun = () => this.leader.mayRun()
    this.loop.onState = (loop) => this.tell({ loop })
    this.loop.onError = (error) => this.log('loop failed', { error: String(error) })
    this.loop.onWipe = () => this.wipe()
    this.leader = new Leader(store.database.name, options.newId(), store, () => this.clock.wall(), options.locks)
    this.state = {
      device: newDevice(),
      sending: new Set(),
      loop: this.loop.state,
      trouble: null,
      last_contact_at: null,
      notices: [],
    }
    this.channel = options.channel?.(store.database.name) ?? null
    if (this.channel) this.channel.onmessage = (event) => this.hear(event.data as Message)
  }

  static async open(options: EngineOptions): Promise<Engine> {
    let tell: (trouble: Trouble | null) => void = () => {}
    const store = await Store.open(options.person_id, (trouble) => {
      options.onTrouble?.(trouble)
      tell(trouble)
    })
    const engine = new Engine(options, store)
    tell = (trouble) => engine.tell({ trouble })
    engine.clock.recall(await store.remembered('contact'))
    engine.state = { ...engine.state, last_contact_at: engine.clock.lastContactAt }
    await engine.photos.recount()
    await engine.upgradeTables()
    engine.changed(await store.device())
    showFrom({
      view: engine.overlays.view,
      has: (table) => engine.rows.has(table),
      need: (tables) => void engine.need(tables),
    })
    return engine
  }

  /** Starts the loop; before this the store only keeps what is given to it. */
  start(): void {
    if (this.options.locks) {
      this.leader.onElected = () => this.loop.wake()
      this.leader.stand()
    }
    this.loop.wake()
  }

  /** Ends loop and listening. The outbox stays where it is. */
  async close(): Promise<void> {
    this.isClosed = true
    showFrom(null)
    this.channel?.close()
    await this.loop.stop()
    await this.leader.resign().catch(() => {})
    this.store.database.close()
  }

  /** Resolves with the command's uuid once it is durable; it is on the screen by then. */
  async dispatch(name: string, args: object, along: Along & { deps?: readonly string[] } = {}) {
    const text = JSON.stringify(args)
    if (text.length > ARGS_LIMIT) throw new TooLarge(name)
    const { deps, ...rest } = along
    const command: NewCommand = {
      uuid: this.newId(),
      name,
      v: 1,
      args: text,
      captured_at: this.clock.wall(),
      tz: this.options.tz,
      skew_ms: this.clock.skew,
      deps: deps ?? [],
      blobs: along.photos ?? [],
    }
    await this.step((device) => enqueued(device, command), rest)
    this.poke(GATHER)
    return command.uuid
  }

  /** Changes a command that was never sent; answers its new uuid. Raises TooLate. */
  async edit(uuid: string, args: object, photos?: readonly string[]): Promise<string> {
    const fresh = this.newId()
    const change = { uuid: fresh, args: JSON.stringify(args), ...(photos ? { blobs: photos } : {}) }
    await this.step((device) => edited(device, uuid, change), photos ? { photos } : {})
    this.poke(GATHER)
    return fresh
  }

  /** Takes back a command that was never sent, with all that hang on it. Raises TooLate. */
  async cancel(uuid: string): Promise<void> {
    await this.step((device) => cancelled(device, uuid))
  }

  /** The person gave up a refused command and its group. */
  async discardIssue(uuid: string): Promise<void> {
    await this.step((device) => resolved(device, uuid))
  }

  /** Sends a refused command and its group again, with other args when given. */
  async fixIssue(uuid: string, args?: object): Promise<void> {
    await this.step((device) => {
      const text = args ? JSON.stringify(args) : (device.issues.get(uuid)?.entry.args ?? '{}')
      return fixed(device, uuid, text, this.newId)
    })
    this.poke(GATHER)
  }

  private async step(change: (device: Device) => Device, along?: Along): Promise<void> {
    const [device] = await this.store.change((before) => [change(before), null], along)
    this.changed(device)
    this.channel?.postMessage({ kind: 'device' } satisfies Message)
  }

  changed(device: Device, tables?: Iterable<string>): void {
    this.deviceVersion += 1
    this.state = { ...this.state, device }
    if (tables) {
      const names = [...tables]
      this.overlays.baseChanged(names)
      touch(names)
      this.channel?.postMessage({ kind: 'rows', tables: names } satisfies Message)
    }
    this.replay()
    this.tell({})
  }

  sending(uuids: ReadonlySet<string>): void {
    this.tell({ sending: uuids })
  }

  met(serverTime: number, took: number): void {
    const contact = this.clock.met(serverTime, took)
    this.tell({ last_contact_at: contact.contact_wall_at })
    this.store.remember('contact', contact).catch(() => {})
  }

  log(kind: string, body: unknown): void {
    if (!this.isClosed) void this.store.log(this.clock.wall(), kind, body)
  }

  photosWaiting(): number {
    return this.photos.waiting
  }

  /** Loads tables for a screen and redraws it. */
  need(tables: readonly string[]): Promise<void> {
    // One failed load must not keep later ones from being tried.
    this.loading = this.loading
      .catch(() => {})
      .then(async () => {
        const before = new Set(this.rows.base.keys())
        await this.rows.load(tables)
        const loaded = [...this.rows.base.keys()].filter((table) => !before.has(table))
        this.overlays.baseChanged(loaded)
        touch(loaded)
        this.replay()
      })
    return this.loading.catch((error: unknown) => this.log('load failed', { tables, error: String(error) }))
  }

  private replay(): void {
    const { device, sending } = this.state
    const { changed, missing } = this.overlays.replay({
      outbox: device.outbox.values(),
      issues: device.issues.values(),
      sending,
      person_id: this.person_id,
    })
    if (missing.size > 0) void this.need([...missing])
    else touch(changed)
  }

  row(table: string, id: string): Row | undefined {
    return this.overlays.view.get(table, id)
  }

  mark(table: string, id: string): MarkState | undefined {
    return this.overlays.view.state(table, id)
  }

  private tell(change: Partial<EngineState>): void {
    const isSendingChanged = change.sending !== undefined && change.sending !== this.state.sending
    this.state = { ...this.state, ...change }
    if (isSendingChanged) this.replay()
    this.onState(this.state)
  }

  poke(ms = 0): void {
    this.loop.poke(ms)
    this.channel?.postMessage({ kind: 'poke' } satisfies Message)
  }

  private async greet(): Promise<void> {
    this.channel?.postMessage({ kind: 'beat' } satisfies Message)
    const greeting = await greet(this, this.options.aboutDevice)
    if (greeting.suspected_loss > 0) this.tell({ notices: [...this.state.notices, 'sync.suspected_loss'] })
    this.greetedAs = greeting.replica
  }

  private greetedAs: string | null = null

  private async push() {
    this.channel?.postMessage({ kind: 'beat' } satisfies Message)
    // A replica id made here (a fork, a recovery) has to be introduced before anything is sent under it.
    if (this.state.device.meta.replica !== this.greetedAs) return { again: true, wait_ms: null, greet: true }
    const pushed = await push(this)
    this.channel?.postMessage({ kind: 'device' } satisfies Message)
    return {
      again: pushed.kind === 'done' || pushed.kind === 'forked',
      wait_ms: pushed.kind === 'wait' ? pushed.after_ms : null,
      greet: false,
    }
  }

  private async pull(): Promise<void> {
    const now = this.clock.wall()
    const comparedAt = (await this.store.remembered<number>('digest_compared_at')) ?? 0
    const want_digest = Math.abs(now - comparedAt) > DIGEST_EVERY
    const wasRecovering = this.state.device.meta.is_recovering
    const pulled = await pull(this, { want_digest })
    if (want_digest && pulled.is_committed) {
      await this.store.remember('digest_compared_at', now)
      await this.store.expireJournal(now - JOURNAL_KEPT)
    }
    if (pulled.notices.length > 0) this.tell({ notices: [...new Set([...this.state.notices, ...pulled.notices])] })
    if (wasRecovering && !this.state.device.meta.is_recovering) await this.photos.offerAgain()
    // A recovery ends in a new replica id with everything to be pushed again.
    if (openEntries(this.state.device).length > 0 && this.state.device.meta.replica !== this.greetedAs)
      this.loop.poke(0)
  }

  /** Another build, other feeds: every bucket is read anew, the old rows stay on the screen until then. */
  private async upgradeTables(): Promise<void> {
    const { tables } = this.settings
    await this.store.change((device) => {
      const { meta } = device
      const isSame = Object.keys({ ...meta.tables, ...tables }).every((table) => meta.tables[table] === tables[table])
      if (isSame || meta.checkpoint === 0) return [device, null]
      const sweeps = [...new Set([...meta.resetting, ...Object.keys(meta.cursors)])]
      return [{ ...device, meta: { ...meta, cursors: {}, resetting: sweeps, gen: meta.gen + 1 } }, null]
    })
  }

  private async wipe(): Promise<void> {
    this.isClosed = true
    showFrom(null)
    this.channel?.close()
    await this.store.database.destroy()
  }

  report(kind: string, body: unknown): void {
    report(this, kind, body)
  }

  private hear(message: Message): void {
    if (this.isClosed) return
    if (message.kind === 'poke') this.loop.poke(0)
    if (message.kind === 'beat') this.leader.heard()
    if (message.kind === 'device') void this.reload([])
    if (message.kind === 'rows') void this.reload(message.tables)
  }

  private async reload(tables: readonly string[]): Promise<void> {
    const loaded = tables.filter((table) => this.rows.has(table))
    if (loaded.length > 0) await this.rows.reload()
    for (;;) {
      const version = this.deviceVersion
      const device = await this.store.device()
      if (version !== this.deviceVersion) continue
      this.overlays.baseChanged(loaded)
      touch(loaded)
      this.deviceVersion += 1
      this.state = { ...this.state, device }
      this.replay()
      this.tell({})
      return
    }
  }

  outboxEntries(): Entry[] {
    return [...this.state.device.outbox.values()].sort((one, other) => one.order - other.order)
  }

  issues(): Issue[] {
    return [...this.state.device.issues.values()].sort((one, other) => one.entry.order - other.entry.order)
  }
}
