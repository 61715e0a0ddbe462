// Whether pictures wait for a better connection: the person asked for that on this phone, and the browser says this one costs him
// (mobile data, or its own data saver). Only some browsers say so; elsewhere there is nothing to ask for.

import { computed, readonly, ref } from 'vue'

interface Connection extends EventTarget {
  type?: string
  saveData?: boolean
}

const KEPT_AS = 'roundsman.photos_wait'
const connection = (globalThis.navigator as { connection?: Connection } | undefined)?.connection

const isAsked = ref(kept())
const isDear = ref(costs())

/** Whether this browser tells one kind of connection from another. */
export const knowsConnection = connection !== undefined && ('type' in connection || 'saveData' in connection)

/** Whether the person wants pictures to wait. */
export const photosWait = readonly(isAsked)

/** Whether they do wait just now. */
export const isSpared = computed(() => isAsked.value && isDear.value)

connection?.addEventListener('change', () => {
  isDear.value = costs()
})

export function setPhotosWait(next: boolean): void {
  isAsked.value = next
  try {
    if (next) localStorage.setItem(KEPT_AS, 'yes')
    else localStorage.removeItem(KEPT_AS)
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT_AS) === 'yes'
  } catch {
    return false
  }
}

function costs(): boolean {
  return connection?.saveData === true || connection?.type === 'cellular'
}
