// Weighs the first screens as a phone on a bad line gets them, without cache or service worker: signing in, and a later launch until
// today's rows are there. Fails above a limit, and when a part it weighs is no longer found.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUILT = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist')

interface Screen {
  name: string
  /** What it loads besides the start: each pattern names at least one part that the start loads when it needs it. */
  parts: RegExp[]
  limit: number
}

const SIGN_IN = [/identity\/SignInPage\.vue$/, /identity\/words\/zh-CN\.json$/]
const TODAY = [/visits\/TodayPage\.vue$/, /visits\/words\/zh-CN\.json$/]
// The rows come out of the database with what waits in the outbox on top: reading, and the effects of the domains whose commands wait.
// What sends and receives is fetched after them.
const ROWS = [/sync\/opening\.ts$/]

const SCREENS: Screen[] = [
  { name: 'start, before any page', parts: [], limit: 66 },
  { name: 'sign-in', parts: SIGN_IN, limit: 80 },
  { name: 'Today, drawn', parts: TODAY, limit: 82 },
  { name: 'Today, with its rows', parts: [...TODAY, ...ROWS], limit: 90 },
]

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  dynamicImports?: string[]
  isEntry?: boolean
}

const chunks = JSON.parse(readFileSync(join(BUILT, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>
const start = Object.keys(chunks).find((name) => chunks[name]?.isEntry) ?? ''

/** The files of these parts with all they import. */
function filesOf(names: readonly string[]): Set<string> {
  const files = new Set<string>()
  const seen = new Set<string>()
  const visit = (name: string): void => {
    const chunk = chunks[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const name of names) visit(name)
  return files
}

function partsOf(screen: Screen): string[] {
  const loaded = chunks[start]?.dynamicImports ?? []
  return screen.parts.flatMap((pattern) => {
    const found = loaded.filter((name) => pattern.test(name))
    if (!found.length) throw new Error(`${screen.name}: nothing the start loads is called ${pattern}`)
    return found
  })
}

function weigh(files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) bytes += gzipSync(readFileSync(join(BUILT, file)), { level: 9 }).length
  return bytes / 1024
}

function row(...cells: [string, ...string[]]): void {
  const [name, ...figures] = cells
  process.stdout.write(`${name.padEnd(26)}${figures.map((figure) => figure.padStart(9)).join('')}\n`)
}

row('gzip, KB', 'scripts', 'styles', 'together', 'limit', 'files')
for (const screen of SCREENS) {
  const files = [...filesOf([start, ...partsOf(screen)])]
  const styles = weigh(files.filter((file) => file.endsWith('.css')))
  const together = weigh(files)
  const is_over = together > screen.limit
  if (is_over) process.exitCode = 1
  const figures = [together - styles, styles, together].map((kb) => kb.toFixed(1))
  row(screen.name, ...figures, String(screen.limit), String(files.length), ...(is_over ? ['TOO MUCH'] : []))
}
