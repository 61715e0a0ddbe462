// What this browser can and cannot do for the app: whether it works without the network, whether it can be installed.

import { readonly, shallowRef } from 'vue'

/** Chrome's question, which it asks only when the app says so. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const agent = typeof navigator === 'undefined' ? '' : navigator.userAgent

/** Without a service worker (WeChat's browser on iOS) the app opens only with the network. */
export const isOnlineOnly =
  typeof navigator !== 'undefined' && (!('serviceWorker' in navigator) || !window.isSecureContext)

export const isWeChat = /MicroMessenger/i.test(agent)

export const isApple = /iPhone|iPad|iPod/.test(agent)

/** Started from the home screen. */
export const isInstalled =
  typeof matchMedia === 'function' &&
  (matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true)

const prompt = shallowRef<InstallPrompt | null>(null)

/** Whether the browser offers to install the app, and has not been answered yet. */
export const installOffer = readonly(prompt)

/** Called once at start: the browser tells only once, and early. */
export function listenForInstall(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    prompt.value = event as InstallPrompt
  })
  addEventListener('appinstalled', () => {
    prompt.value = null
  })
}

export async function install(): Promise<void> {
  const offer = prompt.value
  prompt.value = null
  await offer?.prompt()
}
