// What happened with a customer is known by the domains above this one. They tell it here when the app starts, and the pages of
// customers show it without knowing what it is made of; untold, nothing of it is shown.

import type { Component } from 'vue'
import type { View } from '../core/domain'

export interface History {
  /** Drawn on a customer's page; gets his id as `customerId`. */
  section: () => Promise<Component>
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
