// What wakes the loop: the network coming back, the page coming back, a word from the server that something is new. None of these
// carries data, so a lost one only costs time.

import { watch } from 'vue'
import type { Engine } from './engine'
import { push } from './push'
import { isSpared } from './spared'

/** The server says something every fifteen seconds: after three times that a stream is dead, or never began, whatever the browser believes. */
const SILENCE = 45_000

/** Listens for as long as the store is open; the answer stops it. */
export function wakeOn(engine: Engine): () => void {
  if (typeof window === 'undefined') return () => {}
  const wake = () => engine.loop.wake()
  const poke = () => engine.poke(0)
  const visible = () => {
    if (document.visibilityState === 'visible') wake()
  }
  // The last chance before the page goes: best effort, the batch stays sealed and goes again if this was too late.
  const leaving = () => {
    if (engine.state.sending.size === 0 && !engine.state.loop.is_paused_for_sign_in) {
      push(engine, { keepalive: true }).catch(() => {})
    }
  }
  const events = new Wakeups(engine)
  const returned = () => {
    wake()
    events.open()
  }
  window.addEventListener('online', wake)
  window.addEventListener('focus', poke)
  window.addEventListener('pageshow', returned)
  window.addEventListener('pagehide', leaving)
  document.addEventListener('visibilitychange', visible)
  events.open()
  const stopSparing = watch(isSpared, (now) => {
    if (!now) wake()
  })
  return () => {
    stopSparing()
    window.removeEventListener('online', wake)
    window.removeEventListener('focus', poke)
    window.removeEventListener('pageshow', returned)
    window.removeEventListener('pagehide', leaving)
    document.removeEventListener('visibilitychange', visible)
    events.close()
  }
}

/** The stream of wake-ups. It dies when the phone sleeps and is opened again when the page returns; the timer is the floor. */
export class Wakeups {
  private readonly engine: Engine
  private readonly source: typeof EventSource | undefined
  private stream: EventSource | null = null
  private again: ReturnType<typeof setTimeout> | null = null
  private silence: ReturnType<typeof setTimeout> | undefined

  constructor(engine: Engine, source: typeof EventSource | undefined = globalThis.EventSource) {
    this.engine = engine
    this.source = source
  }

  open(): void {
    const { replica } = this.engine.state.device.meta
    this.close()
    if (!this.source) return
    if (replica === null) {
      this.later()
      return
    }
    this.stream = new this.source(`/api/sync/events?replica=${encodeURIComponent(replica)}`)
    for (const kind of ['open', 'head', 'ping']) this.stream.addEventListener(kind, () => this.heard())
    this.heard()
    this.stream.addEventListener('head', (event) => {
      const head = (JSON.parse((event as MessageEvent<string>).data) as { head: number }).head
      if (head > this.engine.state.device.meta.head) this.engine.poke(0)
    })
    this.stream.onerror = () => {
      // The browser tries again by itself after a dropped connection, not after a refusal.
      if (this.stream?.readyState === 2) this.later()
    }
  }

  private later(): void {
    if (this.again === null) this.again = setTimeout(() => this.open(), 30_000)
  }

  private heard(): void {
    clearTimeout(this.silence)
    this.silence = setTimeout(() => this.open(), SILENCE)
  }

  close(): void {
    if (this.again !== null) clearTimeout(this.again)
    this.again = null
    clearTimeout(this.silence)
    this.stream?.close()
    this.stream = null
  }
}
