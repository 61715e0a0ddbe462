// One push: seal a batch, send it, file the answers. When to push, and how often, is the loop's.

import { type PushOutcome, pushAnswered, sealed } from './core'
import { openEntries } from './device'
import type { Phone } from './phone'
import { type PushAnswer, pushBody } from './protocol'
import { TransportError } from './transport'

export type Pushed = PushOutcome | { kind: 'nothing' }

/** Sends the next batch. Raises TransportError when no answer came: the batch stays sealed and goes again as it is. */
export async function push(phone: Phone, options: { items?: number; keepalive?: boolean } = {}): Promise<Pushed> {
  const { store, settings } = phone
  const limit = { items: options.items ?? settings.push.items, bytes: options.keepalive ? 40_000 : settings.push.bytes }
  const [device, commands] = await store.change((before) => {
    const batch = sealed(before, limit, phone.clock.wall())
    return batch ? [batch.device, batch.commands] : [before, null]
  })
  const { replica, epoch } = device.meta
  if (!commands || replica === null || epoch === null) return { kind: 'nothing' }
  const waiting = openEntries(device)
  const text = pushBody({
    person_id: phone.person_id,
    epoch,
    replica,
    schema: settings.schema,
    client_time: phone.clock.wall(),
    outbox: {
      depth: waiting.length,
      oldest_at: Math.min(...waiting.map((entry) => entry.captured_at)),
      blobs: phone.photosWaiting(),
    },
    commands: commands.map(({ number, uuid, name, v, args, captured_at, tz, skew_ms, deps, blobs }) => {
      return { number, uuid, name, v, args, captured_at, tz, skew_ms, deps, blobs }
    }),
  })
  phone.sending(new Set(commands.map((command) => command.uuid)))
  phone.changed(device)
  try {
    const { body, took } = await phone.transport.ask<PushAnswer>('/api/sync/push', {
      text,
      ...(options.keepalive ? { keepalive: true } : {}),
    })
    phone.met(body.server_time, took)
    const [after, outcome] = await store.change((now) => {
      const answered = pushAnswered(now, { replica, epoch }, body, phone.clock.wall(), phone.newId)
      return [answered.device, answered.outcome]
    })
    phone.sending(new Set())
    phone.changed(after)
    if (outcome.kind === 'recovering' || outcome.kind === 'forked') phone.log(`push ${outcome.kind}`, outcome)
    return outcome
  } catch (error) {
    phone.sending(new Set())
    phone.changed(await store.device())
    if (error instanceof TransportError && error.fault.kind === 'too_large' && commands.length > 1) {
      return push(phone, { ...options, items: Math.ceil(commands.length / 2) })
    }
    throw error
  }
}
