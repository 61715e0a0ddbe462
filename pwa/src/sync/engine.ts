// What works on an open store: commands kept, the loop that sends and receives, photos, whose turn among the tabs it is. What the screens
// see of it is in memory.ts; what it keeps on the phone stays when it closes.

import { COMMAND_VERSIONS } from '../wire/commands'
import { PhotoLane } from './blobs'
import { Checkpoints } from './checkpoints'
import type { Clock } from './clock'
import { type Device, openEntries, withMeta } from './device'
import { type AboutDevice, greet } from './greet'
import type { Keepsake } from './keepsake'
import { Leader } from './leader'
import { Loop, type Timing } from './loop'
import { type EngineState, Memory, type MemoryOptions } from './memory'
import { cancelled, edited, enqueued, fixed, type NewCommand, resolved } from './outbox'
import type { Phone, Settings } from './phone'
import { bytesOf } from './protocol'
import { pull, report } from './pull'
import { push } from './push'
import type { RowsStore } from './rows_store'
import type { SendPart } from './sending'
import type { Along, Store } from './store'
import { type Transport, TransportError } from './transport'
import type { Overlays } from './view'

const JOURNAL_KEPT = 30 * 86_400_000
const DIGEST_EVERY = 7 * 86_400_000
/** A burst of taps is one push. */
const GATHER = 300
/** Bytes: a command has to fit into one push, which the server bounds at 256 KiB. */
const ARGS_LIMIT = 150_000

/** The version this build writes a command's args in. */
function versionOf(name: string | undefined): number {
  return (name && (COMMAND_VERSIONS as Readonly<Record<string, number>>)[name]) || 1
}

export interface EngineOptions extends MemoryOptions {
  settings: Settings
  transport: Transport
  timing: Timing
  tz: string
  aboutDevice: () => Promise<AboutDevice>
  sendPart: SendPart
  locks?: LockManager
  /** Where it is noted how much waits, to outlive a store that is cleared. */
  keepsake?: Keepsake
}

export class TooLarge extends Error {
  readonly code = 'sync.too_large'
}

function written(args: object): string {
  const text = JSON.stringify(args)
  if (bytesOf(text) > ARGS_LIMIT) throw new TooLarge()
  return text
}

export class Engine implements Phone {
  readonly person_id: string
  readonly memory: Memory
  readonly store: Store
  readonly rows: RowsStore
  readonly checkpoints: Checkpoints
  readonly clock: Clock
  readonly overlays: Overlays
  readonly transport: Transport
  readonly settings: Settings
  readonly newId: () => string
  readonly loop: Loop
  readonly leader: Leader
  readonly photos: PhotoLane
  private readonly options: EngineOptions
  private greetedAs: string | null = null

  private constructor(options: EngineOptions, memory: Memory) {
    const { store, rows } = memory
    this.options = options
    this.person_id = options.person_id
    this.memory = memory
    this.store = store
    this.rows = rows
    this.clock = memory.clock
    this.overlays = memory.overlays
    this.settings = options.settings
    this.transport = options.transport
    this.newId = options.newId
    this.checkpoints = new Checkpoints(store, rows, options.settings.tables)
    this.photos = new PhotoLane(this, options.sendPart)
    this.photos.onChange = () => {
      memory.tell({})
      this.noteWaiting()
    }
    this.loop = new Loop(
      {
        greet: () => this.greet(),
        push: () => this.push(),
        pull: () => this.pull(),
        photos: (mayGoOn) => this.photos.run(mayGoOn),
      },
      options.timing,
      (error) => (error instanceof TransportError ? error.fault : null),
    )
    this.loop.mayRun = () => this.leader.mayRun()
    this.loop.onState = (loop) => memory.tell({ loop })
    this.loop.onError = (error) => this.log('loop failed', { error: String(error) })
    this.loop.onWipe = () => this.wipe()
    this.leader = new Leader(store.database.name, options.newId(), store, () => this.clock.wall(), options.locks)
    this.photos.onCounted = () => memory.post({ kind: 'photos' })
    memory.onMessage = ({ kind }) => {
      if (kind === 'poke') this.loop.poke(0)
      else if (kind === 'photos') this.photos.recount().catch(() => {})
      else this.leader.heard()
    }
  }

  /** An engine on this memory, which is opened when none is given. */
  static async open(options: EngineOptions, memory?: Memory): Promise<Engine> {
    const engine = new Engine(options, memory ?? (await Memory.open(options)))
    await engine.photos.recount()
    return engine
  }

