// What stands on the papers and pages of an order, as fen, to be held against each other.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { ROOT } from './server'

/** "¥1,234.50" in fen. */
export function fenOf(text: string): number {
  const [, sign = '', yuan = '', fen = ''] = /([-−]?)¥\s*([\d,]+)\.(\d\d)/.exec(text) ?? []
  if (!fen) throw new Error(`no amount: ${text}`)
  return (sign ? -1 : 1) * (Number(yuan.replaceAll(',', '')) * 100 + Number(fen))
}

/** The amounts in a part of a page, from top to bottom. */
export async function amountsIn(part: Locator): Promise<number[]> {
  return (await part.locator('.base-money > .unseen').allTextContents()).map(fenOf)
}

/** The first sheet of an xlsx file, read by somebody else's program: its rows by the titles of its columns. */
export function sheetOf(path: string): Record<string, string | number>[] {
  const code = `import json, sys
from python_calamine import CalamineWorkbook
print(json.dumps(CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()))`
  const python = join(ROOT, '.venv', 'bin', 'python')
  const [head = [], ...rows] = JSON.parse(execFileSync(python, ['-c', code, path], { encoding: 'utf8' })) as (
    | string
    | number
  )[][]
  return rows.map((cells) => Object.fromEntries(head.map((title, at) => [title, cells[at] ?? ''])))
}
