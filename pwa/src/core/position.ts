// Where the phone is, asked for only when a person does something that needs it: several fixes, of which the best is kept. Nothing
// here watches in the background.

import { type Position, toE7 } from './geo'

export interface Fix extends Position {
  accuracy_m: number
  /** By the phone's clock, epoch milliseconds. */
  taken_at: number
  /** How many fixes the best was chosen from. */
  count: number
}

/** Why there is no position: the person or the phone forbids it, there is no signal, or this browser has none to give. */
export type NoFix = 'denied' | 'unavailable' | 'unsupported'

export class PositionError extends Error {
  readonly code: NoFix
  constructor(code: NoFix) {
    super(code)
    this.code = code
  }
}

export interface FixWanted {
  /** Good enough to stop at once, in metres. */
  good_m?: number
  /** How long to look at most, in milliseconds. */
  within_ms?: number
  /** Told each time a better one was found. */
  onBetter?: (fix: Fix) => void
  /** Stops looking at once: what was found till then counts. */
  signal?: AbortSignal
}

/** The best of the fixes that come within the time. Raises PositionError when there was none at all. */
export function takeFix(wanted: FixWanted = {}): Promise<Fix> {
  const { good_m = 25, within_ms = 10_000, onBetter, signal } = wanted
  const source = typeof navigator === 'undefined' ? undefined : navigator.geolocation
  if (!source) return Promise.reject(new PositionError('unsupported'))
  return new Promise((resolve, reject) => {
    let best: Fix | null = null
    let count = 0
    let isOver = false
    let watch: number | null = null
    function end(failure: NoFix): void {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      if (watch !== null) source?.clearWatch(watch)
      if (best) resolve({ ...best, count })
      else reject(new PositionError(failure))
    }
    const stop = (): void => end('unavailable')
    const timer = setTimeout(stop, within_ms)
    watch = source.watchPosition(
      ({ coords, timestamp }) => {
        count += 1
        const accuracy_m = Math.max(0, Math.round(coords.accuracy))
        if (!best || accuracy_m < best.accuracy_m) {
          best = {
            latitude_e7: toE7(coords.latitude),
            longitude_e7: toE7(coords.longitude),
            accuracy_m,
            taken_at: Math.round(timestamp),
            count,
          }
          onBetter?.(best)
        }
        if (accuracy_m <= good_m) end('unavailable')
      },
      (error) => {
        if (error.code === error.PERMISSION_DENIED) end('denied')
      },
      { enableHighAccuracy: true, maximumAge: 0, timeout: within_ms },
    )
    // A source may answer before it has told the number of the watch.
    if (isOver) source.clearWatch(watch)
    else if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop)
  })
}
