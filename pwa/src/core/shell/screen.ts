// Whether this is a desk's screen or a phone's: the one width at which the frame changes.

import { readonly, ref } from 'vue'

const wide = typeof matchMedia === 'function' ? matchMedia('(min-width: 1024px)') : null
const isWide = ref(wide?.matches ?? false)

// Safari 13 and older phones' browsers know only addListener; they keep the arrangement they started with.
wide?.addEventListener?.('change', (event) => {
  isWide.value = event.matches
})

/** True from 1024 px on; follows the window. */
export const isDesk = readonly(isWide)
