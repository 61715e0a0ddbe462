// Light, dark or as the phone says: the choice kept on this phone and put on <html data-theme>, which tokens.css reads.

import { readonly, ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'

const KEPT_AS = 'roundsman.theme'
const current = ref<Theme>('auto')

export const theme = readonly(current)

/** Shows a theme now and remembers it; 'auto' forgets the choice and follows the phone. */
export function setTheme(next: Theme): void {
  current.value = next
  if (next === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
  try {
    if (next === 'auto') localStorage.removeItem(KEPT_AS)
    else localStorage.setItem(KEPT_AS, next)
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

/** Called once before the app is mounted, so that the first paint already has the right colours. */
export function restoreTheme(): void {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(KEPT_AS)
  } catch {
    // As above: without storage the phone's own preference rules.
  }
  setTheme(kept === 'light' || kept === 'dark' ? kept : 'auto')
}
