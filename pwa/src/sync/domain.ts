// Synchronisation as a domain of the app: its page, its badge, its one blocking notice. What it does is behind index.ts.

import { type App, createApp, watch } from 'vue'
import type { Domain } from '../core/domain'
import { SYNC_STATE } from '../core/shell/sync_state'
import { domains } from '../domains'
import { gatherDomains, type SyncState, syncState } from './index'

export const sync: Domain = {
  name: 'sync',
  routes: [
    {
      path: '/outbox',
      name: 'outbox',
      component: () => import('./OutboxPage.vue'),
      meta: { title: 'sync.outbox', parent: '/' },
    },
  ],
  start(app) {
    gatherDomains(domains)
    app.provide(SYNC_STATE, syncState)
    watch(() => syncState.value.trouble, showTrouble)
  },
}

let notice: { app: App; place: HTMLElement } | null = null

async function showTrouble(trouble: SyncState['trouble']): Promise<void> {
  const TheTrouble = trouble && (await import('./TheTrouble.vue')).default
  // It may have passed, or another may have come, while the notice was loaded.
  if (trouble !== syncState.value.trouble) return
  notice?.app.unmount()
  notice?.place.remove()
  notice = null
  if (!TheTrouble) return
  const place = document.body.appendChild(document.createElement('div'))
  const app = createApp(TheTrouble, { trouble })
  app.mount(place)
  notice = { app, place }
}
