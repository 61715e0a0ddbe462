// Opening and closing a native <dialog> from a boolean: focus trap, Escape and the phone's back gesture come from the browser.

import { onBeforeUnmount, onMounted, type Ref, watch } from 'vue'

let covers = 0

function cover(isCovered: boolean): void {
  covers += isCovered ? 1 : -1
  document.documentElement.classList.toggle('is-covered', covers > 0)
}

/** Keeps the dialog as open as the ref says, and the page behind it still. */
export function useModal(dialog: Ref<HTMLDialogElement | null>, isOpen: Ref<boolean>): void {
  let isShown = false

  function follow(): void {
    const element = dialog.value
    if (!element || isShown === isOpen.value) return
    isShown = isOpen.value
    cover(isShown)
    if (!isShown) {
      if (element.open) element.close?.()
      element.removeAttribute('open')
    } else if (element.showModal) element.showModal()
    // Browsers older than <dialog> show it where it stands; the style sheet gives it the same place.
    else element.setAttribute('open', '')
  }

  onMounted(follow)
  watch(isOpen, follow, { flush: 'post' })
  onBeforeUnmount(() => {
    if (isShown) cover(false)
  })
}
