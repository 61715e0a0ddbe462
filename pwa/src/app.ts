// Gathers the domains into one app: routes, tabs and menu, who may open what. It draws nothing itself.

import { type App, createApp, nextTick, shallowRef, watch } from 'vue'
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type Router,
  type RouterHistory,
} from 'vue-router'
import AppFrame from './App.vue'
import { may, signedIn } from './core/access'
import type { Desk, Domain, Entry } from './core/domain'
import { ENTRIES, gatherTabs, menuOf } from './core/shell/entries'
import { currentTitle } from './core/shell/page_title'
import { isDesk } from './core/shell/screen'
import { gatherSections, SECTIONS } from './core/shell/sections'
import { loadWords, useWords } from './core/words'

export interface Roundsman {
  app: App
  router: Router
  /** Starts the domains in their order and only then goes to the page asked for: who is remembered on this phone is known by then. */
  start: () => Promise<void>
  /** Fetches the pages and the menu of a desk; done once. */
  openDesk: () => Promise<void>
}

type Desks = Record<string, Desk>

/** The app and its router, not yet started or mounted. `history` is the browser's unless a test brings its own. */
export function createRoundsman(
  domains: readonly Domain[],
  history: RouterHistory = createWebHistory(),
  fetchDesks: () => Promise<Desks> = async () => ({}),
): Roundsman {
  const tabs = gatherTabs(domains)
  const menu = shallowRef<readonly Entry[]>(tabs)
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
        beforeEnter: async () => ({ name: await homeRoute(domains, router, tabs), replace: true }),
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

  let fetching: Promise<void> | null = null
  let has_desk = false
  function openDesk(): Promise<void> {
    fetching ??= addDesks().catch((error) => {
      fetching = null
      throw error
    })
    return fetching
  }
  async function addDesks(): Promise<void> {
    const desks = Object.entries(await fetchDesks())
    for (const [name, { routes }] of desks) {
      for (const route of routes) {
        router.addRoute(route)
        domainOf.set(route.name, name)
      }
    }
    has_desk = true
    menu.value = menuOf(
      desks.flatMap(([, desk]) => desk.menu),
      tabs,
    )
  }

  router.beforeEach(async (to, from) => {
    if (to.name === 'not-found' && !has_desk) {
      await openDesk().catch(() => undefined)
      if (has_desk) return to.fullPath
    }
    // Fetched beside the page, waited for before it is drawn.
    void wordsOf(to).catch(() => undefined)
    if (tabs.some((tab) => tab.route === from.name)) scrolled.set(from.name, window.scrollY)
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
  app.provide(ENTRIES, { tabs, menu, openDesk })
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
    const desk = isDesk.value ? openDesk().catch(() => undefined) : null
    for (const domain of domains) await domain.start?.(app)
    await desk
    app.use(router)
  }
  return { app, router, start, openDesk }
}

/** The first tab the person may open, unless a domain knows better where he begins. */
async function homeRoute(domains: readonly Domain[], router: Router, tabs: readonly Entry[]): Promise<string> {
  if (signedIn.value) {
    for (const { home } of domains) {
      const named = await home?.()
      if (named && router.hasRoute(named)) return named
    }
  }
  return firstRoute(router, tabs)
}

function firstRoute(router: Router, tabs: readonly Entry[]): string {
  const first = tabs.find((tab) => may(tab.permission) && router.hasRoute(tab.route))
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
