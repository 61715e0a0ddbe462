// A phone's day end to end on a real database: tap, push, pull, lost answers, refusals, other persons, other tabs, a server that lost
// its memory, a cloned phone.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { effectScope } from 'vue'
import type { Engine } from './engine'
import { useLive } from './live'
import type { Channel } from './memory'
import { TooLate } from './outbox'
import { pull } from './pull'
import { issuesOf, openEngine, outboxOf, shown } from './testing/open'
import { TestServer } from './testing/server'
import { TransportError } from './transport'

let server: TestServer
let engine: Engine
const opened: Engine[] = []

async function open(own: Parameters<typeof openEngine>[1] = {}): Promise<Engine> {
  const next = await openEngine(server, own)
  opened.push(next)
  return next
}

beforeEach(async () => {
  server = new TestServer()
  server.put('things', { id: 'old', text: 'from before' })
  engine = await open()
})

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

function add(id: string, more: object = {}, opts: { deps?: string[]; photos?: string[] } = {}): Promise<string> {
  return engine.dispatch('things.add', { id, text: id, ...more }, opts)
}

describe('own work', () => {
  test('is on the screen at once, offline, and once only from the tap to the checkpoint (I14)', async () => {
    await add('a')
    expect(await shown(engine)).toEqual(['a local'])
    // The push is answered, the checkpoint is not there yet.
    server.faults.push({ path: '/api/sync/pull', fate: 'lost' })
    await engine.loop.now()
    expect(await shown(engine)).toEqual(['a received'])
    expect(outboxOf(engine).map((entry) => entry.state)).toEqual(['applied'])
    await engine.loop.now()
    expect(await shown(engine)).toEqual(['a received', 'from before received'])
    expect(outboxOf(engine)).toEqual([])
    expect(engine.overlays.view.get('things', 'a')?.is_ours).toBe(true)
  })

  test('survives closing the app before anything was sent (I2)', async () => {
    await add('a')
    await add('b')
    await engine.close()
    const again = await open()
    expect(await shown(again)).toEqual(['a local', 'b local'])
    await again.loop.now()
    expect(server.executed).toHaveLength(2)
  })

  test('is applied once although the answer was lost (I1, I5)', async () => {
    await add('a')
    server.faults.push({ path: '/api/sync/push', fate: 'answer_lost' })
    await engine.loop.now()
    expect(server.executed).toHaveLength(1)
    expect(engine.state.loop.is_online).toBe(false)
    await engine.loop.now()
    expect(server.executed).toHaveLength(1)
    expect(outboxOf(engine)).toEqual([])
    const pushes = server.heard.filter((one) => one.path === '/api/sync/push')
    expect(pushes[0]?.body.commands).toEqual(pushes[1]?.body.commands)
  })

  test('goes in the order of taps, numbered without gaps', async () => {
    for (const id of ['a', 'b', 'c']) await add(id)
    await engine.loop.now()
    const [push] = server.heard.filter((one) => one.path === '/api/sync/push')
    expect(push?.body.commands.map((one: { number: number }) => one.number)).toEqual([1, 2, 3])
    expect(push?.body.outbox).toEqual({ depth: 3, oldest_at: server.time - 1000, blobs: 0 })
    expect(engine.clock.skew).toBe(1020)
  })

  test('too large for one request is refused before it is kept, counted in bytes as it travels', async () => {
    const long = '字'.repeat(60_000)
    await expect(add('a', { long })).rejects.toMatchObject({ code: 'sync.too_large' })
    const uuid = await add('b')
    await expect(engine.edit(uuid, { id: 'b', long })).rejects.toMatchObject({ code: 'sync.too_large' })
    expect(outboxOf(engine).map((entry) => entry.uuid)).toEqual([uuid])
  })

  test('in Chinese goes in as many requests as its bytes need, none of them refused for its size', async () => {
    for (const id of ['a', 'b', 'c']) await add(id, { long: '字'.repeat(30_000) })
    await engine.loop.now()
    const pushes = server.heard.filter((one) => one.path === '/api/sync/push')
    expect(pushes.map((one) => one.body.commands.length)).toEqual([2, 1])
  })

  test('may be changed and taken back until it may have been sent', async () => {
    const first = await add('a')
    const second = await add('b', {}, { deps: [first] })
    const changed = await engine.edit(first, { id: 'a', text: 'better' })
    expect(changed).not.toBe(first)
    expect(await shown(engine)).toEqual(['b local', 'better local'])
    await engine.cancel(changed)
    expect(await shown(engine)).toEqual([])
    expect(engine.state.device.outbox.has(second)).toBe(false)
    const third = await add('c')
    server.faults.push({ path: '/api/sync/push', fate: 'lost' })
    await engine.loop.now()
    await expect(engine.cancel(third)).rejects.toThrow(TooLate)
    await engine.loop.now()
    expect(server.executed).toEqual([third])
  })
})

