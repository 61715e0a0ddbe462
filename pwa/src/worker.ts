// The service worker: keeps the built app so that it opens without a signal, and answers every page address with it. It never keeps
// answers of the API: what a person sees comes from the phone's own database.

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { listenForPushes } from './messages/push.worker'

/** `is_later` marks what build/phone_files.ts puts into the second stage. */
type Entry = PrecacheEntry & { is_later?: boolean }

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

const entries = self.__WB_MANIFEST as Entry[]

cleanupOutdatedCaches()
precacheAndRoute(entries.filter((entry) => !entry.is_later))
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/(?:healthz|readyz)$/] }),
)

// The second stage: heavy parts that nobody needs before he has signed in. They are kept when they are first asked for, or when the page
// says that there is time.
const LATER = 'later'
const later = new Set(
  entries.filter((entry) => entry.is_later).map((entry) => new URL(entry.url, self.location.origin).href),
)
const keeping = new CacheFirst({ cacheName: LATER })

registerRoute(({ url }) => later.has(url.href), keeping)

function keepLater(event: ExtendableEvent): Promise<unknown> {
  return Promise.all([...later].flatMap((url) => keeping.handleAll({ request: url, event })))
}

self.addEventListener('install', (event) => {
  // Whoever has them gets the new ones with the new version: what worked without a signal still does.
  event.waitUntil(caches.has(LATER).then((isKept) => (isKept ? keepLater(event) : undefined)))
})

self.addEventListener('activate', (event) => {
  async function dropOld(): Promise<void> {
    if (!(await caches.has(LATER))) return
    const cache = await caches.open(LATER)
    const kept = await cache.keys()
    await Promise.all(kept.filter(({ url }) => !later.has(url)).map((request) => cache.delete(request)))
  }
  event.waitUntil(dropOld())
})

listenForPushes()

self.addEventListener('message', (event) => {
  const { type } = (event.data as { type?: string } | null) ?? {}
  // A new version waits until the person agrees to it (the page then sends this message and loads itself again).
  if (type === 'SKIP_WAITING') void self.skipWaiting()
  // Without a signal there will be another time.
  if (type === 'KEEP_LATER') event.waitUntil(keepLater(event).catch(() => undefined))
})
