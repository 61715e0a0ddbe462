// What counts as an answer of the server, and what is only the network in between.

import { afterEach, expect, test, vi } from 'vitest'
import { fetchTransport, TransportError } from './transport'

afterEach(() => {
  vi.useRealTimers()
})

function answering(make: () => Response | Promise<Response>) {
  return fetchTransport(() => 0, (async () => make()) as typeof fetch)
}

function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  })
}

async function faultOf(make: () => Response | Promise<Response>) {
  const error = await answering(make)
    .ask('/api')
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(TransportError)
  return (error as TransportError).fault
}

test('an answer is its JSON', async () => {
  expect(await answering(() => json({ a: 1 })).ask('/api')).toEqual({ body: { a: 1 }, took: 0 })
  expect((await answering(() => new Response(null, { status: 204 })).ask('/api')).body).toBeNull()
})

test.each([
  ["a captive portal's page", () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['a redirect to it', () => Promise.reject(new TypeError('unexpected redirect'))],
  [
    'a proxy that says no in HTML',
    () => new Response('<html>', { status: 403, headers: { 'content-type': 'text/html' } }),
  ],
  ['JSON cut off', () => new Response('{"a":', { headers: { 'content-type': 'application/json' } })],
  ['a dropped connection Safari calls an abort', () => Promise.reject(new DOMException('aborted', 'AbortError'))],
])('%s is silence', async (_name, make) => {
  expect(await faultOf(make)).toEqual({ kind: 'offline' })
})

test.each([
  [401, {}, { kind: 'signed_out' }],
  [413, {}, { kind: 'too_large' }],
  [429, { 'retry-after': '7' }, { kind: 'busy', after_ms: 7000 }],
  [503, {}, { kind: 'busy', after_ms: null }],
  [
    503,
    { 'retry-after': 'Sun, 22 Nov 2026 16:00:30 GMT', date: 'Sun, 22 Nov 2026 16:00:00 GMT' },
    { kind: 'busy', after_ms: 30_000 },
  ],
])('%i with %o', async (status, headers, fault) => {
  expect(await faultOf(() => json({ code: 'x' }, { status, headers }))).toEqual(fault)
})

test('a final no carries its code', async () => {
  const problem = { code: 'sync.replica_wiped', status: 403 }
  const make = () => json(problem, { status: 403, headers: { 'content-type': 'application/problem+json' } })
  expect(await faultOf(make)).toEqual({ kind: 'refused', status: 403, code: 'sync.replica_wiped', detail: problem })
})

test('a bad gateway without JSON is busy, not silence', async () => {
  expect(await faultOf(() => new Response('<html>', { status: 502 }))).toEqual({ kind: 'busy', after_ms: null })
})

test('waits twenty seconds, not for ever; never from a cache, always with the cookie', async () => {
  vi.useFakeTimers()
  const send = vi.fn(
    (_path: string, init: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      }),
  )
  const asking = fetchTransport(() => 0, send as unknown as typeof fetch).ask('/api', { text: '{}' })
  const told = expect(asking).rejects.toMatchObject({ fault: { kind: 'offline' } })
  await vi.advanceTimersByTimeAsync(20_000)
  await told
  expect(send.mock.calls[0]?.[1]).toMatchObject({
    cache: 'no-store',
    credentials: 'same-origin',
    redirect: 'error',
    method: 'POST',
  })
})