  get state(): EngineState {
    return this.memory.state
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
    this.memory.leave()
    await this.loop.stop()
    await this.leader.resign().catch(() => {})
    this.memory.close()
  }

  /** Resolves with the command's uuid once it is durable; it is on the screen by then. Raises TooLarge. */
  async dispatch(name: string, args: object, along: Along & { deps?: readonly string[] } = {}) {
    const { deps, ...rest } = along
    const command: NewCommand = {
      uuid: this.newId(),
      name,
      v: versionOf(name),
      args: written(args),
      captured_at: this.clock.wall(),
      tz: this.options.tz,
      skew_ms: this.clock.skew,
      deps: deps ?? [],
      blobs: along.photos ?? [],
    }
    await this.step((device) => enqueued(device, command), rest)
    if (along.photos?.length) await this.photos.recount()
    this.poke(GATHER)
    return command.uuid
  }

  /** Changes a command that was never sent; answers its new uuid. Raises TooLate, TooLarge. */
  async edit(uuid: string, args: object, photos?: readonly string[]): Promise<string> {
    const fresh = this.newId()
    const v = versionOf(this.state.device.outbox.get(uuid)?.name)
    const change = { uuid: fresh, v, args: written(args), ...(photos ? { blobs: photos } : {}) }
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
    const mended = args && written(args)
    await this.step((device) => {
      const entry = device.issues.get(uuid)?.entry
      return fixed(device, uuid, mended ?? entry?.args ?? '{}', this.newId, mended ? versionOf(entry?.name) : undefined)
    })
    this.poke(GATHER)
  }

  private async step(change: (device: Device) => Device, along?: Along): Promise<void> {
    const [device] = await this.store.change((before) => [change(before), null], along)
    this.changed(device)
    this.memory.post({ kind: 'device' })
  }

  changed(device: Device, tables?: Iterable<string>): void {
    this.memory.changed(device, tables)
    this.noteWaiting()
  }

  /** What exists only on this phone, counted where it outlives the store. Not before hello: an empty store may be a cleared one. */
  private noteWaiting(): void {
    const { device } = this.state
    if (device.meta.replica === null) return
    const refused = [...device.issues.values()].filter((issue) => issue.status === 'rejected').length
    this.options.keepsake?.write(openEntries(device).length + refused + this.photos.waiting)
  }

  /** The person has seen that something may be lost. */
  async seenLoss(): Promise<void> {
    await this.step((device) => withMeta(device, { lost: 0 }))
  }

  sending(uuids: ReadonlySet<string>): void {
    this.memory.tell({ sending: uuids })
  }

  met(serverTime: number, took: number): void {
    const contact = this.clock.met(serverTime, took)
    this.memory.tell({ last_contact_at: contact.contact_wall_at })
    this.store.remember('contact', contact).catch(() => {})
  }

  log(kind: string, body: unknown): void {
    this.memory.log(kind, body)
  }

  photosWaiting(): number {
    return this.photos.waiting
  }

  /** Loads tables for a screen and redraws it. */
  need(tables: readonly string[]): Promise<void> {
    return this.memory.need(tables)
  }

  poke(ms = 0): void {
    this.loop.poke(ms)
    this.memory.post({ kind: 'poke' })
  }

  private async greet(): Promise<void> {
    this.memory.post({ kind: 'beat' })
    this.greetedAs = await greet(this, this.options.aboutDevice, this.options.keepsake?.read() ?? 0)
  }

  private async push() {
    this.memory.post({ kind: 'beat' })
    // A replica id made here (a fork, a recovery) has to be introduced before anything is sent under it.
    if (this.state.device.meta.replica !== this.greetedAs) return { again: true, wait_ms: null, greet: true }
    const pushed = await push(this)
    this.memory.post({ kind: 'device' })
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
    const pulled = await pull(this, { want_digest })
    if (want_digest && pulled.is_committed) {
      await this.store.remember('digest_compared_at', now)
      await this.checkpoints.expireJournal(now - JOURNAL_KEPT)
    }
    if (pulled.notices.length > 0)
      this.memory.tell({ notices: [...new Set([...this.state.notices, ...pulled.notices])] })
    // A recovery ends in a new replica id with everything to be pushed again.
    if (openEntries(this.state.device).length > 0 && this.state.device.meta.replica !== this.greetedAs)
      this.loop.poke(0)
  }

  private async wipe(): Promise<void> {
    this.memory.leave()
    this.options.keepsake?.write(0)
    await this.store.database.destroy()
  }

  report(kind: string, body: unknown): void {
    report(this, kind, body)
  }
}
