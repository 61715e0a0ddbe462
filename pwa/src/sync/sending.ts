// One picture on its way: offered, sent in the parts the server lacks, completed. Which picture, and when, is in blobs.ts; how one
// part travels is in upload.ts.

import { base64, sha256 as digestOf } from '../core/sha256'
import type { Phone } from './phone'
import { type Fault, TransportError } from './transport'

/** Sends one part; raises TransportError. A part that makes no progress for a while is given up and may be sent again. */
export type SendPart = (path: string, part: ArrayBuffer, headers: Record<string, string>) => Promise<void>

interface BlobAnswer {
  state: 'complete' | 'partial'
  have: number[]
}

interface Picture {
  sha256: string
  mime: string
  bytes: ArrayBuffer
}

const TRIES = 3

/** Every part is there and the server could not finish: this picture may be why, so the others do not wait for it. */
export class NotCompleted extends Error {
  constructor(cause: unknown) {
    super('not completed', { cause })
  }
}

/**
 * Whether the server has all of it now; not when it was told to stop, which is asked after every part. Raises TransportError, and
 * NotCompleted around one. `onShare` hears how much of it arrived.
 */
export async function sendPicture(
  phone: Phone,
  sendPart: SendPart,
  { sha256, mime, bytes }: Picture,
  onShare: (share: number) => void,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const { part_size } = phone.settings
  const count = Math.ceil(bytes.byteLength / part_size)
  const path = `/api/files/blobs/${sha256}`
  // The server refuses it under the session of another (I20).
  const headers = { 'x-person-id': phone.person_id }
  onShare(0)
  const offer = JSON.stringify({ sha256, size: bytes.byteLength, mime, part_size })
  const { body } = await phone.transport.ask<BlobAnswer>('/api/files/blobs', { text: offer, headers })
  if (body.state === 'complete') return true
  const have = new Set(body.have)
  let missing = Array.from({ length: count }, (_, n) => n).filter((n) => !have.has(n))
  for (let round = 0; ; round++) {
    for (const n of missing) {
      await sent(sendPart, `${path}/${n}`, bytes.slice(n * part_size, (n + 1) * part_size), headers)
      have.add(n)
      onShare(have.size / count)
      if (!mayGoOn()) return false
    }
    try {
      await phone.transport.ask<BlobAnswer>(`${path}/complete`, { text: '{}', headers, timeout_ms: 60_000 })
      return true
    } catch (error) {
      const kind = faultOf(error)?.kind
      if (kind === 'busy' || kind === 'offline') throw new NotCompleted(error)
      const bad = badParts(error)
      if (!bad || round >= TRIES) throw error
      missing = bad.filter((n) => n < count)
      for (const n of missing) have.delete(n)
    }
  }
}

async function sent(sendPart: SendPart, path: string, part: ArrayBuffer, whose: Record<string, string>): Promise<void> {
  const digest = base64(await digestOf(part))
  const headers = { ...whose, 'content-type': 'application/octet-stream', 'content-digest': `sha-256=:${digest}:` }
  for (let tries = 1; ; tries++) {
    try {
      return await sendPart(path, part, headers)
    } catch (error) {
      const fault = faultOf(error)
      const isWorthIt = fault?.kind === 'offline' || (fault?.kind === 'refused' && fault.code === 'files.part_corrupt')
      if (!isWorthIt || tries >= TRIES) throw error
    }
  }
}

export function faultOf(error: unknown): Fault | null {
  return error instanceof TransportError ? error.fault : null
}

function badParts(error: unknown): number[] | null {
  const fault = faultOf(error)
  if (fault?.kind !== 'refused' || fault.code !== 'files.parts_bad') return null
  const problem = fault.detail as { bad?: number[]; details?: { bad?: number[] } } | null
  return problem?.details?.bad ?? problem?.bad ?? null
}
