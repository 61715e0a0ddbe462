// One part of a picture on its way. XMLHttpRequest, because it alone tells how far an upload got: a part is given up when nothing moved
// for a while, not because a slow network is slow.

import type { SendPart } from './sending'
import { TransportError } from './transport'

const STALLED = 15_000

export const xhrSendPart: SendPart = (path, part, headers) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    let watch: ReturnType<typeof setTimeout>
    const moved = () => {
      clearTimeout(watch)
      watch = setTimeout(() => request.abort(), STALLED)
    }
    const silence = () => {
      clearTimeout(watch)
      // Safari says "abort" when the connection drops: whoever caused it, no answer came.
      reject(new TransportError({ kind: 'offline' }))
    }
    request.open('PUT', path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = moved
    request.onprogress = moved
    request.onerror = silence
    request.onabort = silence
    request.ontimeout = silence
    request.onload = () => {
      clearTimeout(watch)
      const { status } = request
      if (status === 204) resolve()
      else if (status === 401) reject(new TransportError({ kind: 'signed_out' }))
      else if (status === 429 || status >= 500) {
        const seconds = Number(request.getResponseHeader('retry-after'))
        reject(new TransportError({ kind: 'busy', after_ms: seconds > 0 ? seconds * 1000 : null }))
      } else if (!/json/.test(request.getResponseHeader('content-type') ?? '')) silence()
      else {
        const detail = JSON.parse(request.responseText) as { code?: string }
        reject(new TransportError({ kind: 'refused', status, code: detail.code ?? 'unknown', detail }))
      }
    }
    moved()
    request.send(part)
  })
