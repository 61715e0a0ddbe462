// Starts the app on the page. What it consists of is gathered elsewhere.

import './core/ui/tokens.css'
import './core/ui/base.css'
import { createRoundsman } from './app'
import { signedIn } from './core/access'
import { keepUpToDate } from './core/shell/update'
import { restoreTheme } from './core/theme'
import { keptLocale, loadWords, setLocale } from './core/words'
import { domains } from './domains'
import { isOpen, syncState } from './sync'

async function start(): Promise<void> {
  restoreTheme()
  const roundsman = createRoundsman(domains, undefined, async () => (await import('./desks')).desks)
  await setLocale(keptLocale()).catch(() => setLocale('zh-CN'))
  await roundsman.start()
  roundsman.app.mount('#app')
  // The other domains' words and the menu's pages follow when the first screen stands, so that each is there when it is first asked for.
  setTimeout(() => {
    void loadWords().catch(() => undefined)
    void roundsman.openDesk().catch(() => undefined)
  }, 2000)
  if (import.meta.env.PROD) {
    void keepUpToDate(() => {
      const { waiting, sending, photos_waiting } = syncState.value
      // What waits is not known before the store is open.
      const isKnown = !signedIn.value || isOpen.value
      return isKnown && waiting + sending + photos_waiting === 0
    })
  }
}

void start()
