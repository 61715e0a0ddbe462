// What this browser is, as far as the server wants to know: whether the app is installed, whether its storage is protected, how full
// it is.

import type { AboutDevice } from './greet'

export async function aboutDevice(): Promise<AboutDevice> {
  const storage = typeof navigator === 'undefined' ? undefined : navigator.storage
  const estimate = await storage?.estimate?.().catch(() => ({}) as StorageEstimate)
  return {
    ua: typeof navigator === 'undefined' ? '' : navigator.userAgent,
    standalone: typeof matchMedia !== 'undefined' && matchMedia('(display-mode: standalone)').matches,
    persisted: (await storage?.persisted?.().catch(() => false)) ?? false,
    quota: { used: estimate?.usage ?? 0, total: estimate?.quota ?? 0 },
  }
}

/** Asks the browser never to clear this app's storage by itself; answers whether it promised. */
export async function askToPersist(): Promise<boolean> {
  const storage = typeof navigator === 'undefined' ? undefined : navigator.storage
  if (!storage?.persist) return false
  return (await storage.persisted().catch(() => false)) || (await storage.persist().catch(() => false))
}
