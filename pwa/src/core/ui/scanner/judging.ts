// Hands scans over one at a time and waits for what is said of each, so that every answer belongs to its code.

import { nextTick, type Ref, readonly, ref, type ShallowRef, shallowRef, watch } from 'vue'
import type { Scanned, Verdict } from './scanned'
import { giveSignal } from './signal'

/** Whoever has said nothing after so long, in milliseconds, will not. */
const PATIENCE = 5000
/** How long the colour of an answer stays. */
const SHOWN = 1200

export interface Judging {
  /** The code that was handed over last. */
  last: Readonly<ShallowRef<Scanned | null>>
  /** What was said of it. */
  verdict: Readonly<Ref<Verdict>>
  /** Whether that was only just said. */
  isFresh: Readonly<Ref<boolean>>
  /** Codes handed over that were not called wrong. */
  count: Readonly<Ref<number>>
  /** Whether a code waits for its answer. */
  isWaiting: Readonly<Ref<boolean>>
  take: (scanned: Scanned) => void
  /** Forgets all of it, and whatever was not handed over yet. */
  reset: () => void
}

/**
 * `answer` is null while nothing was said of the last code; it is undefined for good where nobody says anything, and every code is right
 * then. `hand` gives a code away, `settled` tells what became of it: null when nothing was said in time.
 */
export function useJudging(
  answer: Ref<Verdict | undefined>,
  hand: (scanned: Scanned) => void,
  settled: (verdict: Verdict) => void,
): Judging {
  const last = shallowRef<Scanned | null>(null)
  const verdict = ref<Verdict>(null)
  const isFresh = ref(false)
  const count = ref(0)
  const isWaiting = ref(false)
  const queue: Scanned[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(said: Verdict): void {
    isWaiting.value = false
    verdict.value = said
    isFresh.value = true
    if (said) giveSignal(said)
    if (said !== 'wrong') count.value += 1
    clearTimeout(timer)
    timer = setTimeout(() => {
      isFresh.value = false
    }, SHOWN)
    settled(said)
    const next = queue.shift()
    if (next) void judge(next)
  }

  async function judge(scanned: Scanned): Promise<void> {
    isWaiting.value = true
    last.value = scanned
    verdict.value = null
    isFresh.value = false
    clearTimeout(timer)
    const isAnswered = answer.value !== undefined
    // So that the same answer as last time is one again.
    if (isAnswered) answer.value = null
    hand(scanned)
    if (!isAnswered) return settle('ok')
    timer = setTimeout(() => settle(null), PATIENCE)
    // An answer given at once is no change when it is the same as before.
    await nextTick()
    if (isWaiting.value && last.value === scanned && answer.value) settle(answer.value)
  }

  watch(answer, (said) => {
    if (isWaiting.value && said) settle(said)
  })

  function take(scanned: Scanned): void {
    if (isWaiting.value) queue.push(scanned)
    else void judge(scanned)
  }

  function reset(): void {
    clearTimeout(timer)
    queue.length = 0
    last.value = verdict.value = null
    count.value = 0
    isFresh.value = isWaiting.value = false
  }

  return {
    last: readonly(last) as Readonly<ShallowRef<Scanned | null>>,
    verdict: readonly(verdict),
    isFresh: readonly(isFresh),
    count: readonly(count),
    isWaiting: readonly(isWaiting),
    take,
    reset,
  }
}
