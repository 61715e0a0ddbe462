// A right code sounds and feels other than a wrong one, and nothing breaks where there is neither sound nor buzz.

import { beforeEach, expect, test, vi } from 'vitest'

let tones: { wave: string; pitch: number; from: number; to: number }[]
let state: AudioContextState

beforeEach(() => {
  tones = []
  state = 'running'
  vi.resetModules()
})

function withSound(): void {
  class Context {
    currentTime = 10
    destination = {}
    get state() {
      return state
    }
    resume = async () => undefined
  }
  class Tone {
    private readonly tone = { wave: '', pitch: 0, from: 0, to: 0 }
    constructor(_context: unknown, { type, frequency }: { type: string; frequency: number }) {
      Object.assign(this.tone, { wave: type, pitch: frequency })
      tones.push(this.tone)
    }
    connect = (next: unknown) => next
    start(at: number): void {
      this.tone.from = at
    }
    stop(at: number): void {
      this.tone.to = at
    }
  }
  class Gain {
    gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() }
    connect = (next: unknown) => next
  }
  vi.stubGlobal('AudioContext', Context)
  vi.stubGlobal('OscillatorNode', Tone)
  vi.stubGlobal('GainNode', Gain)
}

test('right is one high tone and a short buzz, wrong two low tones after each other and a long one', async () => {
  const vibrate = vi.fn()
  vi.stubGlobal('navigator', { vibrate })
  withSound()
  const { giveSignal, prepareSignals } = await import('./signal')
  prepareSignals()
  giveSignal('ok')
  const [right, ...more] = tones.splice(0)
  expect(more).toEqual([])
  giveSignal('wrong')
  const [first, second] = tones
  expect(right?.pitch).toBeGreaterThan(4 * (first?.pitch ?? 0))
  expect(first?.from).toBe(10)
  expect(second?.from).toBeGreaterThan(first?.to ?? 0)
  const [short, long] = vibrate.mock.calls.map(([buzz]) => (buzz as number[]).reduce((sum, part) => sum + part))
  expect(long).toBeGreaterThan(3 * (short ?? 0))
})

test('a page that may not sound yet keeps still, and sounds nothing later', async () => {
  vi.stubGlobal('navigator', {})
  withSound()
  const { giveSignal, prepareSignals } = await import('./signal')
  giveSignal('ok')
  state = 'suspended'
  prepareSignals()
  giveSignal('wrong')
  expect(tones).toEqual([])
})

test('a browser without sound and buzz breaks nothing', async () => {
  vi.stubGlobal('navigator', {})
  const { giveSignal, prepareSignals } = await import('./signal')
  prepareSignals()
  giveSignal('wrong')
  expect(tones).toEqual([])
})
