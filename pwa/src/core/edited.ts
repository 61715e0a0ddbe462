// Something edited on a desk page before it is saved: what is typed, whether that differs from what is kept, and whether somebody else
// changed what is kept meanwhile. It saves nothing.

import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { signedIn } from './access'
import { ask } from './ui/ask'
import { useWords } from './words'

export interface Edited<T> {
  /** What is being edited; null until it has been read. */
  draft: Ref<T | null>
  isUnsaved: Readonly<Ref<boolean>>
  /** What is kept changed while it was being edited: saving would undo that. */
  isStale: Readonly<Ref<boolean>>
  /** What the draft holds is kept now. */
  saved: () => void
  /** Throws the changes away and shows what is kept. */
  reset: () => void
}

/** Follows `kept`, plain data, until the draft differs from it; null means it is not there yet. */
export function useEdited<T>(kept: () => T | null): Edited<T> {
  const draft = ref(null) as Ref<T | null>
  const base = shallowRef('null')
  const isStale = ref(false)
  const now = computed(() => JSON.stringify(kept()))
  const held = computed(() => JSON.stringify(draft.value))
  const isUnsaved = computed(() => held.value !== base.value)

  function take(text: string): void {
    base.value = text
    isStale.value = false
  }
  function reset(): void {
    draft.value = JSON.parse(now.value) as T | null
    take(now.value)
  }

  watch(
    now,
    (next) => {
      if (next === held.value) take(next)
      else if (isUnsaved.value) isStale.value = true
      else reset()
    },
    { immediate: true },
  )
  return { draft, isUnsaved, isStale, saved: () => take(held.value), reset }
}

/** Asks whether changes may be thrown away. */
export function askToDiscard(): Promise<boolean> {
  const { t } = useWords()
  return ask({
    title: t('core.unsaved'),
    text: t('core.unsaved_note'),
    confirm: t('core.unsaved_discard'),
    cancel: t('core.unsaved_stay'),
    isDanger: true,
  })
}

/** Keeps the person on the page, after asking, while `isUnsaved` says so; signing out goes on. */
export function useUnsavedGuard(isUnsaved: () => boolean): void {
  onBeforeRouteLeave(() => !signedIn.value || !isUnsaved() || askToDiscard())
  watch(isUnsaved, (is, _was, onCleanup) => {
    if (!is) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', warn)
    onCleanup(() => removeEventListener('beforeunload', warn))
  })
}
