// A command the server could not handle, as an administrator reads it.

import { useWords } from '../../core/words'
import { describeCommand } from '../../sync'
import type { components } from '../../wire/api'
import { agentName } from '../agents'

export type Stuck = components['schemas']['CommandSeen']

/** What it is in its author's words; of what this build has no words for, only that. */
export function titleOf(row: Stuck): string {
  const { title, note } = describeCommand({ name: row.name, args: JSON.stringify(row.args) })
  if (title === row.name) return useWords().t('identity.stuck_nameless')
  return note ? `${title} · ${note}` : title
}

export function deviceOf(row: Stuck): string {
  return agentName(String(row.device?.ua ?? '')) || useWords().t('identity.some_device')
}

/** Why it waits; the code itself when there are no words for it. */
export function whyOf({ code }: Stuck): string {
  const { t, has } = useWords()
  const key = `identity.stuck.${code}`
  return has(key) ? t(key) : (code ?? '')
}

/** What was sent, laid out to be read. */
export function sentText(row: Stuck): string {
  return JSON.stringify(row.args, null, 2)
}
