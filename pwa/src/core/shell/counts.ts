// How many things wait for the person behind a tab: small numbers domains fill and the tabs show.

import { type MaybeRefOrGetter, shallowReactive, toValue } from 'vue'

const counts = shallowReactive(new Map<string, MaybeRefOrGetter<number>>())

/** Fills the number of a route. Filling again replaces. */
export function fillCount(route: string, count: MaybeRefOrGetter<number>): void {
  counts.set(route, count)
}

/** What waits there; 0 is nothing. */
export function countAt(route: string): number {
  return toValue(counts.get(route)) ?? 0
}
