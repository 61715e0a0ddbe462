// Keeping what a sheet holds through commands: pressed twice it is done once, what went wrong is said in words, and what changed comes
// back with the next pull.

import { type Ref, ref } from 'vue'
import { sayError } from '../../core/refusals'
import { retryNow } from '../../sync'

export interface Saving {
  isBusy: Readonly<Ref<boolean>>
  /** Why it could not be kept, in words; empty while nothing is wrong. */
  wrong: Ref<string>
  /** Whether all of `work` was done. */
  save: (work: () => Promise<unknown>) => Promise<boolean>
}

export function useSaving(): Saving {
  const isBusy = ref(false)
  const wrong = ref('')

  async function save(work: () => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    wrong.value = ''
    try {
      await work()
      retryNow()
      return true
    } catch (error) {
      wrong.value = sayError(error)
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, wrong, save }
}
