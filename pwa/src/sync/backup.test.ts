// The second copy between two phones of one person: everything is sent once whichever of them sends it, nobody else can take it in,
// and a file that was cut off gives what is in it.

import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BackupRefused, backupOf, takeIn } from './backup'
import type { Engine } from './engine'
import { issuesOf, openEngine, outboxOf, shown } from './testing/open'
import { TestServer } from './testing/server'

let server: TestServer
const opened: Engine[] = []
const FIRST = new IDBFactory()
const SECOND = new IDBFactory()

/** A phone is a storage of its own. */
async function phone(storage: IDBFactory, own: Parameters<typeof openEngine>[1] = {}): Promise<Engine> {
  globalThis.indexedDB = storage
  const engine = await openEngine(server, own)
  opened.push(engine)
  return engine
}

beforeEach(() => {
  server = new TestServer()
})

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  for (const storage of [FIRST, SECOND]) {
    globalThis.indexedDB = storage
    for (const { name } of await storage.databases()) if (name) storage.deleteDatabase(name)
  }
})

const PICTURE = new Uint8Array(300_000).map((_, index) => (index * 31) % 251).buffer

async function dayOf(engine: Engine): Promise<string> {
  const { sha256 } = await engine.photos.stage(PICTURE, new Uint8Array([1, 2, 3]).buffer, {
    mime: 'image/jpeg',
    width: 4,
    height: 3,
  })
  const parent = await engine.dispatch('things.add', { id: 'a', text: 'a' })
  await engine.dispatch('things.add', { id: 'b', text: 'b' }, { deps: [parent], photos: [sha256] })
  await engine.store.keepDraft('form', { text: '没写完' }, 1)
  return sha256
}

async function savedBy(engine: Engine): Promise<Blob> {
  return (await backupOf(engine.memory, '王磊')).file
}

test('what one phone recorded is sent by another of the same person, with its pictures and forms', async () => {
  const first = await phone(FIRST)
  const sha256 = await dayOf(first)
  const { file, counts } = await backupOf(first.memory, '王磊')
  expect(counts).toEqual({ commands: 2, issues: 0, drafts: 1, photos: 1 })

  const second = await phone(SECOND)
  const steps: number[] = []
  const taken = await takeIn(second.memory, file, (done, total) => steps.push(done / total))
  expect(taken).toEqual({ commands: 2, issues: 0, drafts: 1, photos: 1, is_cut: false })
  expect(steps.at(-1)).toBe(1)
  expect(await shown(second)).toEqual(['a local', 'b local'])
  expect(await second.store.draft('form')).toEqual({ text: '没写完' })
  expect((await second.photos.bytes(sha256, 'full'))?.bytes).toEqual(PICTURE)
  await second.loop.now()
  await second.loop.now()
  expect(server.executed).toHaveLength(2)
  expect(server.blobs.get(sha256)?.isComplete).toBe(true)
  expect(outboxOf(second)).toEqual([])
})

test('taking it in twice and sending from both phones does nothing twice (I1)', async () => {
  const first = await phone(FIRST)
  await dayOf(first)
  const file = await savedBy(first)
  const second = await phone(SECOND)
  await takeIn(second.memory, file)
  expect(await takeIn(second.memory, file)).toMatchObject({ commands: 0, drafts: 0, photos: 0 })
  expect(outboxOf(second)).toHaveLength(2)
  await first.loop.now()
  await second.loop.now()
  await first.loop.now()
  await second.loop.now()
  expect(await takeIn(second.memory, file)).toMatchObject({ commands: 0, issues: 0, photos: 0 })
  expect(server.executed).toHaveLength(2)
  expect([...outboxOf(first), ...outboxOf(second)]).toEqual([])
  expect(issuesOf(second)).toEqual([])
})

test('what may have been sent from the other phone can no longer be changed or taken back here (I6)', async () => {
  const first = await phone(FIRST)
  const uuid = await first.dispatch('things.add', { id: 'a', text: 'a' })
  const second = await phone(SECOND)
  await takeIn(second.memory, await savedBy(first))
  await expect(second.cancel(uuid)).rejects.toThrow(uuid)
  await expect(second.edit(uuid, { id: 'a', text: 'other' })).rejects.toThrow(uuid)
})

