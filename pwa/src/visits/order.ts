// Items put in another order one place at a time, and what is said to whoever does not see them move.

import { nextTick, type Ref, ref } from 'vue'
import { useWords } from '../core/words'

/** A list with one item at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, item)
  return next
}

export interface Order {
  /** Where the last one went, for a screen reader. */
  said: Readonly<Ref<string>>
  /** Moves the item at a place by so many; the button that was pressed keeps the focus wherever it goes. */
  step: (at: number, by: number, event: Event) => Promise<void>
}

/** The order of `items`, changed by giving `put` another list. */
export function useOrder<T>(
  items: () => readonly T[],
  put: (next: T[]) => void,
  nameOf: (item: T, at: number) => string,
): Order {
  const { t } = useWords()
  const said = ref('')
  async function step(at: number, by: number, event: Event): Promise<void> {
    const button = event.currentTarget as HTMLElement
    const item = items()[at]
    if (item === undefined) return
    said.value = t('visits.order.moved', { title: nameOf(item, at), n: at + by + 1 })
    put(moved(items(), at, at + by))
    await nextTick()
    button.focus()
  }
  return { said, step }
}
