// The words on screen, Chinese first. Each domain keeps its own in <domain>/words/{zh-CN,en}.json, flat keys that begin with the
// domain's name; they are found by name here, so that a domain has nothing to register. What they may hold is in message.ts.

import { computed, type Ref, shallowReactive, shallowRef } from 'vue'
import { formatted, type Message } from './message'
import type { Locale } from './times'

type Words = Record<string, Message>

export const LOCALES: { locale: Locale; name: string }[] = [
  { locale: 'zh-CN', name: '简体中文' },
  { locale: 'en', name: 'English' },
]

const KEPT_AS = 'roundsman.locale'

// The frame's own words come with the app; every domain's with its first page, so that the first screen carries no other's.
const first = import.meta.glob<Words>('./words/zh-CN.json', { eager: true, import: 'default' })
const files = import.meta.glob<Words>(['../*/words/*.json', '!./words/zh-CN.json'], { import: 'default' })

const chosen = shallowRef<Locale>('zh-CN')
const locale = computed(() => chosen.value)
const held = shallowReactive(new Map<string, Words>())
const coming = new Map<string, Promise<void>>()

function fileOf(language: Locale, domain: string): string {
  return domain === 'core' ? `./words/${language}.json` : `../${domain}/words/${language}.json`
}

for (const [file, words] of Object.entries(first)) held.set(file, words)

function load(file: string): Promise<void> {
  const from = files[file]
  if (held.has(file) || !from) return Promise.resolve()
  let load = coming.get(file)
  if (!load) {
    load = from()
      .then((words) => void held.set(file, words))
      .finally(() => coming.delete(file))
    coming.set(file, load)
  }
  return load
}

/** Fetches the words of these domains in the language shown; of all domains when none is named. Raises when they do not come. */
export async function loadWords(domains?: readonly string[]): Promise<void> {
  const of = chosen.value
  const wanted = domains?.map((domain) => fileOf(of, domain)) ?? Object.keys(files).filter((file) => file.includes(of))
  await Promise.all(wanted.map(load))
}

/** A key's message; undefined when it has none, null while its words are on their way. */
function messageOf(key: string): Message | null | undefined {
  const file = fileOf(chosen.value, key.slice(0, key.indexOf('.')))
  const words = held.get(file)
  if (words) return words[key]
  if (!files[file]) return undefined
  load(file).catch(() => undefined)
  return null
}

export interface UseWords {
  /** The text of a key; `named` fills its {places}, and a `count` chooses among "one | many". Empty until its words are there. */
  t: (key: string, named?: Record<string, unknown>, count?: number) => string
  /** Whether a key has a text: refusal codes of a newer server may not. */
  has: (key: string) => boolean
  locale: Readonly<Ref<Locale>>
}

function t(key: string, named: Record<string, unknown> = {}, count?: number): string {
  const message = messageOf(key)
  if (message === null) return ''
  if (message === undefined) return key
  return formatted(message, count === undefined ? named : { count, n: count, ...named }, count)
}

/** The words, from a component or from anywhere else. */
export function useWords(): UseWords {
  return { t, has: (key) => messageOf(key) !== undefined, locale }
}

/** Shows the app in another language and remembers it on this phone. Resolves once its words are there. */
export async function setLocale(next: Locale): Promise<void> {
  const shown = [...held.keys()].map((file) => file.replace(chosen.value, next))
  await Promise.all(shown.map(load))
  chosen.value = next
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
