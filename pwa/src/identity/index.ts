// Identity on the phone: signing in and out, "me", and the desk's pages of people, territories and phones. Its rows are read-only
// here; what changes people goes online, never through an outbox.

import { User } from '@lucide/vue'
import { type App, computed, createApp, watch } from 'vue'
import { signedIn } from '../core/access'
import type { Domain } from '../core/domain'
import { fillReadiness } from '../core/shell/readiness'
import { loadWords } from '../core/words'
import { syncState } from '../sync'
import { isLocked, restoreSession } from './session'
import { listenForInstall } from './surroundings'

export const identity: Domain = {
  name: 'identity',
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: () => import('./SignInPage.vue'),
      meta: { title: 'identity.sign_in', is_public: true, is_bare: true },
    },
    {
      path: '/first-run',
      name: 'first-run',
      component: () => import('./FirstRunPage.vue'),
      meta: { title: 'identity.first_run', is_public: true, is_bare: true },
    },
    { path: '/me', name: 'me', component: () => import('./MePage.vue'), meta: { title: 'identity.me' } },
    {
      path: '/me/sessions',
      name: 'sessions',
      component: () => import('./SessionsPage.vue'),
      meta: { title: 'identity.sessions', parent: 'me' },
    },
    {
      path: '/me/password',
      name: 'password',
      component: () => import('./PasswordPage.vue'),
      meta: { title: 'identity.change_password', parent: 'me' },
    },
    {
      path: '/me/sign-out',
      name: 'sign-out',
      component: () => import('./SignOutPage.vue'),
      meta: { title: 'identity.sign_out', parent: 'me' },
    },
  ],
  tabs: [{ route: 'me', label: 'core.tab.me', icon: User, order: 90 }],
  stores: { people: {}, territories: {}, memberships: {} },
  start(app) {
    listenForInstall()
    watch(isLocked, showLocked)
    restoreSession()
    fillReadiness(
      'identity',
      computed(() =>
        signedIn.value && syncState.value.is_paused_for_sign_in
          ? {
              text: 'identity.expired',
              action: {
                label: 'identity.sign_in',
                run: () => void app.config.globalProperties.$router.push({ name: 'sign-in' }),
              },
            }
          : null,
      ),
    )
  },
}

let closed: { app: App; place: HTMLElement } | null = null

async function showLocked(): Promise<void> {
  const TheLocked = isLocked.value && (await import('./TheLocked.vue')).default
  await loadWords(['core', 'identity']).catch(() => undefined)
  // He may have been taken back while the notice was loaded.
  if (Boolean(TheLocked) !== isLocked.value) return
  closed?.app.unmount()
  closed?.place.remove()
  closed = null
  if (!TheLocked) return
  const place = document.body.appendChild(document.createElement('div'))
  const app = createApp(TheLocked)
  app.mount(place)
  closed = { app, place }
}
