// Weighs the first screen as a phone on a bad line gets it: start, what it imports, and one page. Fails above the limit.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUILT = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')
const LIMIT_KB = 90
const FIRST_PAGES = ['SignInPage.vue', 'TodayPage.vue']

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  isEntry?: boolean
}

const chunks = JSON.parse(readFileSync(join(BUILT, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>

function filesOf(name: string, found = new Set<string>(), seen = new Set<string>()): Set<string> {
  const chunk = chunks[name]
  if (!chunk || seen.has(name)) return found
  seen.add(name)
  found.add(chunk.file)
  for (const css of chunk.css ?? []) found.add(css)
  for (const next of chunk.imports ?? []) filesOf(next, found, seen)
  return found
}

function weigh(files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(join(BUILT, file)), { level: 9 }).length
  return bytes / 1024
}

const start = Object.keys(chunks).filter((name) => chunks[name]?.isEntry)
const base = new Set(start.flatMap((name) => [...filesOf(name)]))
const lines: [string, number, number][] = [['start', weigh(base), base.size]]
for (const page of FIRST_PAGES) {
  const names = Object.keys(chunks).filter((name) => name.endsWith(`/${page}`))
  const files = new Set([...base, ...names.flatMap((name) => [...filesOf(name)])])
  lines.push([names.length ? page : `${page} (within the start)`, weigh(files), files.size])
}

let is_too_heavy = false
for (const [name, kb, count] of lines) {
  is_too_heavy ||= kb > LIMIT_KB
  const verdict = kb > LIMIT_KB ? `over the limit of ${LIMIT_KB} KB` : ''
  process.stdout.write(`${name.padEnd(36)} ${kb.toFixed(1).padStart(6)} KB gzip in ${count} files ${verdict}\n`)
}
process.exitCode = is_too_heavy ? 1 : 0
