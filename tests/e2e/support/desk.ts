// The server as another system or a fresh phone sees it, over plain HTTP: signing in, running one command, and every row the feed gives
// to a person who has nothing yet.

import { type APIRequestContext, expect, request } from '@playwright/test'
import { FEED_VERSIONS } from '../../../pwa/src/wire/feeds'
import type { Server } from './server'

export const PASSWORD = 'xingshang'

type Row = Record<string, unknown> & { id: string }

interface PullPage {
  gen: number
  more: boolean
  cursors: Record<string, [number, number]>
  rows: Record<string, Record<string, Record<string, unknown>>>
}

export interface Desk {
  api: APIRequestContext
  person: { id: string; name: string; roles: string[]; permissions: string[] }
  /** One command through the same door phones use; raises when it is refused. */
  run(name: string, args: object): Promise<unknown>
  /** Everything a fresh phone of this person would hold, by table. */
  everything(): Promise<Record<string, Row[]>>
  end(): Promise<void>
}

export async function deskOf(server: Server, login: string): Promise<Desk> {
  const api = await request.newContext({ baseURL: server.url })
  const answer = await api.post('/api/identity/sign_in', {
    data: { login, password: PASSWORD, device: { ua: 'desk' } },
  })
  expect(answer.status(), await answer.text()).toBe(200)
  const { person } = (await answer.json()) as { person: Desk['person'] }
  return {
    api,
    person,
    async run(name, args) {
      const done = await api.post(`/api/commands/${name}`, {
        data: args,
        headers: { 'Idempotency-Key': crypto.randomUUID() },
      })
      expect(done.status(), `${name}: ${await done.text()}`).toBeLessThan(300)
      return done.status() === 204 ? null : done.json()
    },
    everything: () => everythingOf(api),
    end: () => api.dispose(),
  }
}

async function everythingOf(api: APIRequestContext): Promise<Record<string, Row[]>> {
  const hello = await api.post('/api/sync/hello', { data: { proto: 1, replica: null, schema: 1 } })
  expect(hello.status(), await hello.text()).toBe(200)
  const { replica, epoch } = (await hello.json()) as { replica: string; epoch: string }
  const held = new Map<string, Map<string, Row>>()
  let cursors: PullPage['cursors'] = {}
  for (let gen = 1; gen < 200; gen += 1) {
    const answer = await api.post('/api/sync/pull', {
      data: { proto: 1, epoch, replica, gen, schema: 1, tables: FEED_VERSIONS, cursors },
    })
    expect(answer.status(), await answer.text()).toBe(200)
    const page = (await answer.json()) as PullPage
    for (const [table, rows] of Object.entries(page.rows)) {
      const kept = held.get(table) ?? new Map<string, Row>()
      held.set(table, kept)
      for (const [id, row] of Object.entries(rows)) kept.set(id, { ...row, id })
    }
    cursors = page.cursors
    if (!page.more) break
  }
  return Object.fromEntries([...held].map(([table, rows]) => [table, [...rows.values()]]))
}
