// Keeping what a desk's sheet holds through commands sent online: pressed twice it is done once, what went wrong is said in words, and
// what changed comes back with the next pull.

import { type Ref, ref } from 'vue'
import { sayError } from '../core/refusals'
import { retryNow } from '.'

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
      return true
    } catch (error) {
      wrong.value = sayError(error)
      return false
    } finally {
      isBusy.value = false
      // Of several commands some may have arrived.
      retryNow()
    }
  }
  return { isBusy, wrong, save }
}
