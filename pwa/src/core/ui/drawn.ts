// What of a list that changes with every letter is drawn at once: the first screenful; the rest follows a frame later, since a letter is
// answered by what is in sight.

import { onBeforeUnmount, type Ref, shallowRef, watch } from 'vue'

const FIRST_SHOWN = 12

/** The items to draw, never fewer of the old ones than there are new ones, so that the page does not shrink and grow again. */
export function useDrawn<T>(items: () => readonly T[]): Readonly<Ref<readonly T[]>> {
  const drawn = shallowRef<readonly T[]>([])
  let frame = 0
  watch(
    items,
    (next) => {
      cancelAnimationFrame(frame)
      drawn.value = [...next.slice(0, FIRST_SHOWN), ...drawn.value.slice(FIRST_SHOWN, next.length)]
      frame = requestAnimationFrame(() => {
        drawn.value = next
      })
    },
    { immediate: true },
  )
  onBeforeUnmount(() => cancelAnimationFrame(frame))
  return drawn
}
