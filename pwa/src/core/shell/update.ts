// Keeps the app up to date: registers the service worker, and when a new version waits, offers it. Nothing is reloaded unasked.

import { useToast } from '../ui/toast'
import { useWords } from '../words'

/** Hourly and on coming back to the app, as a phone may keep it open for days. */
const LOOK_EVERY = 3_600_000

export async function keepUpToDate(): Promise<void> {
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
    const waiting = registration?.waiting
    if (!waiting || !hadVersion) return
    useToast().offer(t('core.update.ready'), t('core.update.take'), () => {
      isAgreed = true
      waiting.postMessage({ type: 'SKIP_WAITING' })
    })
  }

  offer()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer)
  })
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
