// The parts of a page that domains above its own bring along. They are told when the app starts; untold, nothing of them is shown.

import { type Component, defineAsyncComponent, type InjectionKey, inject } from 'vue'
import { may } from '../access'
import type { Domain, Section } from '../domain'

export const SECTIONS: InjectionKey<readonly Section[]> = Symbol('sections')

/** The sections of all domains, in their order. */
export function gatherSections(domains: readonly Pick<Domain, 'sections'>[]): Section[] {
  return domains.flatMap((domain) => domain.sections ?? []).sort((one, other) => one.order - other.order)
}

/** What belongs to a page for the person signed in; fetched with the page, not only when its rows have been read. */
export function useSections(page: string): Component[] {
  return inject(SECTIONS, [])
    .filter((section) => section.page === page && may(section.permission))
    .map(({ part }) => {
      const loaded = part()
      loaded.catch(() => undefined)
      return defineAsyncComponent(() => loaded)
    })
}