describe('a refusal', () => {
  test('takes the effect off the screen and waits with its group for the person (I15)', async () => {
    const parent = await add('a', { refuse: 'things.no' })
    await add('b', {}, { deps: [parent] })
    await engine.loop.now()
    expect(await shown(engine)).toEqual(['from before received'])
    expect(issuesOf(engine).map((one) => [one.code, one.root === parent])).toEqual([
      ['things.no', true],
      ['dependency', true],
    ])
    expect(engine.overlays.view.state('things', 'a')).toBe('attention')
    await engine.fixIssue(parent, { id: 'a', text: 'a' })
    expect(issuesOf(engine)).toEqual([])
    await engine.loop.now()
    expect(await shown(engine)).toEqual(['a received', 'b received', 'from before received'])
  })

  test('is gone with its whole group only when the person says so', async () => {
    const parent = await add('a', { refuse: 'things.no' })
    await add('b', {}, { deps: [parent] })
    await engine.loop.now()
    await engine.close()
    engine = await open()
    expect(issuesOf(engine)).toHaveLength(2)
    await engine.discardIssue(parent)
    expect(issuesOf(engine)).toEqual([])
  })

  test('of a command the server does not know parks it, visibly and for ever', async () => {
    await engine.dispatch('things.later', { id: 'x' })
    await engine.loop.now()
    expect(issuesOf(engine).map((one) => [one.status, one.code])).toEqual([['quarantined', 'unknown_command']])
    expect((await engine.store.device(true)).journal.size).toBe(1)
  })
})

describe('a server that was restored', () => {
  test('gets back everything the phone remembers, once (I19)', async () => {
    await add('a')
    await engine.loop.now()
    const backup = server.backup()
    await add('b')
    await engine.loop.now()
    await add('c')
    server.restore(backup, 'epoch-2')
    for (let round = 0; round < 3; round++) await engine.loop.now()
    expect(await shown(engine)).toEqual(['a received', 'b received', 'c received', 'from before received'])
    expect(server.executed).toHaveLength(4)
    expect([...server.rows.keys()].sort()).toEqual(['things/a', 'things/b', 'things/c', 'things/old'])
    expect(engine.state.device.meta).toMatchObject({ epoch: 'epoch-2', is_recovering: false })
  })

  test('without a new epoch is noticed all the same', async () => {
    const backup = server.backup()
    await add('b')
    await engine.loop.now()
    server.restore(backup, 'epoch-1')
    for (let round = 0; round < 4; round++) await engine.loop.now()
    expect(await shown(engine)).toEqual(['b received', 'from before received'])
    expect(server.rows.has('things/b')).toBe(true)
  })
})

test('a cloned phone goes on under a replica of its own and nothing is doubled (I1, I2)', async () => {
  await add('a')
  await engine.loop.now()
  // The twin used number 2 meanwhile.
  const twin = engine.state.device.meta.replica!
  server.replicas.get(twin)!.last = 2
  server.numbers.set(`${twin}/2`, 'of the twin')
  server.decided.set('of the twin', { number: 2, uuid: 'of the twin', status: 'applied', seq: ++server.seq })
  await add('b')
  for (let round = 0; round < 2; round++) await engine.loop.now()
  expect(engine.state.device.meta.replica).not.toBe(twin)
  expect(server.executed).toHaveLength(2)
  expect(outboxOf(engine)).toEqual([])
})

