// Compares what a message was read as with what it says: right in everything, or unsure in what is not. Not shipped.

import type { Pasted, PastedLine } from '..'
import type { Block } from '../block'

/** A line beyond doubt as [code of the variant, quantity_e3, unit], or what is known of one that is not. */
export type Wanted = [string, number, string] | { quantity_e3?: number | null; among?: string[] }

export interface Expected {
  /** Null: whatever is read of it, nothing may be sure. */
  lines?: Wanted[] | null
  /** Recipient, mobile, province, city, county, street. */
  to?: [string, string, string, string, string, string]
  recipient?: string
  mobile?: string
  address?: [string, string, string, string]
  /** Of recipient, mobile and address those that must be shown unsure. */
  unsure?: ('recipient' | 'mobile' | 'address')[]
  /** Of the whole; without it whether every part of it is to be sure. */
  is_sure?: boolean
  rest?: string[]
  blocks?: Expected[]
}

export interface Verdict {
  /** Where it differs from what was expected. */
  differences: string[]
  /** Of these, where something wrong was shown as sure. */
  wrong: string[]
}

export function judge(read: Block & Partial<Pasted>, expected: Expected): Verdict {
  const verdict: Verdict = { differences: [], wrong: [] }
  judgeLines(read, expected, verdict)
  judgeRecipient(read, expected, verdict)
  const is_sure =
    expected.is_sure ??
    (!expected.unsure?.length && expected.lines !== null && (expected.lines ?? []).every((line) => Array.isArray(line)))
  if (read.is_sure !== is_sure) {
    verdict.differences.push(`is_sure ${read.is_sure}`)
    if (read.is_sure) verdict.wrong.push('says all is sure')
  }
  // A thing that is missing or different must at least put the whole in doubt.
  if (verdict.differences.length && read.is_sure)
    verdict.wrong.push(`sure all the same: ${verdict.differences.join('; ')}`)
  for (const piece of expected.rest ?? []) {
    if (!read.rest.some((rest) => rest.includes(piece))) verdict.differences.push(`rest without ${piece}`)
  }
  const blocks = expected.blocks ?? []
  const found = read.blocks ?? []
  if (found.length !== blocks.length) verdict.differences.push(`${found.length} blocks`)
  for (const [at, block] of blocks.entries()) {
    const inner = found[at] && judge(found[at], block)
    verdict.differences.push(...(inner?.differences ?? []).map((difference) => `block ${at}: ${difference}`))
    verdict.wrong.push(...(inner?.wrong ?? []).map((wrong) => `block ${at}: ${wrong}`))
  }
  return verdict
}

function judgeLines(read: Block, { lines = [] }: Expected, { differences, wrong }: Verdict): void {
  const sure = read.lines.filter((line) => line.is_sure)
  if (lines === null) {
    for (const line of sure) wrong.push(`${line.text} is sure`)
    differences.push(...wrong)
    return
  }
  const wanted = lines.flatMap((line) => (Array.isArray(line) ? [line.join(' ')] : []))
  for (const line of sure) {
    const at = wanted.indexOf(written(line))
    if (at < 0) wrong.push(`sure of ${written(line)}`)
    else wanted.splice(at, 1)
  }
  if (read.lines.length !== lines.length)
    differences.push(`${read.lines.length} lines: ${read.lines.map(written).join(', ')}`)
  for (const [at, line] of lines.entries()) {
    const got = read.lines[at]
    if (!got || !fits(got, line)) differences.push(`line ${at + 1}: ${got ? written(got) : 'none'}`)
  }
}

function written({ matches, quantity_e3, unit, is_sure }: PastedLine): string {
  const what = [matches[0]?.variant_id ?? '-', quantity_e3, unit].join(' ')
  return is_sure ? what : `${what} ?`
}

function fits(line: PastedLine, wanted: Wanted): boolean {
  if (Array.isArray(wanted)) return line.is_sure && written(line) === wanted.join(' ')
  const matched = line.matches.map(({ variant_id }) => variant_id)
  return (
    !line.is_sure &&
    (wanted.quantity_e3 === undefined || wanted.quantity_e3 === line.quantity_e3) &&
    (wanted.among ?? []).every((code) => matched.includes(code))
  )
}

function judgeRecipient(read: Block, expected: Expected, { differences, wrong }: Verdict): void {
  const [name, number, ...parts] = expected.to ?? []
  const { province, city, county, street } = read.address
  const fields = [
    ['recipient', read.recipient.text, expected.recipient ?? name ?? '', read.recipient.is_sure],
    ['mobile', read.mobile.text, expected.mobile ?? number ?? '', read.mobile.is_sure],
    [
      'address',
      [province, city, county, street].join('|'),
      (expected.address ?? (parts.length ? parts : ['', '', '', ''])).join('|'),
      read.address.is_sure,
    ],
  ] as const
  for (const [field, got, wanted, is_sure] of fields) {
    const must_doubt = expected.unsure?.includes(field) ?? false
    if (must_doubt ? !is_sure : is_sure && got === wanted) continue
    differences.push(`${field}: ${got}${is_sure ? '' : ' ?'}`)
    if (is_sure) wrong.push(`sure of ${field} ${got}`)
  }
}
