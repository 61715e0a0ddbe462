// Gathers the domains into one app: routes, tabs and menu, who may open what. It draws nothing itself.

import { type App, createApp, nextTick, watch } from 'vue'
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouterHistory,
} from 'vue-router'
import AppFrame from './App.vue'
import { may, signedIn } from './core/access'
import type { Domain } from './core/domain'
import { ENTRIES, type Entries, gatherEntries } from './core/shell/entries'
import { currentTitle } from './core/shell/page_title'
import { gatherSections, SECTIONS } from './core/shell/sections'
import { loadWords, useWords } from './core/words'

export interface Roundsman {
  app: App
  router: Router
  /** Starts the domains in their order and only then goes to the page asked for: who is remembered on this phone is known by then. */
  start: () => Promise<void>
}

/** The app and its router, not yet started or mounted. `history` is the browser's unless a test brings its own. */
export function createRoundsman(domains: readonly Domain[], history: RouterHistory = createWebHistory()): Roundsman {
  const entries = gatherEntries(domains)
  const scrolled = new Map<unknown, number>()

  const domainOf = new Map(domains.flatMap(({ name, routes }) => (routes ?? []).map((route) => [route.name, name])))
  const wordsOf = (to: RouteLocationNormalized) => loadWords(['core', domainOf.get(to.name) ?? 'core'])

  const router = createRouter({
    history,
    routes: [
      ...domains.flatMap((domain) => domain.routes ?? []),
      {
        path: '/',
        name: 'home',
        component: () => import('./core/shell/NothingHerePage.vue'),
        // Where it leads asks for what is needed there.
        meta: { is_public: true },
        beforeEnter: async () => ({ name: await homeRoute(domains, router, entries), replace: true }),
      },
      {
        path: '/kit',
        name: 'kit',
        component: () => import('./core/ui/KitPage.vue'),
        meta: { is_public: true, is_wide: true, title: 'core.kit' },
      },
      {
        path: '/forbidden',
        name: 'forbidden',
        component: () => import('./core/shell/NothingHerePage.vue'),
        meta: { is_public: true },
      },
      {
        path: '/:missing(.*)*',
        name: 'not-found',
        component: () => import('./core/shell/NothingHerePage.vue'),
        meta: { is_public: true },
      },
    ],
    scrollBehavior: (to, _from, saved) => saved ?? { left: 0, top: scrolled.get(to.name) ?? 0 },
  })

  router.beforeEach((to, from) => {
    // Fetched beside the page, waited for before it is drawn.
    void wordsOf(to).catch(() => undefined)
    if (entries.tabs.some((tab) => tab.route === from.name)) scrolled.set(from.name, window.scrollY)
    return guarded(to, router)
  })
  router.beforeResolve(async (to) => {
    // Without a text a page can still be used.
    await wordsOf(to).catch(() => undefined)
  })
  router.afterEach(async (_to, from) => {
    if (!from.matched.length) return
    await nextTick()
    // Readers then say the new page's title instead of nothing.
    document.getElementById('page-title')?.focus({ preventScroll: true })
  })

  const app = createApp(AppFrame)
  app.provide(ENTRIES, entries)
  app.provide(SECTIONS, gatherSections(domains))

  const { t, locale } = useWords()
  watch([router.currentRoute, currentTitle, locale], ([route, title]) => {
    const own = title || (route.meta.title ? t(route.meta.title) : '')
    document.title = own ? `${own} · ${t('core.app')}` : t('core.app')
  })
  // Signing out, here or in another tab, leaves nothing on screen.
  watch(signedIn, (person) => {
    const route = router.currentRoute.value
    if (!person) scrolled.clear()
    if (!person && route.matched.length && !route.meta.is_public && router.hasRoute('sign-in')) {
      void router.replace({ name: 'sign-in' })
    }
  })
  const start = async () => {
    for (const domain of domains) await domain.start?.(app)
    app.use(router)
  }
  return { app, router, start }
}

/** The first tab the person may open, unless a domain knows better where he begins. */
async function homeRoute(domains: readonly Domain[], router: Router, entries: Entries): Promise<string> {
  if (signedIn.value) {
    for (const { home } of domains) {
      const named = await home?.()
      if (named && router.hasRoute(named)) return named
    }
  }
  return firstRoute(router, entries)
}

function firstRoute(router: Router, entries: Entries): string {
  const first = entries.tabs.find((tab) => may(tab.permission) && router.hasRoute(tab.route))
  if (first) return first.route
  return router.hasRoute('sign-in') && !signedIn.value ? 'sign-in' : 'not-found'
}

function guarded(to: RouteLocationNormalized, router: Router): boolean | object {
  if (to.meta.is_public) return true
  if (!signedIn.value) {
    return router.hasRoute('sign-in')
      ? { name: 'sign-in', query: { next: to.fullPath } }
      : { name: 'not-found', params: { missing: [] } }
  }
  return may(to.meta.permission) ? true : { name: 'forbidden' }
}
