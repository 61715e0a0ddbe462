// The tabs and the side menu: what the domains hand over, in order, less what the person may not open.

import { type ComputedRef, computed, type InjectionKey, inject, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { may } from '../access'
import type { Domain, Entry } from '../domain'

export interface Entries {
  tabs: readonly Entry[]
  /** Filled when a desk's half is there. */
  menu: Readonly<Ref<readonly Entry[]>>
  /** Fetches the desk's half; again after it could not be had. */
  openDesk: () => Promise<void>
}

export const ENTRIES: InjectionKey<Entries> = Symbol('entries')

function inOrder(entries: Entry[]): Entry[] {
  return entries.sort((one, other) => one.order - other.order)
}

export function gatherTabs(domains: readonly Domain[]): Entry[] {
  return inOrder(domains.flatMap((domain) => domain.tabs ?? []))
}

/** The menu of a desk holds every tab too; an entry of its own for the same route replaces it. */
export function menuOf(own: readonly Entry[], tabs: readonly Entry[]): Entry[] {
  const named = new Set(own.map((entry) => entry.route))
  return inOrder([...own, ...tabs.filter((tab) => !named.has(tab.route))])
}

/** The tabs, or what is there of a desk's menu, as far as the person signed in may open it. */
export function useEntries(kind: 'tabs' | 'menu'): ComputedRef<Entry[]> {
  const entries = inject(ENTRIES)
  const router = useRouter()
  return computed(() => {
    const all = (kind === 'menu' ? entries?.menu.value : entries?.tabs) ?? []
    return all.filter((entry) => router.hasRoute(entry.route) && may(entry.permission))
  })
}

/** A desk's menu, fetched if it is not there yet; without a signal the tabs are what there is. */
export function useMenu(): ComputedRef<Entry[]> {
  inject(ENTRIES)
    ?.openDesk()
    .catch(() => undefined)
  return useEntries('menu')
}
