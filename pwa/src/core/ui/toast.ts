// One short message at a time, with an undo when there is one. BaseToast shows it; App.vue holds the one BaseToast.

import { readonly, shallowRef } from 'vue'

export interface Toast {
  id: number
  text: string
  /** Label of the button, and what it does. */
  action: string
  run: (() => void) | null
}

const current = shallowRef<Toast | null>(null)
let count = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** The message on screen, or null. */
export const toast = readonly(current)

export interface UseToast {
  /** Says a short text for about three seconds. */
  say: (text: string) => void
  /** Says what was done and offers to take it back for seven seconds. */
  offer: (text: string, action: string, run: () => void) => void
  dismiss: () => void
  /** Stops the clock while a finger or the focus is on the message, and starts it again. */
  hold: (isHeld: boolean) => void
}

function dismiss(): void {
  clearTimeout(timer)
  current.value = null
}

function show(text: string, action: string, run: (() => void) | null): void {
  clearTimeout(timer)
  current.value = { id: ++count, text, action, run }
  timer = setTimeout(dismiss, run ? 7000 : 3000)
}

function hold(isHeld: boolean): void {
  clearTimeout(timer)
  if (!isHeld && current.value) timer = setTimeout(dismiss, current.value.run ? 7000 : 3000)
}

export function useToast(): UseToast {
  return { say: (text) => show(text, '', null), offer: show, dismiss, hold }
}
