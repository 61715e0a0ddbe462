// What the store itself has to say on the first page: it was cleared, it is nearly full, the company was not met for too long.

import { computed, ref } from 'vue'
import { fillReadiness, type Shortcoming } from '../core/shell/readiness'
import { dismissLoss, syncState } from './index'

const LOOK_EVERY = 60_000
/** Shares of the room the browser gives this app. */
const FILLING = 0.7
const FULL = 0.85

const used = ref(0)

async function look(): Promise<void> {
  const estimate = await navigator.storage?.estimate?.().catch(() => ({}) as StorageEstimate)
  if (estimate?.quota) used.value = (estimate.usage ?? 0) / estimate.quota
}

/** Begins to look; the caller does so once. */
export function watchStore(): void {
  fillReadiness(
    'sync.lost',
    computed<Shortcoming | null>(() => {
      const { lost } = syncState.value
      const action = { label: 'sync.seen', run: () => void dismissLoss() }
      return lost > 0 ? { text: 'sync.suspected_loss', named: { n: lost }, action } : null
    }),
  )
  fillReadiness(
    'sync.lease',
    computed<Shortcoming | null>(() => (syncState.value.is_lease_over ? { text: 'sync.lease_over' } : null)),
  )
  fillReadiness(
    'sync.room',
    computed<Shortcoming | null>(() => {
      if (used.value < FILLING) return null
      const named = { percent: Math.floor(used.value * 100) }
      return { text: used.value < FULL ? 'sync.room_filling' : 'sync.room_full', named }
    }),
  )
  void look()
  setInterval(() => void look(), LOOK_EVERY)
}
