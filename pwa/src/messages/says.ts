// How messages are said. Only text.

import { useWords } from '../core/words'
import type { Message } from './queries'

const { t, has } = useWords()

const CASE: Record<string, (args: Message['args']) => string> = {
  approval_wanted: ({ what }) => `approval_${what}`,
  order_moved: ({ verb }) => `order_${verb}`,
  customer_assigned: ({ is_gained }) => (is_gained ? 'customer_gained' : 'customer_lost'),
  target_reached: ({ is_own }) => (is_own ? 'target_own' : 'target'),
  command_refused: () => 'refused',
}

/** What happened, in one sentence; the name of its kind when this build has no sentence for it. */
export function sayMessage({ kind, args }: Message): string {
  const key = `messages.says.${CASE[kind]?.(args)}`
  if (has(key)) return t(key, args)
  if (kind === 'order_moved') return t('messages.says.order', args)
  const name = `messages.kind.${kind}`
  return has(name) ? t(name) : t('messages.title')
}

/** The line under it; empty for none. */
export function sayMore({ kind, args }: Message): string {
  return kind === 'command_refused' ? String(args.said || t('messages.says.refused_note')) : ''
}

/** A minute of the day as 'HH:MM', and back. */
export function sayMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** The minute of the day of 'HH:MM'; null for anything else. */
export function minuteOf(time: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}
