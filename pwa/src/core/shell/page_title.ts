// The title in the header when a page knows a better one than its route: a customer's name, a day.

import {
  type MaybeRefOrGetter,
  onActivated,
  onDeactivated,
  onScopeDispose,
  ref,
  shallowRef,
  toValue,
  watchEffect,
} from 'vue'

const named = shallowRef({ by: 0, title: '' })
let count = 0

/** What the page on screen calls itself; empty when the route's own title is right. */
export function currentTitle(): string {
  return named.value.title
}

/** Names the page for as long as it is on screen; follows a ref or getter. Call it in setup. */
export function usePageTitle(title: MaybeRefOrGetter<string>): void {
  const me = ++count
  const isOnScreen = ref(true)

  function leave(): void {
    isOnScreen.value = false
    // The next page may already have named itself before this one is taken down.
    if (named.value.by === me) named.value = { by: 0, title: '' }
  }

  watchEffect(() => {
    if (isOnScreen.value) named.value = { by: me, title: toValue(title) }
  })
  onActivated(() => {
    isOnScreen.value = true
  })
  onDeactivated(leave)
  onScopeDispose(leave)
}
