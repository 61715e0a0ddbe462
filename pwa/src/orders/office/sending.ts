// Commands from the desk that are pressed again when nothing came back: the same command goes under the same key until the server has
// decided, so that it happens once.

import { ApiError, send } from '../../core/api'
import { uuid7 } from '../../core/ids'
import type { Answers, Payloads } from '../../wire/commands'

/** Refusals that are not about this command: nobody is signed in any more, or too much is asked at once. */
const OF_ALL = [401, 429]

/** Whether the server has decided: silence, overload and a crash leave it open, and the same key asks again. */
export function isDecided(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && !OF_ALL.includes(error.status)
}

const open = new Map<string, string>()

/** Sends a command; the same one again while it is undecided is the same. Raises ApiError. */
export async function sendOnce<Name extends keyof Payloads & keyof Answers>(
  name: Name,
  args: Payloads[Name],
): Promise<Answers[Name]> {
  const same = `${name} ${JSON.stringify(args)}`
  const key = open.get(same) ?? uuid7()
  open.set(same, key)
  try {
    const answer = await send(name, args, key)
    open.delete(same)
    return answer
  } catch (error) {
    if (isDecided(error)) open.delete(same)
    throw error
  }
}
