// Which day it is in the company's time zone, as a ref that turns over at midnight and when the phone is taken out of the pocket.

import { onScopeDispose, type Ref, readonly, ref } from 'vue'
import { dayOn } from './times'

const LOOK_EVERY = 30_000

/** The day ('YYYY-MM-DD') and the moment, kept current while the component lives. */
export function useNow(): { day: Readonly<Ref<string>>; now: Readonly<Ref<number>> } {
  const now = ref(Date.now())
  const day = ref(dayOn(now.value))
  const look = (): void => {
    now.value = Date.now()
    day.value = dayOn(now.value)
  }
  const timer = setInterval(look, LOOK_EVERY)
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
  return { day: readonly(day), now: readonly(now) }
}
