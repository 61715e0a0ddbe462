// Whether somebody walks routes himself, as this device knows it: a manager without any begins his day with the team.

import { effectScope, watch } from 'vue'
import { useLive } from '../../sync'
import { me, where } from './rows'

/** Nobody waits longer than this, ms, to see his first page. */
const PATIENCE = 400

/** Whether the person signed in has a route that is still walked; no when the device does not know yet. */
export function hasOwnRoutes(): Promise<boolean> {
  const scope = effectScope()
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE)
    scope.run(() => {
      const has = useLive<boolean | null>(
        ['routes'],
        (view) => where(view, 'routes', 'person_id', me.value).some((route) => route.is_active),
        null,
      )
      watch(
        has,
        (known) => {
          if (known === null) return
          clearTimeout(timer)
          resolve(known)
        },
        { immediate: true },
      )
    })
  }).finally(() => scope.stop())
}
