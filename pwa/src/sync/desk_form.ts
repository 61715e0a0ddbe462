// The form of a desk's sheet: what is typed, whether that differs from what was there, what is wrong field by field once saving was tried,
// and saving it. The domain says what a form is and what is wrong in it.

import { type ComputedRef, computed, type Ref, ref } from 'vue'
import { type Saving, useSaving } from './desk_saving'

type Wrong = Partial<Record<string, string>>

export interface DeskForm<F> extends Pick<Saving, 'isBusy' | 'wrong'> {
  form: Ref<F>
  /** Whether anything typed differs from what was there. */
  isUnsaved: ComputedRef<boolean>
  /** What is wrong with a field, in words; nothing before saving was tried. */
  errorOf: (field: string) => string | undefined
  /** Whether nothing is wrong in the form and all of `work` was done. */
  keep: (work: () => Promise<unknown>) => Promise<boolean>
}

/** `before` is the form as it is opened, plain data; `wrongIn` answers codes by field, and `say` their words. */
export function useDeskForm<F>(before: F, wrongIn: (form: F) => Wrong, say: (code: string) => string): DeskForm<F> {
  const opened = JSON.stringify(before)
  const form = ref(JSON.parse(opened)) as Ref<F>
  const isAsked = ref(false)
  const { isBusy, wrong, save } = useSaving()
  const found = computed(() => wrongIn(form.value))

  return {
    form,
    isUnsaved: computed(() => JSON.stringify(form.value) !== opened),
    isBusy,
    wrong,
    errorOf(field) {
      const code = found.value[field]
      return isAsked.value && code ? say(code) : undefined
    },
    async keep(work) {
      isAsked.value = true
      wrong.value = ''
      if (Object.keys(found.value).length) return false
      return save(work)
    },
  }
}
