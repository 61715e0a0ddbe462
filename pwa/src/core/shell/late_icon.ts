// An icon that comes a moment after its word. Its place is kept meanwhile, so that nothing jumps.

import { type Component, defineAsyncComponent, h } from 'vue'

type Name = keyof typeof import('./desk_icons')

/** The icon of a menu entry, by its name in desk_icons.ts. */
export function lateIcon(name: Name): Component {
  return defineAsyncComponent({
    loader: async () => (await import('./desk_icons'))[name],
    loadingComponent: () => h('svg'),
    // Without a signal the word stands alone.
    errorComponent: () => h('svg'),
    delay: 0,
  })
}
