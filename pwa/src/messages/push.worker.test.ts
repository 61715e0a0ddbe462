// What the service worker makes of a push and of a tap, in a scope that is not one.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const ID = '01a23041-82c9-708c-beaf-13658f8943d1'
const heard = new Map<string, (event: unknown) => void>()
const shown: [string, { tag?: string; data: { id?: string } }][] = []
const opened: string[] = []
const posted: unknown[] = []
let clients: { postMessage: (message: unknown) => void; focus: () => Promise<void> }[] = []
let badge: number | null = null

beforeEach(async () => {
  heard.clear()
  for (const list of [shown, opened, posted]) list.length = 0
  clients = []
  badge = null
  vi.stubGlobal('self', {
    addEventListener: (name: string, run: (event: unknown) => void) => heard.set(name, run),
    registration: { showNotification: async (...given: (typeof shown)[number]) => shown.push(given) },
    clients: { matchAll: async () => clients, openWindow: async (path: string) => opened.push(path) },
    navigator: {
      setAppBadge: async (count: number) => {
        badge = count
      },
    },
  })
  const { listenForPushes } = await import('./push.worker')
  listenForPushes()
})
afterEach(() => vi.unstubAllGlobals())

async function happen(name: string, event: object): Promise<void> {
  let done: Promise<unknown> | undefined
  const waitUntil = (promise: Promise<unknown>) => {
    done = promise
  }
  heard.get(name)?.({ ...event, waitUntil })
  await done
}

function pushed(content: string): object {
  return { data: { json: () => JSON.parse(content) } }
}

test.each([
  ['zh-CN', '客户换人了'],
  ['en', 'A customer changed hands'],
])('a push in %s is shown once, as %s, and counted', async (language, title) => {
  await happen('push', pushed(JSON.stringify({ id: ID, kind: 'customer_assigned', unread: 3, language })))
  expect(shown).toMatchObject([[title, { tag: ID, data: { id: ID } }]])
  expect(badge).toBe(3)
})

test.each(['', '{', '{"kind":"of_another_build"}', 'null'])(
  'something is shown whatever comes: %j',
  async (content) => {
    await happen('push', pushed(content))
    expect(shown.map(([title]) => title)).toEqual(['有新消息'])
    expect(badge).toBeNull()
  },
)

function tap(id: unknown): object {
  return { notification: { close: () => undefined, data: { id } } }
}

test('a tap opens the message, in the open app without loading it again', async () => {
  await happen('notificationclick', tap(ID))
  expect(opened).toEqual([`/messages?open=${ID}`])
  clients = [
    { postMessage: (message) => posted.push(message), focus: () => Promise.reject(new Error('nobody tapped')) },
  ]
  await happen('notificationclick', tap(ID))
  expect([posted, opened.length]).toEqual([[{ type: 'OPEN', path: `/messages?open=${ID}` }], 1])
})

test('a tap on what names no message opens the inbox', async () => {
  await happen('notificationclick', tap('//evil.example'))
  expect(opened).toEqual(['/messages'])
})
