// Anti-entropy: how often the phone asks what its rows should add up to, and what becomes of rows that were changed behind its back.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Engine } from './engine'
import { openEngine } from './testing/open'
import { TestServer } from './testing/server'
import type { Ask } from './transport'

const DAY = 86_400_000
const WEEK = 7 * DAY
let server: TestServer

/** The test server, which also says what its feed adds up to when it is asked. */
const transport = {
  async ask<T>(path: string, ask: Ask = {}) {
    const told = await server.ask<T>(path, ask)
    const digest = { all: { n: 0, s: 0n } }
    for (const { op, seq } of server.feed.values()) {
      if (op !== 1) continue
      digest.all.n += 1
      digest.all.s += BigInt(seq)
    }
    const { n, s } = digest.all
    if (JSON.parse(ask.text ?? '{}').want_digest)
      Object.assign(told.body as object, { digest: { all: { n, s: `${s}` } } })
    return told
  },
}

beforeEach(() => {
  server = new TestServer()
  for (const id of ['a', 'b', 'c']) server.put('things', { id, text: id })
})

afterEach(async () => {
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

function pulls() {
  return server.heard.filter((one) => one.path === '/api/sync/pull')
}

function reports() {
  return server.heard.filter((one) => one.path === '/api/sync/report').map((one) => one.body.kind)
}

async function held(): Promise<string[]> {
  const engine = await openEngine(server, { transport })
  await engine.need(['things'])
  const things = [...engine.overlays.view.all('things')].map((row) => `${row.id}=${row.text}`).sort()
  await engine.close()
  return things
}

/** Does something to the rows on disk that no checkpoint did. */
async function behindItsBack(spoil: (engine: Engine) => Promise<unknown>): Promise<Engine> {
  const first = await openEngine(server, { transport })
  await first.loop.now()
  await spoil(first)
  await first.close()
  return openEngine(server, { transport })
}

test('a digest is asked for at first, then once a week', async () => {
  const engine = await openEngine(server, { transport })
  const asked = async (ms: number) => {
    server.time += ms
    server.heard = []
    await engine.loop.now()
    return pulls().some((one) => one.body.want_digest)
  }
  expect(await asked(0)).toBe(true)
  expect(await asked(DAY)).toBe(false)
  expect(await asked(5 * DAY)).toBe(false)
  expect(await asked(DAY + 1)).toBe(true)
  expect(await asked(DAY)).toBe(false)
  expect(reports()).toEqual([])
  await engine.close()
})

test.each<[string, (engine: Engine) => Promise<unknown>]>([
  ['a row that is gone', (engine) => engine.store.database.write(['rows'], ({ rows }) => rows.delete(['things', 'b']))],
  [
    'a row that should be gone',
    (engine) =>
      engine.store.database.write(['rows'], ({ rows }) =>
        rows.put({ t: 'things', k: 'x', row: { id: 'x', text: 'ghost' }, b: { all: 99 } }),
      ),
  ],
  [
    'a row of another time',
    (engine) =>
      engine.store.database.write(['rows'], ({ rows }) =>
        rows.put({ t: 'things', k: 'b', row: { id: 'b', text: 'stale' }, b: { all: 1 } }),
      ),
  ],
])('%s is noticed, told and put right', async (_what, spoil) => {
  const engine = await behindItsBack(spoil)
  await engine.loop.now()
  server.time += WEEK + 1
  await engine.loop.now()
  expect(reports()).toEqual(['digest_mismatch'])
  expect(pulls().at(-1)?.body.resetting).toEqual([])
  await engine.loop.now()
  expect(reports()).toEqual(['digest_mismatch'])
  await engine.close()
  expect(await held()).toEqual(['a=a', 'b=b', 'c=c'])
})
