// What keeps this phone from being ready for a round (no storage left, an old clock, the position switched off): small slots that
// domains fill and the first page shows as one card, only when something is wrong.

import { computed, type MaybeRefOrGetter, shallowReactive, toValue } from 'vue'

export interface Shortcoming {
  /** Key of what is wrong and what to do about it. */
  text: string
  named?: Record<string, unknown>
  /** Key of the button's label and what it does. */
  action?: { label: string; run: () => void }
}

const slots = shallowReactive(new Map<string, MaybeRefOrGetter<Shortcoming | null>>())

/** Fills a slot, named by the domain that fills it; the value is null while all is well. Filling again replaces. */
export function fillReadiness(name: string, shortcoming: MaybeRefOrGetter<Shortcoming | null>): void {
  slots.set(name, shortcoming)
}

/** All that is wrong just now, in the order the slots were first filled. */
export const shortcomings = computed(() =>
  [...slots.values()].map((slot) => toValue(slot)).filter((one) => one !== null),
)
