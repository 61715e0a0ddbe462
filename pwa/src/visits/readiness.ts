// What keeps a phone from being ready for a round, said on the first page only while it is so: storage that may be cleared, little room,
// old data, no permission for position or camera, work that waits too long. Loaded after the first page is drawn.

import { computed, ref } from 'vue'
import { fillReadiness, type Shortcoming } from '../core/shell/readiness'
import { outboxItems, syncState } from '../sync'
import { askToPersist } from '../sync/environment'
import { watchStore } from '../sync/readiness'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LOOK_EVERY = 60_000
const LEAST_ROOM = 200 * 1024 * 1024
const ASKED = 'roundsman.asked_to_persist'

const now = ref(Date.now())
const isKept = ref(true)
const room = ref(Number.POSITIVE_INFINITY)
const denied = ref(new Set<string>())
const askedAt = ref(0)
let isWatching = false

async function look(): Promise<void> {
  now.value = Date.now()
  const { storage } = navigator
  isKept.value = (await storage?.persisted?.().catch(() => true)) ?? true
  const estimate = await storage?.estimate?.().catch(() => ({}) as StorageEstimate)
  if (estimate?.quota) room.value = estimate.quota - (estimate.usage ?? 0)
}

/** Follows a permission where the browser tells about it; elsewhere it is found out when it is needed. */
async function watchPermission(name: 'geolocation' | 'camera'): Promise<void> {
  const status = await navigator.permissions?.query({ name: name as PermissionName }).catch(() => null)
  if (!status) return
  const follow = (): void => {
    const next = new Set(denied.value)
    if (status.state === 'denied') next.add(name)
    else next.delete(name)
    denied.value = next
  }
  status.onchange = follow
  follow()
}

function remembered(): number {
  try {
    return Number(localStorage.getItem(ASKED)) || 0
  } catch {
    return 0
  }
}

async function keep(): Promise<void> {
  askedAt.value = Date.now()
  try {
    localStorage.setItem(ASKED, String(askedAt.value))
  } catch {
    // Without storage it is asked again next time.
  }
  isKept.value = await askToPersist()
}

/** Milliseconds the oldest thing has been waiting on this phone. */
const waitingSince = computed(() => {
  const oldest = outboxItems.value.find((entry) => entry.state === 'queued' || entry.state === 'sealed')
  return oldest ? now.value - oldest.captured_at : 0
})

function when(holds: () => boolean, shortcoming: () => Shortcoming) {
  return computed(() => (holds() ? shortcoming() : null))
}

/** Begins to look after this phone; once is enough. */
export function watchReadiness(): void {
  if (isWatching) return
  isWatching = true
  askedAt.value = remembered()
  watchStore()
  fillReadiness(
    'visits.storage',
    // Browsers that refused once are asked again after a week, not at every start.
    when(
      () => !isKept.value && now.value - askedAt.value > 7 * DAY,
      () => ({ text: 'visits.ready.storage', action: { label: 'visits.ready.keep', run: () => void keep() } }),
    ),
  )
  fillReadiness(
    'visits.room',
    when(
      () => room.value < LEAST_ROOM,
      () => ({ text: 'visits.ready.room', named: { megabytes: Math.max(0, Math.round(room.value / 1024 / 1024)) } }),
    ),
  )
  fillReadiness(
    'visits.age',
    when(
      () => syncState.value.last_contact_at !== null && now.value - syncState.value.last_contact_at > DAY,
      () => ({
        text: 'visits.ready.age',
        named: { hours: Math.floor((now.value - (syncState.value.last_contact_at ?? now.value)) / HOUR) },
      }),
    ),
  )
  fillReadiness(
    'visits.position',
    when(
      () => denied.value.has('geolocation'),
      () => ({ text: 'visits.ready.position' }),
    ),
  )
  fillReadiness(
    'visits.camera',
    when(
      () => denied.value.has('camera'),
      () => ({ text: 'visits.ready.camera' }),
    ),
  )
  fillReadiness(
    'visits.queue',
    when(
      () => waitingSince.value > DAY,
      () => ({ text: 'visits.ready.queue', named: { hours: Math.floor(waitingSince.value / HOUR) } }),
    ),
  )
  void look()
  setInterval(() => void look(), LOOK_EVERY)
  void watchPermission('geolocation')
  void watchPermission('camera')
}
