// What a phone can lose and what is left then: its whole storage, its contact with the company, the stream of wake-ups, a clock that is
// right, the room for a picture.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { eventually } from '../core/testing/eventually'
import { StoreFailure } from './database'
import type { Engine } from './engine'
import { cookieKeepsake, type Keepsake } from './keepsake'
import { useLive } from './live'
import { LEASE } from './memory'
import { openEngine, outboxOf, shown } from './testing/open'
import { TestServer } from './testing/server'
import { Wakeups } from './wake'

const DAY = 86_400_000
let server: TestServer
const opened: Engine[] = []

async function open(own: Parameters<typeof openEngine>[1] = {}): Promise<Engine> {
  const engine = await openEngine(server, own)
  opened.push(engine)
  return engine
}

beforeEach(() => {
  server = new TestServer()
  server.put('things', { id: 'old', text: 'from before' })
})

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  vi.unstubAllGlobals()
})

/** A note that outlives the store. */
function noted(): Keepsake & { count: number } {
  const keepsake = {
    count: 0,
    read: () => keepsake.count,
    write: (count: number) => {
      keepsake.count = count
    },
  }
  return keepsake
}

async function cleared(engine: Engine): Promise<void> {
  await engine.close()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
}

describe('a store that was cleared (F25)', () => {
  test('says at hello how much was in it, also what was recorded without a signal; the person is told until he has seen it', async () => {
    const keepsake = noted()
    let engine = await open({ keepsake })
    await engine.loop.now()
    await engine.dispatch('things.add', { id: 'a', text: 'a' })
    await engine.photos
      .stage(new ArrayBuffer(9), null, { mime: 'image/jpeg', width: 1, height: 1 })
      .then(({ sha256 }) => engine.dispatch('things.add', { id: 'b', text: 'b' }, { photos: [sha256] }))
    await engine.photos.recount()
    expect(keepsake.count).toBe(3)
    await cleared(engine)

    server.loses = (lost) => ({ replica: 'before', count: lost })
    engine = await open({ keepsake })
    expect(keepsake.count).toBe(3)
    await engine.loop.now()
    const hello = server.heard.filter((one) => one.path === '/api/sync/hello').at(-1)
    expect(hello?.body).toMatchObject({ replica: null, lost: { outbox_depth_last_known: 3 } })
    expect(engine.state.device.meta.lost).toBe(3)
    expect(keepsake.count).toBe(0)
    await engine.close()

    server.loses = () => null
    engine = await open({ keepsake })
    expect(engine.state.device.meta.lost).toBe(3)
    await engine.loop.now()
    expect(server.heard.filter((one) => one.path === '/api/sync/hello').at(-1)?.body.lost).toBeUndefined()
    await engine.seenLoss()
    await engine.close()
    expect((await open({ keepsake })).state.device.meta.lost).toBe(0)
  })

  test('what was refused counts too, what was received does not', async () => {
    const keepsake = noted()
    const engine = await open({ keepsake })
    await engine.loop.now()
    await engine.dispatch('things.add', { id: 'a', text: 'a', refuse: 'things.no' })
    await engine.dispatch('things.add', { id: 'b', text: 'b' })
    await engine.loop.now()
    expect(keepsake.count).toBe(1)
    await engine.discardIssue([...engine.state.device.issues.keys()][0]!)
    expect(keepsake.count).toBe(0)
  })

  test('the note is a cookie of the person’s own, gone when nothing waits', () => {
    const jar = new Map<string, string>()
    vi.stubGlobal('location', { protocol: 'https:' })
    vi.stubGlobal('document', {
      get cookie() {
        return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      },
      set cookie(text: string) {
        const [pair, ...rest] = text.split('; ')
        const [name, value] = pair!.split('=') as [string, string]
        if (rest.includes('Max-Age=0')) jar.delete(name)
        else jar.set(name, value)
        expect(rest).toEqual(expect.arrayContaining(['Path=/', 'SameSite=Lax', 'Secure']))
      },
    })
    const [one, other] = ['018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-00000000000b'].map(
      cookieKeepsake,
    )
    one!.write(4)
    other!.write(2)
    expect([one!.read(), other!.read()]).toEqual([4, 2])
    other!.write(0)
    expect([one!.read(), other!.read(), jar.size]).toEqual([4, 0, 1])
  })
})

