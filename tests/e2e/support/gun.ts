// A scan gun that poses as a keyboard. Its pace is stamped on its keys, so that it stays a gun's however busy this machine is.

import type { Page } from '@playwright/test'

/** Eight milliseconds from key to key, a second from code to code. */
export async function gunOf(page: Page): Promise<(code: string) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  let at = Date.now() / 1000
  return async (code) => {
    at += 1
    for (const key of [...code, 'Enter']) {
      at += 0.008
      const text = key === 'Enter' ? '\r' : key
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, timestamp: at })
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp: at + 0.002 })
    }
  }
}
