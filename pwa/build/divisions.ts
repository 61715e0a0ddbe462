// The tree of divisions for the phone, made at build time from the server's one list (backend/roundsman/customers/divisions.csv): a module
// `virtual:divisions` that holds nothing but one text. Import it only with import(): it is a file of its own, fetched when first needed.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const LIST = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  'backend',
  'roundsman',
  'customers',
  'divisions.csv',
)
const NAME = 'virtual:divisions'
const RESOLVED = `\0${NAME}`

/**
 * The list as src/customers/divisions.ts reads it: a line for each province, in it the cities parted by `|`, each with its counties parted
 * by `,`: `11北京市|市辖区,东城区,西城区|…`. Of the codes only the province's is kept; the order of the others is that of the list.
 * Raises when the list is not in the order of its codes, or a division stands under none.
 */
export function packed(csv: string): string {
  const lines: string[] = []
  let before = ''
  for (const row of csv.trim().split(/\r?\n/).slice(1)) {
    const [code = '', name = ''] = row.split(',')
    if (!name || /[|,\n]/.test(name) || code <= before) throw new Error(`divisions.csv: ${row} is out of place`)
    const parent = code.length === 2 ? '' : code.slice(0, -2)
    if (!before.startsWith(parent)) throw new Error(`divisions.csv: ${row} stands under nothing`)
    if (code.length === 2) lines.push(`${code}${name}`)
    else lines[lines.length - 1] += `${code.length === 4 ? '|' : ','}${name}`
    before = code
  }
  return lines.join('\n')
}

export function divisions(): Plugin {
  return {
    name: 'divisions',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined
      this.addWatchFile(LIST)
      return `export default ${JSON.stringify(packed(readFileSync(LIST, 'utf8')))}`
    },
  }
}
