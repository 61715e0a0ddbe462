// The one loop of a replica: greet, push until empty, pull until level, photos, sleep. What wakes it, how long it waits after a
// failure, and when it must not run at all. It does not know what a command or a row is.

import { type LoopState, RESTING } from './loop_state'
import type { Fault } from './transport'

export interface Work {
  /** Raises TransportError, as do all of these. */
  greet(): Promise<void>
  /** Pushes one batch: whether to go on at once, and how long to wait otherwise. */
  push(): Promise<{ again: boolean; wait_ms: number | null; greet: boolean }>
  pull(): Promise<void>
  /** Stops between two parts of a picture as soon as it may not go on: records never wait for pictures. */
  /** Whether the server took in any. */
  photos(mayGoOn: () => boolean): Promise<boolean>
}

export interface Timing {
  set(run: () => void, ms: number): unknown
  clear(timer: unknown): void
  random(): number
}

export const REAL_TIMING: Timing = {
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  random: () => Math.random(),
}

const REST = 60_000
const SOONEST = 1_000
const LATEST = 60_000

export class Loop {
  private readonly work: Work
  private readonly timing: Timing
  private readonly faultOf: (error: unknown) => Fault | null
  private timer: unknown = null
  private dueIn = Number.POSITIVE_INFINITY
  /** The server said how long to leave it alone. */
  private isToldToWait = false
  private running: Promise<void> | null = null
  private isPokedAgain = false
  private needsGreeting = true
  private failures = 0
  private isStopped = false
  /** Whether this tab may run; another tab's loop would be harmless, only wasteful. */
  mayRun: () => Promise<boolean> = async () => true
  onState: (state: LoopState) => void = () => {}
  onError: (error: unknown) => void = () => {}
  /** The server said this replica is to be wiped. */
  onWipe: () => Promise<void> = async () => {}
  state: LoopState = RESTING

  constructor(work: Work, timing: Timing, faultOf: (error: unknown) => Fault | null) {
    this.work = work
    this.timing = timing
    this.faultOf = faultOf
  }

  /** Runs in `ms`, or sooner if that was already agreed; not before a busy server wants to be asked again. */
  poke(ms = 0): void {
    if (this.isStopped || this.state.is_wiped) return
    if (this.running) {
      this.isPokedAgain = true
      return
    }
    if (this.timer !== null && (this.dueIn <= ms || this.isToldToWait)) return
    this.sleep(ms)
  }

  /** Something changed about the session or the network: start over, without the patience of earlier failures. */
  wake(): void {
    this.failures = 0
    this.isToldToWait = false
    this.needsGreeting = true
    this.set({ is_paused_for_sign_in: false })
    this.poke(0)
  }

  async stop(): Promise<void> {
    this.isStopped = true
    if (this.timer !== null) this.timing.clear(this.timer)
    await this.running
  }

  /** One round now, for tests and for a person who pulls the list down. */
  async now(): Promise<void> {
    await this.running
    if (this.timer !== null) this.timing.clear(this.timer)
    this.timer = null
    await this.run()
  }

  private sleep(ms: number): void {
    if (this.timer !== null) this.timing.clear(this.timer)
    this.dueIn = ms
    this.timer = this.timing.set(() => {
      this.timer = null
      this.run()
    }, ms)
  }

  private run(): Promise<void> {
    if (this.isStopped || this.state.is_wiped) return Promise.resolve()
    this.running ??= this.round().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async round(): Promise<void> {
    this.isPokedAgain = false
    this.isToldToWait = false
    let rest = REST * (0.8 + 0.4 * this.timing.random())
    let areRecordsThrough = false
    if (this.state.is_paused_for_sign_in) return
    if (!(await this.mayRun())) {
      this.sleep(rest)
      return
    }
    this.set({ is_running: true })
    try {
      if (this.needsGreeting) await this.work.greet()
      this.needsGreeting = false
      for (;;) {
        const pushed = await this.work.push()
        if (pushed.greet) await this.work.greet()
        if (pushed.again) continue
        if (pushed.wait_ms !== null) rest = Math.min(rest, Math.max(SOONEST, pushed.wait_ms))
        break
      }
      await this.work.pull()
      areRecordsThrough = true
      const mayGoOn = () => !this.isStopped && !this.isPokedAgain
      // What the server took in changed its rows: they are asked for also where no word of it comes.
      if (!this.isStopped && (await this.work.photos(mayGoOn))) this.isPokedAgain = true
      this.failures = 0
      this.set({ is_online: true })
    } catch (error) {
      rest = await this.failed(error)
    } finally {
      this.set({ is_running: false })
      if (!this.isStopped && !this.state.is_paused_for_sign_in) {
        this.sleep(this.isPokedAgain && areRecordsThrough ? 0 : rest)
      }
    }
  }

  /** How long to wait after this failure. */
  private async failed(error: unknown): Promise<number> {
    const fault = this.faultOf(error)
    if (!fault) this.onError(error)
    // Somebody else's session is none: this outbox waits for its owner.
    const isOthers = fault?.kind === 'refused' && fault.code === 'sync.other_person'
    if (fault?.kind === 'signed_out' || isOthers) this.set({ is_paused_for_sign_in: true, is_online: true })
    if (fault?.kind === 'offline') this.set({ is_online: false })
    if (fault?.kind === 'refused' && fault.code === 'sync.replica_wiped') {
      this.set({ is_wiped: true })
      await this.onWipe()
    }
    if (fault?.kind === 'refused' && fault.code === 'sync.replica_unknown') this.needsGreeting = true
    this.failures += 1
    const least = fault?.kind === 'busy' ? (fault.after_ms ?? 0) : 0
    this.isToldToWait = least > 0
    // Full jitter: a crowd that lost the network together must not come back together.
    const span = Math.min(LATEST, SOONEST * 2 ** this.failures)
    return Math.max(least, SOONEST + this.timing.random() * (span - SOONEST))
  }

  private set(change: Partial<LoopState>): void {
    this.state = { ...this.state, ...change }
    this.onState(this.state)
  }
}