test('numbers stay gapless behind and before what a file brought', async () => {
  const first = await phone(FIRST)
  await dayOf(first)
  const file = await savedBy(first)
  const second = await phone(SECOND)
  const own = await second.dispatch('things.add', { id: 'own', text: 'own' })
  await takeIn(second.memory, file)
  await second.dispatch('things.add', { id: 'later', text: 'later' })
  await second.cancel(own)
  expect(outboxOf(second).map((entry) => entry.number)).toEqual([1, 2, 3])
  await second.loop.now()
  expect(server.executed).toHaveLength(3)
})

test('a refused one comes along and is mended on the other phone', async () => {
  const first = await phone(FIRST)
  const uuid = await first.dispatch('things.add', { id: 'a', text: 'a', refuse: 'things.no' })
  await first.loop.now()
  const file = await savedBy(first)
  const second = await phone(SECOND)
  expect(await takeIn(second.memory, file)).toMatchObject({ commands: 0, issues: 1 })
  await second.fixIssue(uuid, { id: 'a', text: 'mended' })
  await second.loop.now()
  expect(server.executed).toHaveLength(1)
})

test('the phone it was saved on takes nothing back that was given up since', async () => {
  const first = await phone(FIRST)
  await first.loop.now()
  const uuid = await first.dispatch('things.add', { id: 'a', text: 'a' })
  const file = await savedBy(first)
  await first.cancel(uuid)
  expect(await takeIn(first.memory, file)).toMatchObject({ commands: 0, issues: 0, drafts: 0 })
  expect(outboxOf(first)).toEqual([])
})

test('nobody else can take it in (I20)', async () => {
  const first = await phone(FIRST)
  await dayOf(first)
  const file = await savedBy(first)
  const other = await phone(SECOND, { person_id: 'person-2' })
  const refused = await takeIn(other.memory, file).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(BackupRefused)
  expect(refused).toMatchObject({ code: 'sync.backup_of_other', details: { name: '王磊' } })
  expect(outboxOf(other)).toEqual([])
  expect(await other.photos.refused()).toEqual([])
  expect(await other.store.database.read(['blobs'], ({ blobs }) => blobs.count())).toBe(0)
})

test('a file that was cut off gives what is in it and says so; a picture that was changed is not taken', async () => {
  const first = await phone(FIRST)
  const sha256 = await dayOf(first)
  const text = await (await savedBy(first)).text()
  const second = await phone(SECOND)
  const cut = await takeIn(second.memory, new Blob([text.slice(0, text.length - 5000)]))
  expect(cut).toMatchObject({ commands: 2, photos: 0, is_cut: true })
  const spoilt = text.replace(/"bytes":"..../, '"bytes":"AAAA')
  expect(spoilt).not.toBe(text)
  expect(await takeIn(second.memory, new Blob([spoilt]))).toMatchObject({ commands: 0, photos: 0, is_cut: false })
  expect(await second.photos.blob(sha256)).toBeUndefined()
  expect(await takeIn(second.memory, new Blob([text]))).toMatchObject({ commands: 0, photos: 1, is_cut: false })
})

test('what is no such file, or of a later build, changes nothing', async () => {
  const engine = await phone(FIRST)
  for (const [text, code] of [
    ['', 'sync.backup_unreadable'],
    ['{"a":1}\n', 'sync.backup_unreadable'],
    ['null\n', 'sync.backup_unreadable'],
    ['%PDF-1.7', 'sync.backup_unreadable'],
    ['{"head":{"format":"roundsman.backup","version":2,"person_id":"person-1"}}\n', 'sync.backup_newer'],
  ]) {
    await expect(takeIn(engine.memory, new Blob([text!]))).rejects.toMatchObject({ code })
  }
})

test('when the disk no longer answers, what is in memory is saved', async () => {
  const engine = await phone(FIRST)
  await dayOf(engine)
  engine.store.database.close()
  const { counts } = await backupOf(engine.memory, '王磊')
  expect(counts).toEqual({ commands: 2, issues: 0, drafts: 0, photos: 0 })
})
