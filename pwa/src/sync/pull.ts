// One pull: page after page into staging until the last one becomes a checkpoint. What a page means is in staging.ts, how it is
// kept in rows_store.ts.

import { digestOf } from './base'
import type { Device, Meta } from './device'
import type { Phone } from './phone'
import type { PullAnswer } from './protocol'
import { pullRequest, resetting, understanding } from './staging'

export interface Pulled {
  /** Whether a checkpoint was committed, and whether anything in it was new. */
  is_committed: boolean
  notices: string[]
}

/** Pulls until the checkpoint. Raises TransportError when the server is silent: the pages taken so far stay. */
export async function pull(phone: Phone, options: { want_digest?: boolean } = {}): Promise<Pulled> {
  const { checkpoints, settings } = phone
  const notices: string[] = []
  for (let restarts = 0; restarts < 3; ) {
    const device = await ownDevice(phone)
    const request = pullRequest(device, await checkpoints.staging(device), {
      schema: settings.schema,
      tables: { ...settings.tables },
      limit: settings.pull,
      ...(options.want_digest ? { want_digest: true } : {}),
    })
    if (!request) return { is_committed: false, notices }
    const { body, took } = await phone.transport.ask<PullAnswer>('/api/sync/pull', {
      text: JSON.stringify({ ...request, person_id: phone.person_id }),
    })
    if ('server_time' in body) phone.met(body.server_time, took)
    if ('notices' in body) notices.push(...(body.notices ?? []).map((notice) => notice.code))
    const taken = await checkpoints.take(request, body, phone.clock.wall(), phone.newId)
    if (taken.kind === 'stale' || taken.kind === 'unnamed') restarts += 1
    if (taken.kind === 'recovering') {
      restarts += 1
      phone.log('pull recovering', taken.because)
      if (taken.because === 'went_back') tellWentBack(phone, device.meta)
    }
    if (taken.kind === 'committed') {
      phone.changed(taken.device, taken.delta.keys())
      if (taken.digest) await compareDigest(phone, taken.digest)
      return { is_committed: true, notices }
    }
    phone.changed(taken.device)
  }
  return { is_committed: false, notices }
}

/** Asked before every page: a tab with another build may have read meanwhile, under other tables. */
async function ownDevice({ store, settings }: Phone): Promise<Device> {
  const device = await store.device()
  if (understanding(device, settings.tables) === device) return device
  const [own] = await store.change((now) => [understanding(now, settings.tables), null])
  return own
}

/** The server may have lost its past without a word: what this phone has seen of it lets the others hear of it too. */
function tellWentBack(phone: Phone, { epoch, replica, head, acked_number }: Meta): void {
  report(phone, 'went_back', { epoch, replica, head, acked_number })
}

/** Compares what is really held with what the server says it should be; a bucket that differs is read again from zero. */
async function compareDigest(phone: Phone, told: Record<string, { n: number; s: string }>): Promise<void> {
  await phone.rows.load(Object.keys(phone.settings.tables))
  const held = digestOf(phone.rows.base)
  const wrong = Object.keys(told).filter((bucket) => {
    const own = held[bucket] ?? { n: 0, s: '0' }
    return own.n !== told[bucket]?.n || own.s !== told[bucket]?.s
  })
  if (wrong.length === 0) return
  report(phone, 'digest_mismatch', { buckets: wrong })
  const [device] = await phone.store.change((before) => [resetting(before, wrong), null])
  phone.changed(device)
}

/** Tells support about something that should not happen; nothing waits for it. */
export function report(phone: Phone, kind: string, body: unknown): void {
  phone.log(kind, body)
  phone.transport.ask('/api/sync/report', { text: JSON.stringify({ kind, body }) }).catch(() => {})
}