describe('whose work it is', () => {
  test('another session sends nothing of this outbox, capture goes on (I20)', async () => {
    await engine.loop.now()
    server.person = 'person-2'
    await add('a')
    engine.loop.wake()
    await engine.loop.now()
    expect(server.executed).toEqual([])
    expect(server.replicas.size).toBe(1)
    expect(engine.state.loop.is_paused_for_sign_in).toBe(true)
    await add('b')
    server.person = 'person-1'
    engine.loop.wake()
    await engine.loop.now()
    expect(server.executed).toHaveLength(2)
    expect([...server.replicas.values()].map((one) => one.person)).toEqual(['person-1'])
  })

  test.each(['push', 'pull'])('a session that changes hands before a %s stops it there (I20)', async (what) => {
    await engine.loop.now()
    if (what === 'push') await add('a')
    server.person = 'person-2'
    await engine.loop.now()
    expect(server.heard.at(-1)).toMatchObject({ path: `/api/sync/${what}`, body: { person_id: 'person-1' } })
    expect(server.executed).toEqual([])
    expect(engine.state.loop.is_paused_for_sign_in).toBe(true)
    server.person = 'person-1'
    engine.loop.wake()
    await engine.loop.now()
    expect(engine.state.loop.is_paused_for_sign_in).toBe(false)
    expect(server.executed).toHaveLength(what === 'push' ? 1 : 0)
  })

  test('two persons have two databases', async () => {
    await add('a')
    await engine.close()
    server.person = 'person-2'
    const other = await open({ person_id: 'person-2' })
    await other.loop.now()
    expect(await shown(other)).toEqual(['from before received'])
    expect(server.executed).toEqual([])
  })

  test('an ended session pauses the loop, not the work', async () => {
    await engine.loop.now()
    server.faults.push({ path: '/api/sync', fate: 'signed_out' })
    await add('a')
    await engine.loop.now()
    expect(engine.state.loop.is_paused_for_sign_in).toBe(true)
    await add('b')
    expect(await shown(engine)).toEqual(['a local', 'b local', 'from before received'])
    engine.loop.wake()
    await engine.loop.now()
    expect(server.executed).toHaveLength(2)
  })

  test('a wiped phone keeps nothing', async () => {
    await engine.loop.now()
    const { name } = engine.store.database
    await engine.loop.onWipe()
    expect((await indexedDB.databases()).map((one) => one.name)).not.toContain(name)
  })
})

/** What ties the tabs of one browser together. */
function channels(): () => Channel {
  const ports = new Set<Channel>()
  return () => {
    const port: Channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of ports) if (other !== port) queueMicrotask(() => other.onmessage?.({ data } as MessageEvent))
      },
      close: () => ports.delete(port),
    }
    ports.add(port)
    return port
  }
}

test('another tab knows how many pictures wait, before and after this one has sent them', async () => {
  const channel = channels()
  const [one, other] = [await open({ channel }), await open({ channel })]
  const meta = { mime: 'image/jpeg', width: 1, height: 1 }
  const draft = { id: 'shot', valueOf: (sha256: string) => ({ sha256 }) }
  const { sha256 } = await one.photos.stage(new Uint8Array([1]).buffer, null, meta, draft)
  await expect.poll(() => other.photosWaiting()).toBe(1)
  await one.dispatch('things.add', { id: 'a', text: 'a' }, { photos: [sha256], draft: 'shot' })
  await one.loop.now()
  expect(one.photosWaiting()).toBe(0)
  await expect.poll(() => other.photosWaiting()).toBe(0)
})

test('another tab shows the same work, before and after it is received', async () => {
  const channel = channels()
  const [one, other] = [await open({ channel }), await open({ channel })]
  await shown(other)
  await one.dispatch('things.add', { id: 'a', text: 'a' })
  await expect.poll(() => shown(other)).toEqual(['a local'])
  await one.loop.now()
  await expect.poll(() => shown(other)).toEqual(['a received', 'from before received'])
  await expect.poll(() => outboxOf(other)).toEqual([])
  await Promise.all([
    one.dispatch('things.add', { id: 'b', text: 'b' }),
    other.dispatch('things.add', { id: 'c', text: 'c' }),
  ])
  await Promise.all([one.loop.now(), other.loop.now()])
  await one.loop.now()
  expect(server.executed).toHaveLength(3)
})

test('a tab that missed what another committed reads the disk before it commits (I9)', async () => {
  await engine.loop.now()
  await shown(engine)
  const other = await open()
  server.put('things', { id: 'x', text: 'brief' })
  await pull(other)
  // This tab never saw the row, and is the one that hears of its end.
  server.remove('things', 'x')
  await pull(engine)
  expect(await shown(engine)).toEqual(['from before received'])
  expect(await shown(await open())).toEqual(['from before received'])
})

test('a load that failed once is tried again', async () => {
  await engine.loop.now()
  await engine.close()
  engine = await open()
  const load = engine.rows.load.bind(engine.rows)
  let left = 1
  engine.rows.load = async (tables) => {
    if (left-- > 0) throw new Error('the disk said no')
    return load(tables)
  }
  await engine.need(['things'])
  expect(engine.rows.has('things')).toBe(false)
  expect(await shown(engine)).toEqual(['from before received'])
})

