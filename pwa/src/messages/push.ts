// Whether this phone is pushed to while the app is closed. It is asked for only by a tap, and every step that is the browser's has its
// end: without a push service some never answer.

import { ask } from '../core/api'
import type { Locale } from '../core/times'
import { dispatch } from '../sync'
import type { Payloads } from '../wire/commands'

/** `none`: this browser cannot; `denied`: the person said no to it once, and only the browser's settings can take that back. */
export type Push = 'none' | 'denied' | 'off' | 'on'

/** Why it did not come about: `push_denied`, `push_late`, or a refusal's code. */
export class PushFailure extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const PATIENCE = 15_000

/** The same promise, but given up after a while: PushFailure `push_late`. */
export function within<T>(promise: Promise<T>, patience = PATIENCE): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new PushFailure('push_late')), patience)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** How it stands just now. */
export async function pushNow(): Promise<Push> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'none'
  if (Notification.permission === 'denied') return 'denied'
  const registration = await navigator.serviceWorker.getRegistration()
  const has = registration && (await within(registration.pushManager.getSubscription()).catch(() => null))
  return has && Notification.permission === 'granted' ? 'on' : 'off'
}

/** Asks the person, then the browser, and tells the server. Only from a tap. Raises PushFailure and ApiError. */
export async function turnOn(language: Locale): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') throw new PushFailure('push_denied')
  const registration = await within(navigator.serviceWorker.ready)
  const { key } = await ask<{ key: string }>('GET', '/api/messages/push_key')
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) }
  const { endpoint, keys } = (await within(registration.pushManager.subscribe(options))).toJSON()
  const args: Payloads['messages.subscribe'] = {
    endpoint: endpoint ?? '',
    p256dh: keys?.p256dh ?? '',
    auth: keys?.auth ?? '',
    language,
  }
  await dispatch('messages.subscribe', args)
}

/** The server is told first: whatever the browser then does, nothing is sent any more. */
export async function turnOff(): Promise<void> {
  await dispatch('messages.unsubscribe', {})
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = registration && (await within(registration.pushManager.getSubscription()).catch(() => null))
  if (subscription) await within(subscription.unsubscribe()).catch(() => undefined)
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, (one) => one.charCodeAt(0))
}
