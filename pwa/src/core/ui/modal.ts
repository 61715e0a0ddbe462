// Opening and closing a native <dialog> from a boolean: focus trap, Escape and the phone's back gesture come from the browser.

import { computed, onBeforeUnmount, onMounted, type Ref, shallowRef, watch } from 'vue'
import { lastOf } from '../arrays'

const covers = shallowRef<readonly HTMLDialogElement[]>([])

/** The dialog that lies above everything, or none: only what stands in it can be seen and touched. */
export const uppermost = computed(() => lastOf(covers.value))

function cover(element: HTMLDialogElement, isCovered: boolean): void {
  const others = covers.value.filter((one) => one !== element)
  covers.value = isCovered ? [...others, element] : others
  document.documentElement.classList.toggle('is-covered', covers.value.length > 0)
}

/** Keeps the dialog as open as the ref says, and the page behind it still. */
export function useModal(dialog: Ref<HTMLDialogElement | null>, isOpen: Ref<boolean>): void {
  let isShown = false
  let shown: HTMLDialogElement | null = null

  function follow(): void {
    const element = dialog.value
    if (!element || isShown === isOpen.value) return
    isShown = isOpen.value
    shown = element
    cover(element, isShown)
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
    if (isShown && shown) cover(shown, false)
  })
}
