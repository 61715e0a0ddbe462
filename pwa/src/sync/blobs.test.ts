// The photo lane: nothing is lost on the way up, nothing is freed before the server and a checkpoint both say so.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Engine } from './engine'
import { openEngine } from './testing/open'
import { TestServer } from './testing/server'

let server: TestServer
let engine: Engine
const META = { mime: 'image/jpeg', width: 1600, height: 1200 }

beforeEach(async () => {
  server = new TestServer()
  engine = await openEngine(server)
})

afterEach(async () => {
  await engine.close()
  indexedDB.deleteDatabase(engine.store.database.name)
})

function picture(seed: number, size = 600_000): ArrayBuffer {
  return Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed * 7 + (at >> 8)) & 0xff).buffer
}

async function take(seed: number, size?: number): Promise<string> {
  const thumb = new Uint8Array([seed]).buffer
  return (await engine.photos.stage(picture(seed, size), thumb, META)).sha256
}

async function record(id: string, photos: string[]): Promise<string> {
  return engine.dispatch('things.add', { id, text: id }, { photos })
}

/** After these days a picture the server has is let go. */
function daysLater(): void {
  server.time += 3 * 86_400_000
}

async function stateOf(sha256: string) {
  const held = await engine.photos.bytes(sha256, 'full')
  return [(await engine.photos.blob(sha256))?.state, held?.bytes.byteLength ?? null]
}

test('a picture is durable before it has a name, and waits for a command that names it', async () => {
  const sha256 = await take(1)
  await engine.close()
  engine = await openEngine(server)
  expect(await stateOf(sha256)).toEqual(['staged', 600_000])
  await engine.loop.now()
  expect(server.blobs.size).toBe(0)
  await record('a', [sha256])
  expect((await stateOf(sha256))[0]).toBe('held')
})

test('the record goes first, the bytes follow in parts, the small picture stays when the large one is freed (I17, I18)', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  expect([...server.blobs.get(sha256)!.parts.values()].map((part) => part.length)).toEqual([262144, 262144, 75712])
  const whole = Buffer.concat([0, 1, 2].map((n) => server.blobs.get(sha256)!.parts.get(n)!))
  expect(whole.equals(Buffer.from(picture(1)))).toBe(true)
  const order = server.heard.map((one) => one.path).filter((path) => /push|blobs/.test(path))
  expect(order[0]).toBe('/api/sync/push')
  // Complete on the server, but the row in the last checkpoint still says awaited.
  expect(await stateOf(sha256)).toEqual(['uploaded', 600_000])
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['uploaded', 600_000])
  daysLater()
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['freed', null])
  expect((await engine.photos.bytes(sha256, 'thumb'))?.bytes.byteLength).toBe(1)
  expect(engine.photos.waiting).toBe(0)
})

test('a connection that drops costs at most one part', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  for (let n = 0; n < 3; n++) server.faults.push({ path: `/api/files/blobs/${sha256}/1`, fate: 'lost' })
  await engine.loop.now()
  expect([...server.blobs.get(sha256)!.parts.keys()]).toEqual([0])
  expect(await stateOf(sha256)).toEqual(['held', 600_000])
  expect(engine.state.loop.is_online).toBe(false)
  server.heard = []
  await engine.loop.now()
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
})

test('an answer that got lost is not a part that got lost', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  server.faults.push({ path: `/api/files/blobs/${sha256}/0`, fate: 'answer_lost' })
  server.faults.push({ path: `/api/files/blobs/${sha256}/complete`, fate: 'answer_lost' })
  await engine.loop.now()
  expect((await stateOf(sha256))[0]).toBe('held')
  await engine.loop.now()
  expect((await stateOf(sha256))[0]).not.toBe('held')
})

test('on a connection to be spared pictures wait, records do not, and one on its way stops after its part', async () => {
  let isDear = true
  engine.photos.isSpared = () => isDear
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  expect(server.executed).toHaveLength(1)
  expect(server.blobs.size).toBe(0)
  expect(engine.photos.waiting).toBe(1)
  isDear = false
  engine.photos.onChange = () => {
    isDear = (engine.photos.current?.share ?? 0) > 0
  }
  await engine.loop.now()
  expect(server.blobs.get(sha256)?.parts.size).toBe(1)
  engine.photos.onChange = () => {}
  isDear = false
  await engine.loop.now()
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
})

