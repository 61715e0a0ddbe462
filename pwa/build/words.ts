// The words at build time: turns each text into what the app fills (src/core/message.ts), and refuses to build when the two languages differ,
// a key is not its domain's, or a t('…') in the sources has no text. Run alone (`node build/words.ts`) it only checks.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { baseCompile } from '@intlify/message-compiler'
import type { Plugin } from 'vite'
import type { Message } from '../src/core/message.ts'

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
const LANGUAGES = ['zh-CN', 'en'] as const
const WORDS_FILE = /[/\\]src[/\\][^/\\]+[/\\]words[/\\](?:zh-CN|en)\.json$/

type Texts = Record<string, string>

interface Node {
  type: number
  value?: string
  key?: string
  static?: string
  items?: Node[]
  cases?: Node[]
}

// The compiler's names for what a message consists of.
const PLURAL = 1
const TEXT = 3
const NAMED = 4
const LITERAL = 9

/** One case, by turns a text and the name of a place. Raises for what the app does not know: lists, links to other messages. */
function partsOf(node: Node): string[] {
  if (node.static !== undefined) return [node.static]
  const parts = ['']
  for (const item of node.items ?? []) {
    if (item.type === NAMED) parts.push(item.key ?? '', '')
    else if (item.type === TEXT || item.type === LITERAL) parts[parts.length - 1] += item.value ?? ''
    else throw new Error('only {named} places and plurals can be used')
  }
  if (parts.length > 1 && parts.at(-1) === '') parts.pop()
  return parts
}

/** A message as the app holds it (src/core/message.ts): its text when nothing is to be filled in. Raises when it is malformed. */
export function compiled(message: string): Message {
  const { ast } = baseCompile(message, {
    jit: true,
    location: false,
    onError: (error) => {
      throw error
    },
  })
  const body = (ast as unknown as { body: Node }).body
  const cases = body.type === PLURAL ? (body.cases ?? []).map(partsOf) : [partsOf(body)]
  return cases.length === 1 && cases[0]?.length === 1 ? (cases[0][0] as string) : cases
}

/** The places a message names, sorted: {metres}, {count}. Quoted literals such as {'@'} are none. */
function places(message: string): string {
  return [...new Set([...message.matchAll(/\{\s*([a-zA-Z_]\w*)\s*\}/g)].map((found) => found[1]))].sort().join(', ')
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function read(file: string, problems: string[]): Texts | undefined {
  try {
    const texts: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (texts && typeof texts === 'object' && !Array.isArray(texts)) return texts as Texts
    problems.push(`${file}: is not an object of texts`)
  } catch (error) {
    problems.push(`${file}: ${(error as Error).message}`)
  }
  return undefined
}

function checkDomain(sources: string, domain: string, problems: string[]): Set<string> {
  const [chinese, english] = LANGUAGES.map((language) =>
    read(join(sources, domain, 'words', `${language}.json`), problems),
  )
  const keys = new Set([...Object.keys(chinese ?? {}), ...Object.keys(english ?? {})])
  if (!chinese || !english) return keys
  for (const key of keys) {
    const at = `src/${domain}/words`
    if (!key.startsWith(`${domain}.`)) problems.push(`${at}: "${key}" does not start with "${domain}."`)
    for (const [language, texts] of [['zh-CN', chinese] as const, ['en', english] as const]) {
      const text = texts[key]
      if (typeof text !== 'string' || text.trim() === '') {
        problems.push(`${at}/${language}.json: "${key}" has no text`)
        continue
      }
      try {
        compiled(text)
      } catch (error) {
        problems.push(`${at}/${language}.json: "${key}": ${(error as Error).message}`)
      }
    }
    const named = LANGUAGES.map((_, index) => places(String((index ? english : chinese)[key] ?? '')))
    // A text that counts may name {count} or {n} in one language and say it with its plural in the other.
    const [left, right] = named.map((names) => names.replace(/\b(?:count|n)\b(?:, )?/g, '').replace(/, $/, ''))
    if (left !== right) problems.push(`${at}: "${key}" names {${left}} in Chinese and {${right}} in English`)
  }
  return keys
}

/** Everything wrong with the words, one plain line each; empty when all is well. */
export function wordsProblems(sources = SOURCES): string[] {
  const problems: string[] = []
  const files = filesUnder(sources)
  const domains = new Set(
    files.filter((file) => WORDS_FILE.test(file)).map((file) => relative(sources, file).split(sep)[0] as string),
  )
  const keys = new Set<string>()
  for (const domain of domains) for (const key of checkDomain(sources, domain, problems)) keys.add(key)

  const known = (prefix: string): boolean => [...keys].some((key) => key.startsWith(prefix))
  for (const file of files) {
    if (!/\.(?:ts|vue)$/.test(file) || /\.test\.ts$/.test(file)) continue
    const source = readFileSync(file, 'utf8')
    const at = relative(sources, file)
    for (const [, key] of source.matchAll(/(?<![\w$])t\(\s*['"]([^'"]+)['"]/g)) {
      if (key && !keys.has(key)) problems.push(`src/${at}: t('${key}') has no text`)
    }
    for (const [, prefix] of source.matchAll(/(?<![\w$])t\(\s*`([^`$]+)\$\{/g)) {
      if (prefix && !known(prefix)) problems.push(`src/${at}: no text starts with "${prefix}"`)
    }
    for (const [, key] of source.matchAll(/\b(?:label|title)\s*:\s*'([a-z]+\.[a-z0-9_.]+)'/g)) {
      if (key && domains.has(key.split('.')[0] as string) && !keys.has(key)) {
        problems.push(`src/${at}: "${key}" has no text`)
      }
    }
  }
  return problems
}

export function words(): Plugin {
  let isBuilding = false
  return {
    name: 'words',
    enforce: 'pre',
    configResolved({ command }) {
      isBuilding = command === 'build'
    },
    buildStart() {
      // While somebody is still writing, what is missing shows on the page.
      if (!isBuilding) return
      const problems = wordsProblems()
      if (problems.length) this.error(`The words are not complete:\n  ${problems.join('\n  ')}`)
    },
    transform(code, id) {
      if (!WORDS_FILE.test(id)) return null
      const texts = JSON.parse(code) as Texts
      const messages = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compiled(text)]))
      return { code: JSON.stringify(messages), map: null }
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = wordsProblems()
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  process.stdout.write(problems.length ? `${problems.length} problems with the words\n` : 'The words are complete.\n')
  process.exitCode = problems.length ? 1 : 0
}
