// What a person asks of the server about his own account: where he is signed in, and his password. Online only; none of it waits in an
// outbox.

import { ask, type Page, send } from '../core/api'
import type { components } from '../wire/api'

export type Session = components['schemas']['SessionRow']

/** Everywhere this person is signed in. Raises ApiError. */
export async function sessionsOfMine(): Promise<Session[]> {
  return (await ask<Page<Session>>('GET', '/api/identity/sessions')).rows
}

/** Signs out elsewhere. Raises ApiError. */
export async function endSession(session_id: string): Promise<void> {
  await ask('DELETE', `/api/identity/sessions/${session_id}`)
}

/** The present password proves who asks. Raises ApiError. */
export async function changePassword(current: string, fresh: string): Promise<void> {
  await send('identity.change_password', { current, new: fresh })
}