describe('the lease', () => {
  let wall: number

  async function openAt(): Promise<Engine> {
    return open({ time: { wall: () => wall, monotonic: () => 0 } })
  }

  test('hides the company’s rows after two weeks without it, never the outbox, and gives them back at the next contact', async () => {
    wall = server.time
    let engine = await openAt()
    await engine.loop.now()
    await engine.dispatch('things.add', { id: 'a', text: 'a' })
    await engine.close()

    const scope = effectScope()
    wall += LEASE - 1
    engine = await openAt()
    const texts = scope.run(() =>
      useLive<string[]>(['things'], (view) => [...view.all('things')].map((row) => row.text), []),
    )!
    await eventually(() => expect(texts.value).toHaveLength(2))
    expect(engine.state.is_lease_over).toBe(false)

    // The page stays open, the loop keeps trying.
    wall += 2
    server.faults.push({ path: '/api/sync/hello', fate: 'lost' })
    await engine.loop.now()
    expect(engine.state.is_lease_over).toBe(true)
    expect(texts.value).toEqual([])
    expect(outboxOf(engine)).toHaveLength(1)
    await engine.close()

    engine = await openAt()
    expect(engine.state.is_lease_over).toBe(true)
    expect(texts.value).toEqual([])
    expect(outboxOf(engine)).toHaveLength(1)
    await engine.loop.now()
    expect(engine.state.is_lease_over).toBe(false)
    await eventually(() => expect(texts.value.sort()).toEqual(['a', 'from before']))
    expect(server.executed).toHaveLength(1)
    scope.stop()
  })

  test('an ended session does not lengthen it', async () => {
    wall = server.time
    const engine = await openAt()
    await engine.loop.now()
    wall += LEASE + 1
    server.faults.push({ path: '/api/sync/hello', fate: 'signed_out' })
    engine.loop.wake()
    await engine.loop.now()
    expect(engine.state).toMatchObject({ is_lease_over: true, loop: { is_paused_for_sign_in: true } })
  })
})

test('a clock that is wrong by days changes neither order nor numbers (F37)', async () => {
  let wall = server.time
  const engine = await open({ time: { wall: () => wall, monotonic: () => 0 } })
  const uuids: string[] = []
  for (const [id, shift] of [
    ['a', 0],
    ['b', -3 * DAY],
    ['c', 5 * DAY],
    ['d', -1 * DAY],
  ] as const) {
    wall = server.time + shift
    uuids.push(await engine.dispatch('things.add', { id, text: id }))
  }
  await engine.loop.now()
  expect(server.executed).toEqual(uuids)
  expect(await shown(engine)).toHaveLength(5)
})

describe('without the stream of wake-ups (F38)', () => {
  class Stream extends EventTarget {
    static made: Stream[] = []
    readyState = 1
    onerror: (() => void) | null = null
    isClosed = false
    readonly url: string
    constructor(url: string) {
      super()
      this.url = url
      Stream.made.push(this)
    }
    close(): void {
      this.isClosed = true
    }
  }

  test('the timer finds what is new; a refused stream and a silent one are asked for again, later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    Stream.made = []
    const due: { run: () => void; ms: number }[] = []
    const engine = await open({
      timing: { set: (run, ms) => due.push({ run, ms }), clear: () => {}, random: () => 0.5 },
    })
    await engine.loop.now()
    const wakeups = new Wakeups(engine, Stream as unknown as typeof EventSource)
    wakeups.open()
    expect(Stream.made).toHaveLength(1)
    Stream.made[0]!.readyState = 2
    Stream.made[0]!.onerror?.()
    vi.advanceTimersByTime(29_000)
    expect(Stream.made).toHaveLength(1)
    vi.advanceTimersByTime(1_000)
    expect(Stream.made).toHaveLength(2)
    expect(Stream.made[0]!.isClosed).toBe(true)

    // Swallowed on its way, it neither opens nor fails; one that is heard of lives.
    vi.advanceTimersByTime(40_000)
    Stream.made[1]!.dispatchEvent(new Event('ping'))
    vi.advanceTimersByTime(44_000)
    expect(Stream.made).toHaveLength(2)
    vi.advanceTimersByTime(1_000)
    expect(Stream.made).toHaveLength(3)
    expect(Stream.made[1]!.isClosed).toBe(true)

    // Nobody says anything; a minute later the loop looks by itself.
    server.put('things', { id: 'new', text: 'new' })
    const last = due.at(-1)!
    expect(last.ms).toBeLessThanOrEqual(72_000)
    last.run()
    vi.useRealTimers()
    await eventually(async () => expect(await shown(engine)).toContain('new received'))
    wakeups.close()
  })
})

test('a picture that does not fit is told before he leaves, and nothing half-written is kept (F24)', async () => {
  const engine = await open()
  const real = IDBObjectStore.prototype.put
  const puts: string[] = []
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    puts.push(this.name)
    // The bytes went in; the browser finds out only then that there is no more room.
    if (this.name === 'blobs') throw new DOMException('no room', 'QuotaExceededError')
    return real.apply(this, args)
  })
  const failed = await engine.photos
    .stage(new ArrayBuffer(1000), null, { mime: 'image/jpeg', width: 1, height: 1 })
    .catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(StoreFailure)
  expect(failed).toMatchObject({ code: 'sync.no_room' })
  expect(puts).toEqual(['bytes', 'blobs'])
  vi.restoreAllMocks()
  const kept = await engine.store.database.read(['blobs', 'bytes'], async ({ blobs, bytes }) => [
    await blobs.count(),
    await bytes.count(),
  ])
  expect(kept).toEqual([0, 0])
})
