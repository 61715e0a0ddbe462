// The title in the header when a page knows a better one than its route: a customer's name, a day.

import { type MaybeRefOrGetter, onScopeDispose, shallowRef, toValue, watchEffect } from 'vue'

const named = shallowRef('')

/** What the page on screen calls itself; empty when the route's own title is right. */
export const pageTitle = named as Readonly<typeof named>

/** Names the page for as long as it is on screen; follows a ref or getter. Call it in setup. */
export function usePageTitle(title: MaybeRefOrGetter<string>): void {
  let mine = ''
  watchEffect(() => {
    mine = toValue(title)
    named.value = mine
  })
  onScopeDispose(() => {
    // The next page may already have named itself before this one is taken down.
    if (named.value === mine) named.value = ''
  })
}
