// A refusal in the person's words: the text of its code, or what kind of thing it is when this build has no text for it.

import { ApiError } from './api'
import { useWords } from './words'

/** What to read when something said no: `code` as the server or the store gave it, `details` fill its places. */
export function sayRefusal(code: string, details: Record<string, unknown> = {}): string {
  const { t, has } = useWords()
  if (has(code)) return t(code, { field: '', ...details })
  if (has(`core.refused.${code}`)) return t(`core.refused.${code}`, details)
  return t('core.refused.unknown', { code })
}

/** The same for something thrown: an ApiError, a failure of the store, or a bug. */
export function sayError(error: unknown): string {
  if (error instanceof ApiError) return sayRefusal(error.code, error.details)
  const code = (error as { code?: unknown } | null)?.code
  return sayRefusal(typeof code === 'string' ? code : 'error')
}