test('useLive reads again when its tables change, and only then', async () => {
  const scope = effectScope()
  let reads = 0
  const texts = scope.run(() =>
    useLive(
      ['things'],
      (view) => {
        reads += 1
        return view.where('things', 'text', 'a').map((row) => row.id)
      },
      ['loading'],
    ),
  )!
  expect(texts.value).toEqual(['loading'])
  await expect.poll(() => texts.value).toEqual([])
  await add('a')
  await expect.poll(() => texts.value).toEqual(['a'])
  const before = reads
  await engine.loop.now()
  await expect.poll(() => texts.value).toEqual(['a'])
  server.put('photos', { id: 'p', sha256: 'x', state: 'awaited' })
  const settled = reads
  await engine.loop.now()
  await Promise.resolve()
  expect(settled).toBeGreaterThan(before)
  expect(reads).toBe(settled)
  scope.stop()
})

test('a build with another version of a feed reads everything again', async () => {
  await engine.loop.now()
  await engine.close()
  server.remove('things', 'old')
  server.feed.delete('things/old')
  const newer = await open({ settings: { ...engine.settings, tables: { things: 2, photos: 1 } } })
  expect(await shown(newer)).toEqual(['from before received'])
  await newer.loop.now()
  expect(await shown(newer)).toEqual([])
  expect(newer.state.device.meta.tables).toEqual({ things: 2, photos: 1 })
})

test('the list of tables is sent until the server has a name for it, and again when it no longer knows the name', async () => {
  const asked = () =>
    server.heard.filter((one) => one.path === '/api/sync/pull').map((one) => typeof one.body.tables as string)
  const pulled = async () => {
    server.heard = []
    expect((await pull(engine)).is_committed).toBe(true)
    return asked()
  }
  await engine.loop.now()
  server.tablesName = 'of-this-release'
  expect([await pulled(), await pulled()]).toEqual([['object'], ['string']])
  await engine.close()
  engine = await open()
  expect(await pulled()).toEqual(['string'])
  // Another release: nothing is lost, the same is asked again.
  server.tablesName = 'of-another'
  server.put('things', { id: 'n', text: 'new' })
  expect(await pulled()).toEqual(['string', 'object'])
  expect(await shown(engine)).toContain('new received')
  expect(await pulled()).toEqual(['string'])
  // Another build has another list; the name belonged to the old one.
  await engine.close()
  engine = await open({ settings: { ...engine.settings, tables: { things: 2, photos: 1 } } })
  expect(await pulled()).toEqual(['object'])
})

test('a tab with the former build that pulls in between leaves no hole for the new one', async () => {
  await engine.loop.now()
  const newer = await open({ settings: { ...engine.settings, tables: { things: 2, photos: 1 } } })
  // Known to the new build only: the server gives it to nobody else.
  server.put('things', { id: 'n', text: 'for the new build' })
  const whole = server.ask.bind(server)
  server.ask = async (path, ask) => {
    // biome-ignore lint/suspicious/noExplicitAny: any answer
    const told = await whole<any>(path, ask)
    if (path !== '/api/sync/pull' || JSON.parse(ask!.text!).tables.things === 2) return told
    const { n, ...rows } = told.body.rows.things ?? {}
    const entries = told.body.entries.filter((entry: unknown[]) => entry[2] !== 'n')
    return { ...told, body: { ...told.body, entries, rows: { ...told.body.rows, things: rows } } }
  }
  await engine.loop.now()
  await pull(newer)
  expect(await shown(newer)).toContain('for the new build received')
  // What it read it keeps: nothing is thrown away a second time.
  const { gen } = newer.state.device.meta
  await pull(newer)
  expect(newer.state.device.meta.gen).toBe(gen + 1)
  await newer.close()
})

test('a pull a new build began goes on where it was, after silence and in the next page', async () => {
  const settings = { ...engine.settings, tables: { things: 2, photos: 1 }, pull: { rows: 1, bytes: 65536 } }
  for (const id of ['a', 'b', 'c']) server.put('things', { id, text: id })
  await engine.loop.now()
  await engine.close()
  engine = await open({ settings })
  await engine.loop.now()
  const pages = () => server.heard.filter((one) => one.path === '/api/sync/pull').length
  const all = pages()
  await engine.close()
  engine = await open({ settings: { ...settings, tables: { things: 3, photos: 1 } } })
  const before = pages()
  const whole = server.ask.bind(server)
  let left = 2
  server.ask = async (path, ask) => {
    if (path === '/api/sync/pull' && left-- === 0) throw new TransportError({ kind: 'offline' })
    return whole(path, ask)
  }
  await engine.loop.now()
  await engine.close()
  engine = await open({ settings: { ...settings, tables: { things: 3, photos: 1 } } })
  await engine.loop.now()
  expect(all).toBeGreaterThan(4)
  expect(pages() - before).toBe(4)
})
