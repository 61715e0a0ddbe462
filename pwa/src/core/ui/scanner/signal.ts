// What a hand and an ear notice of a scan while the eyes are on the goods: one high tone and a short buzz, or two low ones and a long.

import type { Verdict } from './scanned'

interface Signal {
  /** In hertz and seconds. */
  tones: readonly { pitch: number; length: number }[]
  wave: OscillatorType
  /** On and off by turns, in milliseconds. */
  buzz: number[]
}

const SIGNALS: Record<NonNullable<Verdict>, Signal> = {
  ok: { tones: [{ pitch: 1760, length: 0.09 }], wave: 'sine', buzz: [50] },
  wrong: {
    tones: [
      { pitch: 220, length: 0.14 },
      { pitch: 220, length: 0.2 },
    ],
    wave: 'square',
    buzz: [120, 60, 180],
  },
}
const GAP = 0.06
const LOUDNESS = 0.15

let context: AudioContext | null = null

/** To be called within a tap: only then may a page begin to make sounds. */
export function prepareSignals(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume().catch(() => undefined)
}

function sound({ tones, wave }: Signal): void {
  if (context?.state !== 'running') return
  let at = context.currentTime
  for (const { pitch, length } of tones) {
    const tone = new OscillatorNode(context, { type: wave, frequency: pitch })
    const volume = new GainNode(context, { gain: LOUDNESS })
    // Fading out, or it ends with a crack.
    volume.gain.setValueAtTime(LOUDNESS, at + length * 0.7)
    volume.gain.linearRampToValueAtTime(0, at + length)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    tone.stop(at + length)
    at += length + GAP
  }
}

export function giveSignal(verdict: NonNullable<Verdict>): void {
  const signal = SIGNALS[verdict]
  sound(signal)
  navigator.vibrate?.(signal.buzz)
}