test('parts the server calls bad go again', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  server.badParts = [0, 2]
  await engine.loop.now()
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
})

test('a picture that waits with a draft counts, one that a killed page left without does not', async () => {
  await take(1)
  await engine.photos.stage(picture(2), null, META, { id: 'shot', valueOf: (sha256) => ({ sha256 }) })
  expect(engine.photosWaiting()).toBe(1)
  await engine.store.dropDraft('shot')
  await engine.photos.recount()
  expect(engine.photosWaiting()).toBe(0)
})

test('a picture the server will never take keeps its bytes until the person has seen it', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  const send = engine.transport.ask.bind(engine.transport)
  engine.transport.ask = async (path, ask) => {
    if (path.endsWith('/complete')) {
      const { TransportError } = await import('./transport')
      throw new TransportError({ kind: 'refused', status: 422, code: 'files.not_a_picture', detail: null })
    }
    return send(path, ask)
  }
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['refused', 600_000])
  expect((await engine.photos.refused()).map((one) => one.code)).toEqual(['files.not_a_picture'])
  await engine.photos.dismiss(sha256)
  expect(await stateOf(sha256)).toEqual([undefined, null])
})

test('the same content taken twice is kept and sent once', async () => {
  const first = await take(1)
  await record('a', [first])
  const second = await take(1)
  expect(second).toBe(first)
  expect((await stateOf(first))[0]).toBe('held')
  await record('b', [second])
  await engine.loop.now()
  daysLater()
  await engine.loop.now()
  expect(server.blobs.size).toBe(1)
  expect((await stateOf(first))[0]).toBe('freed')
})

test('bytes named by a refused command are never freed', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  const refused = await engine.dispatch('things.add', { id: 'b', refuse: 'things.no' }, { photos: [sha256] })
  daysLater()
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['uploaded', 600_000])
  await engine.discardIssue(refused)
  server.time += 3_600_000
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['freed', null])
})

test('a restored server that still knows the phone gets the pictures again, also from a page opened since', async () => {
  await engine.loop.now()
  const backup = server.backup()
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  await engine.loop.now()
  server.restore(backup, 'epoch-2')
  server.blobs.clear()
  // The pull notices; the page dies before a picture could be sent.
  engine.photos.run = async () => false
  await engine.loop.now()
  await engine.close()
  engine = await openEngine(server)
  for (let round = 0; round < 3; round++) await engine.loop.now()
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
})

test('a restored server gets the pictures again that are still here', async () => {
  const backup = server.backup()
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  await engine.loop.now()
  expect((await stateOf(sha256))[0]).toBe('uploaded')
  server.time += 86_400_000
  server.restore(backup, 'epoch-2')
  server.blobs.clear()
  for (let round = 0; round < 4; round++) await engine.loop.now()
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
  daysLater()
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['freed', null])
})

test('where there is little room, a picture goes as soon as the server has it', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['uploaded', 600_000])
  engine.photos.isTight = async () => true
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['freed', null])
})

/** What happens while a part is on its way. */
function duringPart(happens: () => void): void {
  const send = server.sendPart
  // biome-ignore lint/suspicious/noExplicitAny: private, and the only place between two parts
  const lane = engine.photos as any
  lane.sendPart = async (path: string, part: ArrayBuffer, headers: Record<string, string>) => {
    await send(path, part, headers)
    happens()
  }
}

test('whoever leaves the phone takes his uploads with him; the next does not send them (I20)', async () => {
  const older = await take(1)
  const newer = await take(2)
  await record('a', [older, newer])
  let closing: Promise<void> | undefined
  duringPart(() => {
    closing ??= engine.close()
  })
  await engine.loop.now()
  await closing
  const parts = [...server.blobs.values()].flatMap((blob) => [...blob.parts.keys()])
  expect(parts).toHaveLength(1)
})

test('under the session of another a picture is not sent and not refused, it waits for its owner (I20)', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  duringPart(() => {
    server.person = 'person-2'
  })
  await engine.loop.now()
  expect([...server.blobs.get(sha256)!.parts.keys()]).toEqual([0])
  expect(engine.state.loop.is_paused_for_sign_in).toBe(true)
  expect((await stateOf(sha256))[0]).toBe('held')
})

