// A picture sent from a desk, which waits for it: offered, in the parts the server lacks, completed. A phone's own pictures go by the lane
// that outlives its page (sync/blobs.ts).

import { ask } from '../../core/api'
import { base64, sha256 as digestOf, hex } from '../../core/sha256'

const PART_SIZE = 1024 * 1024

export interface Uploaded {
  sha256: string
  size: number
}

/** Resolves when the server has all of it and could read it as a picture. Raises ApiError. */
export async function uploadPicture(file: Blob): Promise<Uploaded> {
  const bytes = await file.arrayBuffer()
  const sha256 = hex(await digestOf(bytes))
  const size = bytes.byteLength
  const path = '/api/files/blobs'
  const offer = { sha256, size, mime: file.type, part_size: PART_SIZE }
  const { state, have } = await ask<{ state: string; have: number[] }>('POST', path, offer)
  if (state === 'complete') return { sha256, size }
  for (let n = 0; n * PART_SIZE < size; n++) {
    if (have.includes(n)) continue
    const part = bytes.slice(n * PART_SIZE, (n + 1) * PART_SIZE)
    const digest = `sha-256=:${base64(await digestOf(part))}:`
    await ask('PUT', `${path}/${sha256}/${n}`, new Blob([part]), { 'content-digest': digest })
  }
  await ask('POST', `${path}/${sha256}/complete`)
  return { sha256, size }
}
