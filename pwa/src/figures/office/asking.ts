// A ranking that follows what happens: asked when its question changes and when something it counts has come to this device, at most
// about once a second.

import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { ask, pathOf } from '../../core/api'
import { rowsAfter } from '../../core/paged'
import { sayError } from '../../core/refusals'
import { useLive } from '../../sync'
import type { components } from '../../wire/api'

export type Ranking = components['schemas']['Ranking']
export type RankingRow = components['schemas']['RankingRow']

export interface Question {
  metric: string
  by: string
  from: string
  to: string
}

/** Between two askings for what happened meanwhile. */
const REST = 700
/** What others sell comes to the phone of nobody but them and those above: a look now and then. */
const NOW_AND_THEN = 30_000
const COUNTED = ['orders', 'order_moves', 'collections', 'visits', 'customers']
const LIMIT = 100
const PATH = '/api/rankings'

export function useRanking(question: () => Question): {
  found: Readonly<Ref<Ranking | null>>
  rows: Readonly<Ref<readonly RankingRow[]>>
  isLoading: Readonly<Ref<boolean>>
  /** What went wrong, in words; empty while all is well. */
  wrong: Readonly<Ref<string>>
  more: () => Promise<void>
  reload: () => Promise<void>
  /** Every place as it is now, those not shown too; what is shown stays as it is. Raises ApiError. */
  all: () => Promise<readonly RankingRow[]>
} {
  const found = shallowRef<Ranking | null>(null)
  const rows = shallowRef<readonly RankingRow[]>([])
  const isLoading = ref(false)
  const wrong = ref('')
  let round = 0
  let asked_at = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(after: string | null): Promise<void> {
    const mine = ++round
    asked_at = Date.now()
    isLoading.value = true
    try {
      // As many as are shown, so that nothing below the fold goes when something above it moves.
      const limit = after ? LIMIT : Math.min(500, Math.max(LIMIT, rows.value.length))
      const answer = await ask<Ranking>('GET', pathOf(PATH, { ...question(), limit, after }))
      if (mine !== round) return
      rows.value = after ? [...rows.value, ...answer.rows] : answer.rows
      found.value = answer
      wrong.value = ''
    } catch (error) {
      if (mine !== round) return
      wrong.value = sayError(error)
      // Of another question, its total would be taken for this one's.
      if (!rows.value.length) found.value = null
    } finally {
      if (mine === round) isLoading.value = false
    }
  }

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => load(null), Math.max(0, asked_at + REST - Date.now()))
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      rows.value = []
      void load(null)
    },
    { immediate: true },
  )
  // A new thing each time one of the tables changed.
  const happened = useLive<object>(COUNTED, () => ({}), {})
  watch(happened, soon)
  const clock = setInterval(() => {
    if (document.visibilityState === 'visible') soon()
  }, NOW_AND_THEN)
  onScopeDispose(() => {
    clearInterval(clock)
    clearTimeout(timer)
    round += 1
  })

  return {
    found,
    rows,
    isLoading,
    wrong,
    more: async () => {
      if (found.value?.next && !isLoading.value) await load(found.value.next)
    },
    reload: () => load(null),
    all: () => rowsAfter<RankingRow>(PATH, { ...question() }),
  }
}
