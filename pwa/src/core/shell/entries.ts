// The tabs and the side menu: what the domains hand over, in order, less what the person may not open.

import { type ComputedRef, computed, type InjectionKey, inject } from 'vue'
import { useRouter } from 'vue-router'
import { may } from '../access'
import type { Domain, Entry } from '../domain'

export interface Entries {
  tabs: readonly Entry[]
  menu: readonly Entry[]
}

export const ENTRIES: InjectionKey<Entries> = Symbol('entries')

function inOrder(entries: Entry[]): Entry[] {
  return entries.sort((one, other) => one.order - other.order)
}

/** The entries of all domains. The menu of a desk holds every tab too; an entry of its own for the same route replaces it. */
export function gatherEntries(domains: readonly Domain[]): Entries {
  const tabs = domains.flatMap((domain) => domain.tabs ?? [])
  const menu = domains.flatMap((domain) => domain.menu ?? [])
  const own = new Set(menu.map((entry) => entry.route))
  return { tabs: inOrder(tabs), menu: inOrder([...menu, ...tabs.filter((tab) => !own.has(tab.route))]) }
}

/** The entries the person signed in may open. */
export function useEntries(kind: keyof Entries): ComputedRef<Entry[]> {
  const entries = inject(ENTRIES, { tabs: [], menu: [] })
  const router = useRouter()
  return computed(() => entries[kind].filter((entry) => router.hasRoute(entry.route) && may(entry.permission)))
}
