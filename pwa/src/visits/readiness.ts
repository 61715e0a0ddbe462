// What keeps a phone from being ready for a round, said on the first page only while it is so: storage that may be cleared, little room,
// old data, no permission for position or camera, work and pictures that wait too long. Loaded after the first page is drawn.

import { computed, ref, shallowRef, watch } from 'vue'
import type { Router } from 'vue-router'
import { fillReadiness, type Shortcoming } from '../core/shell/readiness'
import { currentEngine, outboxItems, photosHeldSince, photosNotHere, retryNow, syncState, useLive } from '../sync'
import { askToPersist } from '../sync/environment'
import { watchStore } from '../sync/readiness'
import { awaitedOf, lateHere } from './late_photos'
import { dismissLost, lostShots } from './photos/shots'
import { me } from './queries/rows'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LOOK_EVERY = 60_000
const LEAST_ROOM = 200 * 1024 * 1024
const ASKED = 'roundsman.asked_to_persist'
/** Followed by whose pictures they are. */
const SEEN_ELSEWHERE = 'roundsman.photos_elsewhere_seen.'

const now = ref(Date.now())
const isKept = ref(true)
const room = ref(Number.POSITIVE_INFINITY)
const denied = ref(new Set<string>())
const askedAt = ref(0)
const seenElsewhereAt = ref(0)
/** When each picture was kept that still has to be uploaded from here. */
const heldSince = shallowRef<readonly number[]>([])
/** How many late pictures of this person are somewhere else. */
const elsewhere = ref(0)
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

function remembered(key: string): number {
  try {
    return Number(localStorage.getItem(key)) || 0
  } catch {
    return 0
  }
}

function rememberNow(key: string): number {
  const at = Date.now()
  try {
    localStorage.setItem(key, String(at))
  } catch {
    // Without storage it is asked again next time.
  }
  return at
}

async function keep(): Promise<void> {
  askedAt.value = rememberNow(ASKED)
  isKept.value = await askToPersist()
}

/** The record stands without its picture, so nothing else would remind the one person who can still bring it. */
function watchPhotos(router: Router): void {
  let asked = 0
  const awaited = useLive<readonly string[]>(
    ['photos'],
    (view) => awaitedOf(view, me.value, now.value).map((photo) => photo.sha256),
    [],
  )
  watch(
    [awaited, now, currentEngine, () => syncState.value.photos_waiting],
    async () => {
      const mine = ++asked
      const [held, missing] = await Promise.all([photosHeldSince(), photosNotHere(awaited.value)]).catch(() => [[], []])
      if (mine !== asked) return
      heldSince.value = held
      elsewhere.value = missing.length
    },
    { immediate: true },
  )
  watch(
    me,
    (person_id) => {
      seenElsewhereAt.value = remembered(SEEN_ELSEWHERE + person_id)
    },
    { immediate: true },
  )
  fillReadiness(
    'visits.photos_here',
    computed<Shortcoming | null>(() => {
      const late = lateHere(heldSince.value, now.value)
      if (!late) return null
      const send = (): void => {
        retryNow()
        void router.push({ name: 'outbox' })
      }
      return {
        text: 'visits.ready.photos_here',
        named: { n: late.count, hours: Math.floor((now.value - late.since) / HOUR) },
        action: { label: 'visits.ready.photos_send', run: send },
      }
    }),
  )
  fillReadiness(
    'visits.shots_lost',
    when(
      () => lostShots.value.length > 0,
      () => ({
        text: 'visits.ready.shots_lost',
        named: { n: lostShots.value.length, title: lostShots.value[0]?.step.title ?? '' },
        action: { label: 'visits.ready.photos_seen', run: () => void dismissLost() },
      }),
    ),
  )
  fillReadiness(
    'visits.photos_elsewhere',
    // The other phone may be far away, or gone: said once a week, not all the time, and by whoever knows what the company has by now.
    when(
      () => elsewhere.value > 0 && !isOld() && now.value - seenElsewhereAt.value > 7 * DAY,
      () => ({
        text: 'visits.ready.photos_elsewhere',
        named: { n: elsewhere.value },
        action: {
          label: 'visits.ready.photos_seen',
          run: () => {
            seenElsewhereAt.value = rememberNow(SEEN_ELSEWHERE + me.value)
          },
        },
      }),
    ),
  )
}

/** Milliseconds the oldest thing has been waiting on this phone. */
const waitingSince = computed(() => {
  const oldest = outboxItems.value.find((entry) => entry.state === 'queued' || entry.state === 'sealed')
  return oldest ? now.value - oldest.captured_at : 0
})

/** Whether the company was met, and too long ago. */
function isOld(): boolean {
  const { last_contact_at } = syncState.value
  return last_contact_at !== null && now.value - last_contact_at > DAY
}

function when(holds: () => boolean, shortcoming: () => Shortcoming) {
  return computed(() => (holds() ? shortcoming() : null))
}

/** Begins to look after this phone; once is enough. */
export function watchReadiness(router: Router): void {
  if (isWatching) return
  isWatching = true
  askedAt.value = remembered(ASKED)
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
    when(isOld, () => ({
      text: 'visits.ready.age',
      named: { hours: Math.floor((now.value - (syncState.value.last_contact_at ?? now.value)) / HOUR) },
    })),
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
  watchPhotos(router)
  void look()
  setInterval(() => void look(), LOOK_EVERY)
  void watchPermission('geolocation')
  void watchPermission('camera')
}