test('a record made during an upload does not wait for the picture (I18)', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  let recorded: Promise<string> | undefined
  duringPart(() => {
    recorded ??= record('b', [])
    engine.poke(0)
  })
  await engine.loop.now()
  await recorded
  expect(server.blobs.get(sha256)!.parts.size).toBe(1)
  // Each round sends one part at least: whoever never stops tapping still gets his pictures up.
  for (let round = 0; round < 3; round++) await engine.loop.now()
  expect(server.executed).toHaveLength(2)
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
})

test('a server that takes no more pictures today still takes records at once (I18)', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  server.faults.push({ path: '/api/files/blobs', fate: 'busy' })
  await engine.loop.now()
  await engine.loop.now()
  expect(server.heard.filter((one) => one.path === '/api/files/blobs')).toHaveLength(0)
  expect(engine.state.loop.is_online).toBe(true)
  server.time += 5000
  await engine.loop.now()
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
})

describe('a picture the server completed and its row still waits for', () => {
  let sha256: string

  beforeEach(async () => {
    sha256 = await take(1)
    await record('a', [sha256])
    await engine.loop.now()
    await engine.loop.now()
    server.put('photos', { id: `photo-${sha256}`, sha256, state: 'awaited' })
    server.time += 86_400_000
  })

  test('goes up again, and is free to go then', async () => {
    server.blobs.clear()
    for (let round = 0; round < 2; round++) await engine.loop.now()
    expect(server.blobs.get(sha256)?.isComplete).toBe(true)
    daysLater()
    for (let round = 0; round < 2; round++) await engine.loop.now()
    expect(await stateOf(sha256)).toEqual(['freed', null])
  })

  test('is offered once a day, not in every round', async () => {
    server.heard = []
    engine.photos.isTight = async () => true
    for (let round = 0; round < 5; round++) await engine.loop.now()
    expect(server.heard.filter((one) => one.path === '/api/files/blobs')).toHaveLength(1)
    expect(await stateOf(sha256)).toEqual(['uploaded', 600_000])
  })
})

test('an uploaded picture whose row left this phone goes too, a month later', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  await engine.loop.now()
  server.remove('photos', `photo-${sha256}`)
  daysLater()
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['uploaded', 600_000])
  server.time += 30 * 86_400_000
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual([undefined, null])
})

test('a picture nothing tells of goes after a month, one a draft still waits for does not', async () => {
  const [left, drafted] = [await take(1), await take(2)]
  await engine.store.keepDraft('a shot', { sha256: drafted }, 0)
  await engine.store.keepDraft('a form', null, 0)
  server.time += 31 * 86_400_000
  await engine.loop.now()
  expect(await stateOf(left)).toEqual([undefined, null])
  expect(await stateOf(drafted)).toEqual(['staged', 600_000])
})

test('one picture the server cannot finish does not hold the others back', async () => {
  const older = await take(1)
  server.time += 1000
  const bad = await take(2)
  await record('a', [older, bad])
  server.faults.push({ path: `/api/files/blobs/${bad}/complete`, fate: 'busy' })
  await engine.loop.now()
  expect([(await stateOf(older))[0], (await stateOf(bad))[0]]).toEqual(['uploaded', 'held'])
  server.time += 5000
  server.faults.push({ path: `/api/files/blobs/${bad}/complete`, fate: 'lost' })
  await engine.loop.now()
  expect(engine.state.loop.is_online).toBe(false)
  expect((await stateOf(bad))[0]).toBe('held')
})

test('a picture taken again after it was let go is kept again', async () => {
  const sha256 = await take(1)
  await record('a', [sha256])
  for (const _ of [1, 2]) await engine.loop.now()
  daysLater()
  await engine.loop.now()
  expect(await stateOf(sha256)).toEqual(['freed', null])
  await engine.photos.stage(picture(1), null, META)
  expect(await stateOf(sha256)).toEqual(['staged', 600_000])
  expect((await engine.photos.bytes(sha256, 'thumb'))?.bytes.byteLength).toBe(1)
  await record('b', [sha256])
  await engine.loop.now()
  expect((await stateOf(sha256))[0]).toBe('uploaded')
})
