// Between what a form step's fields hold while they are typed (texts) and the answers that are recorded. Pure.

import type { Answers } from './commands/rounds'
import type { FormField } from './queries/visit'

/** A number as it is recorded: whole ones as integers, others as the text typed, because nothing here is a float. */
function numberOf(text: string): number | string | null {
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  return /^-?\d{1,15}[.,]\d{1,6}$/.test(text) ? text.replace(',', '.') : null
}

export interface Read {
  answers: Answers
  /** What is wrong, by field: 'missing' or 'not_a_number'. */
  wrong: Record<string, 'missing' | 'not_a_number'>
}

/** Reads what was typed. Empty fields are left out; a required one is named, and so is a number that is none. */
export function readAnswers(fields: readonly FormField[], typed: Readonly<Record<string, string>>): Read {
  const answers: Answers = {}
  const wrong: Read['wrong'] = {}
  for (const { key, type, is_required } of fields) {
    const text = (typed[key] ?? '').trim()
    if (!text) {
      if (is_required) wrong[key] = 'missing'
      continue
    }
    const value = type === 'number' ? numberOf(text) : type === 'yes_no' ? text === 'yes' : text
    if (value === null) wrong[key] = 'not_a_number'
    else answers[key] = value
  }
  return { answers, wrong }
}

/** What the fields show for answers recorded before. */
export function typedAnswers(
  fields: readonly FormField[],
  answers: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ key, type }) => {
      const value = answers[key]
      if (value === undefined || value === null) return [key, '']
      if (type === 'yes_no') return [key, value ? 'yes' : 'no']
      return [key, String(value)]
    }),
  )
}
