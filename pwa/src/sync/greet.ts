// Hello: which replica this is, which history the server has, and whether the browser's session is the person's whose outbox this
// is. The server refuses another's, here as in every push and pull.

import { forked, recovering } from './core'
import { type Device, withMeta } from './device'
import type { Phone } from './phone'
import { type HelloAnswer, type HelloRequest, PROTOCOL } from './protocol'

/**
 * The replica id from now on. Raises TransportError: signed_out when there is no session, `sync.other_person` when it is another's. `lastKnown`: how much waited
 * here when that was last noted; told when the store turns out to be empty.
 */
export async function greet(phone: Phone, aboutDevice: () => Promise<AboutDevice>, lastKnown = 0): Promise<string> {
  const device = await phone.store.device()
  const asked = device.meta.replica
  const hello: HelloRequest = {
    proto: PROTOCOL,
    person_id: phone.person_id,
    replica: asked,
    ...(device.meta.prev_replica ? { prev_replica: device.meta.prev_replica } : {}),
    ...(asked === null && lastKnown > 0 ? { lost: { outbox_depth_last_known: lastKnown } } : {}),
    device: await aboutDevice(),
    schema: phone.settings.schema,
    client_time: phone.clock.wall(),
  }
  const { body, took } = await phone.transport.ask<HelloAnswer>('/api/sync/hello', { text: JSON.stringify(hello) })
  phone.met(body.server_time, took)
  const lost = asked === null ? Math.max(body.suspected_loss?.count ?? 0, lastKnown) : 0
  const [after] = await phone.store.change((now) => {
    const next = greeted(now, asked, body, phone.clock.wall())
    // In one step with the replica id: whoever is greeted again has an id, and is not told twice nor never.
    return [lost > 0 && now.meta.replica === null ? withMeta(next, { lost }) : next, null]
  })
  phone.changed(after)
  return after.meta.replica ?? body.replica
}

/** The device after hello. `asked` is the replica id that was sent: if it moved on meanwhile, the answer is about an old one. */
export function greeted(
  device: Device,
  asked: string | null,
  answer: Pick<HelloAnswer, 'replica' | 'epoch'>,
  now: number,
): Device {
  if (device.meta.replica !== asked) return device
  let after = device
  // The server would not have the id we sent (it is somebody else's): the same as finding it shared.
  if (answer.replica !== asked) {
    after = asked === null ? withMeta(after, { replica: answer.replica }) : forked(after, answer.replica, now)
  }
  if (after.meta.epoch === null) return withMeta(after, { epoch: answer.epoch })
  return after.meta.epoch === answer.epoch ? after : recovering(after, answer.epoch)
}

export interface AboutDevice {
  ua: string
  standalone: boolean
  persisted: boolean
  quota: { used: number; total: number }
}
