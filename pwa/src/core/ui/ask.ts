// One question at a time before something that cannot be taken back. BaseAsk shows it; App.vue holds the one BaseAsk.

import { readonly, shallowRef } from 'vue'

export interface Question {
  title: string
  text?: string
  /** Label of the button that goes on; a verb. */
  confirm?: string
  cancel?: string
  isDanger?: boolean
}

const current = shallowRef<Question | null>(null)
let settle: ((isConfirmed: boolean) => void) | null = null

/** The question on screen, or null. */
export const question = readonly(current)

/** Asks, and resolves with whether the person goes on. A second question answers the first with no. */
export function ask(next: Question): Promise<boolean> {
  answer(false)
  current.value = next
  return new Promise((resolve) => {
    settle = resolve
  })
}

/** Called by the dialog. */
export function answer(isConfirmed: boolean): void {
  current.value = null
  settle?.(isConfirmed)
  settle = null
}
