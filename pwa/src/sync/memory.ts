// One person's store as the screens see it: rows in memory, the outbox on top, kept current with the other tabs. It is all that has to
// be there before the first rows are drawn; what sends and receives is the engine's, which comes later and changes things here.

import { Clock, type TimeSource } from './clock'
import type { Trouble } from './database'
import { type Device, newDevice } from './device'
import { LateEffects } from './late_effects'
import { showFrom, touch } from './live'
import { type LoopState, RESTING } from './loop_state'
import { RowsStore } from './rows_store'
import { Store } from './store'
import { type Effects, Overlays } from './view'

export interface MemoryOptions {
  person_id: string
  effects: Effects | LateEffects
  isPacked: (table: string) => boolean
  time: TimeSource
  newId: () => string
  /** Told also while the store is still being opened. */
  onTrouble?: (trouble: Trouble | null) => void
  channel?: (name: string) => Channel
}

/** What BroadcastChannel is used for. */
export interface Channel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export type Message =
  | { kind: 'device' }
  | { kind: 'rows'; tables: string[] }
  | { kind: 'poke' }
  | { kind: 'beat' }
  | { kind: 'photos' }

/** After so long without the company its rows are hidden on this phone until it is met again; what waits never is. */
export const LEASE = 14 * 86_400_000

/** Whatever a badge or the outbox page shows changed. */
export interface EngineState {
  device: Device
  sending: ReadonlySet<string>
  loop: LoopState
  trouble: Trouble | null
  last_contact_at: number | null
  notices: readonly string[]
  is_lease_over: boolean
}

export class Memory {
  readonly person_id: string
  readonly store: Store
  readonly rows: RowsStore
  readonly clock: Clock
  readonly overlays: Overlays
  state: EngineState
  onState: (state: EngineState) => void = () => {}
  /** Told what other tabs say to the engine of this one. */
  onMessage: (message: Message) => void = () => {}
  private readonly late: LateEffects | null
  private readonly channel: Channel | null
  private deviceVersion = 0
  private isShowing = false
  private loading: Promise<void> = Promise.resolve()
  private onWanted = () => {}
  /** Resolves when a screen asked for rows. */
  private readonly wanted = new Promise<void>((resolve) => {
    this.onWanted = resolve
  })
  isClosed = false

  private constructor(options: MemoryOptions, store: Store) {
    this.person_id = options.person_id
    this.store = store
    this.clock = new Clock(options.time, options.newId())
    this.rows = new RowsStore(store, options.isPacked)
    const { effects } = options
    this.late = effects instanceof LateEffects ? effects : null
    this.overlays = this.late
      ? new Overlays(this.rows.base, this.late.loaded, this.late.lacking)
      : new Overlays(this.rows.base, effects as Effects)
    this.overlays.onEffectError = (name, error) => this.log('effect failed', { name, error: String(error) })
    this.state = {
      device: newDevice(),
      sending: new Set(),
      loop: RESTING,
      trouble: null,
      last_contact_at: null,
      notices: [],
      is_lease_over: false,
    }
    this.channel = options.channel?.(store.database.name) ?? null
    if (this.channel) this.channel.onmessage = (event) => this.hear(event.data as Message)
  }

  static async open(options: MemoryOptions): Promise<Memory> {
    let tell: (trouble: Trouble | null) => void = () => {}
    const store = await Store.open(options.person_id, (trouble) => {
      options.onTrouble?.(trouble)
      tell(trouble)
    })
    const memory = new Memory(options, store)
    tell = (trouble) => memory.tell({ trouble })
    memory.clock.recall(await store.remembered('contact'))
    memory.state = { ...memory.state, last_contact_at: memory.clock.lastContactAt }
    memory.changed(await store.device())
    memory.show()
    return memory
  }

  private show(): void {
    showFrom({
      view: this.overlays.view,
      has: (table) => this.rows.has(table),
      need: (tables) => {
        void this.need(tables)
        this.onWanted()
      },
    })
    this.isShowing = true
    this.watchLease()
  }

  /** A phone found in the street shows no customers for ever: without a sign of life from the company they are hidden. */
  private watchLease(): void {
    if (this.isClosed || !this.isShowing) return
    const met = this.clock.lastContactAt
    const is_lease_over = met !== null && this.clock.wall() - met > LEASE
    if (is_lease_over === this.state.is_lease_over) return
    this.state = { ...this.state, is_lease_over }
    if (is_lease_over) showFrom(null)
    else this.show()
    this.onState(this.state)
  }

  /** Nothing is shown and nothing heard any more; the database stays open for whoever still has to write. */
  leave(): void {
    this.isClosed = true
    showFrom(null)
    this.channel?.close()
  }

  close(): void {
    this.leave()
    this.store.database.close()
  }

  /** What is on disk changed to this, and with it the base rows of these tables. */
  changed(device: Device, tables?: Iterable<string>): void {
    this.deviceVersion += 1
    this.state = { ...this.state, device }
    if (tables) {
      const names = [...tables]
      this.overlays.baseChanged(names)
      touch(names)
      this.post({ kind: 'rows', tables: names })
    }
    this.replay()
    this.tell({})
  }

  tell(change: Partial<EngineState>): void {
    const isSendingChanged = change.sending !== undefined && change.sending !== this.state.sending
    this.state = { ...this.state, ...change }
    if (isSendingChanged) this.replay()
    this.onState(this.state)
    this.watchLease()
  }

  log(kind: string, body: unknown): void {
    if (!this.isClosed) void this.store.log(this.clock.wall(), kind, body)
  }

  /** Loads tables for a screen and redraws it. */
  need(tables: readonly string[]): Promise<void> {
    return this.inTurn({ tables }, async () => {
      const before = new Set(this.rows.base.keys())
      await this.rows.load(tables)
      const loaded = [...this.rows.base.keys()].filter((table) => !before.has(table))
      this.overlays.baseChanged(loaded)
      touch(loaded)
      this.replay()
    })
  }

  /** Loads what the commands of some domains do, and does it. */
  private needEffects(domains: readonly string[]): Promise<void> {
    return this.inTurn({ domains }, async () => {
      await this.late?.load(domains)
      this.replay()
    })
  }

  private inTurn(about: object, load: () => Promise<void>): Promise<void> {
    // One failed load must not keep later ones from being tried.
    this.loading = this.loading.catch(() => {}).then(load)
    return this.loading.catch((error: unknown) => this.log('load failed', { ...about, error: String(error) }))
  }

  /** Resolves when screens asked for rows and all they asked for is loaded. */
  async isShown(): Promise<void> {
    await this.wanted
    for (let seen: Promise<void> | null = null; seen !== this.loading; ) {
      seen = this.loading
      await seen.catch(() => {})
    }
  }

  private replay(): void {
    const { device, sending } = this.state
    const { changed, missing, late } = this.overlays.replay({
      outbox: device.outbox.values(),
      issues: device.issues.values(),
      sending,
      person_id: this.person_id,
    })
    if (late.size > 0) void this.needEffects([...late])
    else if (missing.size > 0) void this.need([...missing])
    else touch(changed)
  }

  /** Says it to the other tabs. */
  post(message: Message): void {
    this.channel?.postMessage(message)
  }

  private hear(message: Message): void {
    if (this.isClosed) return
    if (message.kind === 'device') void this.reload([])
    else if (message.kind === 'rows') void this.reload(message.tables)
    else this.onMessage(message)
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
}
