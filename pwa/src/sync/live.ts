// Screens that redraw themselves: a read is run again when one of its tables changed, in whatever tab, or when a ref it used did.
// Where the rows come from is told by the engine that is open.

import { type Ref, type ShallowRef, shallowRef, triggerRef, watchEffect } from 'vue'
import type { View } from '../core/domain'

export interface Source {
  view: View
  has(table: string): boolean
  /** Loads tables and then tells `touch` about them. */
  need(tables: readonly string[]): void
}

const source = shallowRef<Source | null>(null)
const touches = new Map<string, ShallowRef<number>>()

function touchOf(table: string): ShallowRef<number> {
  let touch = touches.get(table)
  if (!touch) {
    touch = shallowRef(0)
    touches.set(table, touch)
  }
  return touch
}

/** The rows come from here from now on; null when nobody's store is open. */
export function showFrom(next: Source | null): void {
  source.value = next
}

/** These tables changed: whatever reads them reads again. */
export function touch(tables: Iterable<string>): void {
  for (const table of tables) touchOf(table).value += 1
}

/**
 * What `read` gives, kept current while the component lives. `tables` are those it reads; until they are loaded, and when nobody
 * is signed in, it is `initial`.
 */
export function useLive<T>(tables: readonly string[], read: (view: View) => T, initial: T): Readonly<Ref<T>> {
  const given = shallowRef(initial)
  watchEffect(() => {
    for (const table of tables) void touchOf(table).value
    const from = source.value
    if (!from) {
      given.value = initial
      return
    }
    const missing = tables.filter((table) => !from.has(table))
    if (missing.length > 0) from.need(missing)
    else {
      const next = read(from.view)
      // A row changed in place keeps its array: tell readers all the same.
      if (next === given.value) triggerRef(given)
      else given.value = next
    }
  })
  return given
}
