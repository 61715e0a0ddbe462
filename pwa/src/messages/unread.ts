// The count of unread messages, where it is seen without opening anything: at the tab and, where the platform has one, on the app's icon.

import { effectScope, watch } from 'vue'
import { fillCount } from '../core/shell/counts'
import { useUnreadCount } from './queries'

let isCounting = false

/** Counts from now on, for whoever is signed in. */
export function countUnread(): void {
  if (isCounting) return
  isCounting = true
  effectScope(true).run(() => {
    const count = useUnreadCount()
    fillCount('me', count)
    watch(
      count,
      (unread) => {
        // Only installed apps have an icon to write on, and some refuse.
        navigator.setAppBadge?.(unread).catch(() => {})
      },
      { immediate: true },
    )
  })
}
