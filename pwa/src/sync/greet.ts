// Hello: whose session this browser holds, which replica this is, which history the server has. Nothing is pushed before the person
// of the session is known to be the person whose outbox this is.

import { forked, recovering } from './core'
import { type Device, withMeta } from './device'
import type { Phone } from './phone'
import type { HelloAnswer } from './protocol'

export type Greeting =
  | { kind: 'welcome'; replica: string; is_wiped: boolean; min_schema: number; suspected_loss: number }
  /** The browser holds another person's session: this outbox waits for its owner. */
  | { kind: 'somebody_else' }

interface Me {
  id?: string
  person?: { id: string }
}

/** Raises TransportError: signed_out when there is no session. */
export async function greet(phone: Phone, aboutDevice: () => Promise<AboutDevice>): Promise<Greeting> {
  if (!(await isOwnSession(phone))) return { kind: 'somebody_else' }
  const device = await phone.store.device()
  const asked = device.meta.replica
  const { body, took } = await phone.transport.ask<HelloAnswer & { status?: string }>('/api/sync/hello', {
    text: JSON.stringify({
      proto: 1,
      replica: asked,
      ...(device.meta.prev_replica ? { prev_replica: device.meta.prev_replica } : {}),
      device: await aboutDevice(),
      schema: phone.settings.schema,
      client_time: phone.clock.wall(),
    }),
  })
  // Another person may have signed in between the two questions; a replica made for him must never carry this outbox.
  if (body.replica !== asked && !(await isOwnSession(phone))) return { kind: 'somebody_else' }
  phone.met(body.server_time, took)
  const [after] = await phone.store.change((now) => [greeted(now, asked, body), null])
  phone.changed(after)
  return {
    kind: 'welcome',
    replica: after.meta.replica ?? body.replica,
    is_wiped: body.status === 'wipe',
    min_schema: body.min_schema ?? 0,
    suspected_loss: body.suspected_loss?.count ?? 0,
  }
}

/** The device after hello. `asked` is the replica id that was sent: if it moved on meanwhile, the answer is about an old one. */
export function greeted(device: Device, asked: string | null, answer: Pick<HelloAnswer, 'replica' | 'epoch'>): Device {
  if (device.meta.replica !== asked) return device
  let after = device
  // The server would not have the id we sent (it is somebody else's): the same as finding it shared.
  if (answer.replica !== asked) {
    after = asked === null ? withMeta(after, { replica: answer.replica }) : forked(after, answer.replica, 0)
  }
  if (after.meta.epoch === null) return withMeta(after, { epoch: answer.epoch })
  return after.meta.epoch === answer.epoch ? after : recovering(after, answer.epoch)
}

async function isOwnSession(phone: Phone): Promise<boolean> {
  const { body } = await phone.transport.ask<Me>('/api/identity/me', { method: 'GET' })
  return (body.person?.id ?? body.id) === phone.person_id
}

export interface AboutDevice {
  ua: string
  standalone: boolean
  persisted: boolean
  quota: { used: number; total: number }
}
