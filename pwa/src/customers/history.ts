// When somebody was last with a customer is known by the domain of visits, above this one. It tells it here when the app starts; untold,
// nothing of it is shown.

import type { View } from '../core/domain'

export interface History {
  /** The tables `lastAt` reads. */
  tables: readonly string[]
  /** The moment somebody was last with a customer; undefined when nobody ever was. */
  lastAt: (view: View, customer_id: string) => number | undefined
}

let told: History | null = null

export function tellHistory(next: History | null): void {
  told = next
}

export function history(): History | null {
  return told
}
