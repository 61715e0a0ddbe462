// Keeps the app up to date: registers the service worker, has it fetch what is needed later, and when a new version waits, offers it.
// Nothing is reloaded unasked, and nothing is offered while work waits to be sent: the old version is the one that surely can send what
// it wrote.

import { type MaybeRefOrGetter, toValue, watch } from 'vue'
import { signedIn } from '../access'
import { useToast } from '../ui/toast'
import { useWords } from '../words'

/** Hourly and on coming back to the app, as a phone may keep it open for days. */
const LOOK_EVERY = 3_600_000
/** The first screen and what it shows come first. */
const LATER_AFTER = 10_000

/** Registers the worker and looks for newer versions from then on. `isAllSent` says whether nothing waits on this phone. */
export async function keepUpToDate(isAllSent: MaybeRefOrGetter<boolean>): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { t } = useWords()
  const workers = navigator.serviceWorker
  const hadVersion = Boolean(workers.controller)
  let isAgreed = false

  workers.addEventListener('controllerchange', () => {
    if (hadVersion && isAgreed) location.reload()
  })

  const registration = await workers.register('/worker.js').catch(() => null)
  if (!registration) return

  function offer(): void {
    if (!registration?.waiting || !hadVersion || isAgreed || !toValue(isAllSent)) return
    useToast().offer(t('core.update.ready'), t('core.update.take'), () => {
      isAgreed = true
      take()
    })
  }

  /** Something may have been recorded between the offer and the tap: then once that is sent. */
  function take(): void {
    if (isAgreed && toValue(isAllSent)) registration?.waiting?.postMessage({ type: 'SKIP_WAITING' })
  }

  // Who opens it to work gets all of it, unless he pays for every byte.
  const isSparing = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData
  watch(
    () => Boolean(signedIn.value) && !isSparing,
    (isTime) => {
      if (!isTime) return
      setTimeout(() => {
        void workers.ready.then(({ active, waiting }) => {
          // A worker that is still fetching would hold up the version that waits to take over.
          if (!waiting) active?.postMessage({ type: 'KEEP_LATER' })
        })
      }, LATER_AFTER)
    },
    { immediate: true },
  )

  offer()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer)
  })
  watch(
    () => toValue(isAllSent),
    () => {
      offer()
      take()
    },
  )
  const look = (): void => {
    // No signal is no error: the next look may have one.
    registration.update().catch(() => undefined)
    offer()
  }
  setInterval(look, LOOK_EVERY)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') look()
  })
}
