// The goods somebody marked to find them again: kept on this phone beside his carts, for himself alone.

import { type Ref, readonly, shallowRef, watch } from 'vue'
import { currentEngine, draftOf, keepDraft } from '../sync'

const KEPT_AS = 'orders.favourites'

const held = shallowRef<ReadonlySet<string>>(new Set())

watch(
  currentEngine,
  async (engine) => {
    held.value = new Set()
    if (!engine) return
    const found = await draftOf<string[]>(KEPT_AS).catch(() => undefined)
    if (found && currentEngine.value === engine) held.value = new Set(found)
  },
  { immediate: true },
)

/** Ids of products. */
export const favourites: Readonly<Ref<ReadonlySet<string>>> = readonly(held) as Readonly<Ref<ReadonlySet<string>>>

/** Marks a product, or takes the mark away. Raises when it could not be kept. */
export async function setFavourite(product_id: string, is_one: boolean): Promise<void> {
  const next = new Set(held.value)
  if (is_one) next.add(product_id)
  else next.delete(product_id)
  held.value = next
  await keepDraft(KEPT_AS, [...next])
}
