// A command pressed again is the same one until it is decided.

import { afterEach, expect, test, vi } from 'vitest'
import { sendOnce } from './sending'

interface Sent {
  path: string
  key: string
}

function server(...answers: (number | null)[]): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal('fetch', async (path: string, options: { headers: Record<string, string> }) => {
    sent.push({ path, key: options.headers['idempotency-key'] ?? '' })
    const status = answers[sent.length - 1] ?? 200
    if (status === 0) throw new TypeError('Failed to fetch')
    const body = status === 200 ? { result: { state: 'packed' } } : { code: 'orders.stale', details: {} }
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  return sent
}

afterEach(() => {
  vi.unstubAllGlobals()
})

const args = { order_id: 'o', expect: 'allocated', reason: '' }
const pack = (): Promise<unknown> => sendOnce('orders.pack', args).catch((error) => error)

test('after silence and overload it goes under the same key', async () => {
  const sent = server(0, 503, 200)
  for (let times = 0; times < 3; times += 1) await pack()
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  expect(sent[0]?.path).toBe('/api/commands/orders.pack')
})

test('once decided, the next is another one', async () => {
  const sent = server(200, 409, 200)
  for (let times = 0; times < 3; times += 1) await pack()
  expect(new Set(sent.map(({ key }) => key)).size).toBe(3)
})

test('another command is another one', async () => {
  const sent = server(0, 0)
  await pack()
  await sendOnce('orders.pack', { ...args, reason: 'x' }).catch(() => undefined)
  expect(sent[0]?.key).not.toBe(sent[1]?.key)
})
