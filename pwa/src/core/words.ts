// The words on screen: vue-i18n with Chinese first. Each domain keeps its own in <domain>/words/{zh-CN,en}.json, flat keys that
// begin with the domain's name; they are found by name here, so that a domain has nothing to register. English loads when chosen.

import { type ComputedRef, computed } from 'vue'
import { type Composer, createI18n } from 'vue-i18n'
import type { Locale } from './times'

/** Texts or, in the built app, their syntax trees: nothing here looks inside. */
type Words = Record<string, never>

export const LOCALES: { locale: Locale; name: string }[] = [
  { locale: 'zh-CN', name: '简体中文' },
  { locale: 'en', name: 'English' },
]

const KEPT_AS = 'roundsman.locale'

const chinese = import.meta.glob<Words>('../*/words/zh-CN.json', { eager: true, import: 'default' })
const english = import.meta.glob<Words>('../*/words/en.json', { import: 'default' })

function gathered(parts: Words[]): Words {
  return Object.assign({}, ...parts)
}

export const words = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': gathered(Object.values(chinese)) } as Record<string, Words>,
  // Keys are flat ("orders.over_credit" is both a refusal's code and its text), so a key is looked up whole, never by its dots.
  messageResolver: (messages, key) => (messages as Record<string, string>)[key] ?? null,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

const composer = words.global as unknown as Composer

export interface UseWords {
  /** The text of a key; `named` fills its {places}, and a `count` chooses among "one | many". */
  t: (key: string, named?: Record<string, unknown>, count?: number) => string
  /** Whether a key has a text: refusal codes of a newer server may not. */
  has: (key: string) => boolean
  locale: ComputedRef<Locale>
}

const locale = computed(() => composer.locale.value as Locale)

function t(key: string, named: Record<string, unknown> = {}, count?: number): string {
  return count === undefined ? composer.t(key, named) : composer.t(key, { count, n: count, ...named }, count)
}

/** The words, from a component or from anywhere else; no plugin has to be installed first. */
export function useWords(): UseWords {
  return { t, has: (key) => composer.te(key, 'zh-CN'), locale }
}

/** Shows the app in another language and remembers it on this phone. Resolves once its words are there. */
export async function setLocale(next: Locale): Promise<void> {
  if (next !== 'zh-CN' && !composer.availableLocales.includes(next)) {
    const parts = await Promise.all(Object.values(english).map((load) => load()))
    composer.setLocaleMessage(next, gathered(parts))
  }
  composer.locale.value = next
  document.documentElement.lang = next
  try {
    localStorage.setItem(KEPT_AS, next)
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
}

/** The language chosen before on this phone, else Chinese. */
export function keptLocale(): Locale {
  try {
    return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN'
  }
}
