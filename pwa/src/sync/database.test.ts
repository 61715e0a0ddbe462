// Databases that are on phones already: what an earlier or a later build left is opened with everything that exists nowhere else.

import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { Database, type Trouble } from './database'
import { FIRST_META } from './device'
import type { StoreName } from './layout'
import { RowsStore } from './rows_store'
import { Store } from './store'
import { newCommandOf } from './testing/command'
import { openEngine } from './testing/open'
import { TestServer } from './testing/server'

const NAME = 'rm-u-person-1'

afterEach(async () => {
  vi.restoreAllMocks()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Any database, laid out by whoever. */
function laidOut(version: number, layOut: (database: IDBDatabase) => void, name = NAME): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version)
  request.onupgradeneeded = () => layOut(request.result)
  return answered(request)
}

/** As Dexie 4 made it from version 1 of the first builds' schema, read off a database it had made. */
function asDexieDid(database: IDBDatabase): void {
  database.createObjectStore('blobs', { keyPath: 'sha256' }).createIndex('state', 'state')
  database.createObjectStore('bytes', { keyPath: 'sha256' })
  database.createObjectStore('drafts', { keyPath: 'id' })
  database.createObjectStore('issues', { keyPath: 'uuid' })
  database.createObjectStore('journal', { keyPath: 'uuid' }).createIndex('journalled_at', 'journalled_at')
  database.createObjectStore('log', { keyPath: 'id', autoIncrement: true })
  database.createObjectStore('meta', { keyPath: 'name' })
  database.createObjectStore('outbox', { keyPath: 'uuid' })
  database.createObjectStore('pages', { keyPath: ['t', 'p'] })
  database.createObjectStore('rows', { keyPath: ['t', 'k'] })
  database.createObjectStore('staging', { keyPath: 'index' })
}

async function shapeOf(name: string): Promise<unknown> {
  const database = await answered(indexedDB.open(name))
  const stores = [...database.objectStoreNames]
  const transaction = database.transaction(stores)
  const shape = stores.map((store) => {
    const { keyPath, autoIncrement, indexNames, ...rest } = transaction.objectStore(store)
    const indexes = [...indexNames].map((index) => transaction.objectStore(store).index(index).keyPath)
    return { store, keyPath, autoIncrement, indexes, is_known: Boolean(rest) }
  })
  const { version } = database
  database.close()
  return { version, shape }
}

test('the layout is the very one the first builds made, so that either build opens the other’s', async () => {
  ;(await laidOut(10, asDexieDid, 'made-by-dexie')).close()
  ;(await Database.open(NAME)).close()
  expect(await shapeOf(NAME)).toEqual(await shapeOf('made-by-dexie'))
})

test('a phone’s waiting work, photos, drafts and rows are there after the change of library, and go to the server', async () => {
  const old = await laidOut(10, asDexieDid)
  const filling = old.transaction([...old.objectStoreNames], 'readwrite')
  const put = (store: StoreName, value: unknown) => filling.objectStore(store).put(value)
  const entry = {
    ...newCommandOf('u1'),
    name: 'things.add',
    args: JSON.stringify({ id: 'a', text: 'made before' }),
    deps: [],
    blobs: ['f'],
    number: 1,
    order: 1,
    state: 'queued',
    sealed_at: null,
    tries: 0,
    seq: null,
    decision: null,
    journalled_at: null,
  }
  put('meta', { name: 'device', value: { ...FIRST_META, next_number: 2, next_order: 2, tables: { things: 1 } } })
  put('outbox', entry)
  put('journal', { ...entry, uuid: 'u0', state: 'journal', decision: 'applied', journalled_at: 5 })
  put('issues', { uuid: 'i', root: 'i', status: 'rejected', code: 'x', detail: null, entry, happened_at: 1 })
  put('blobs', {
    sha256: 'f',
    mime: 'image/jpeg',
    size: 3,
    width: 1,
    height: 1,
    thumb: null,
    state: 'staged',
    made_at: 1,
  })
  put('bytes', { sha256: 'f', bytes: new Uint8Array([1, 2, 3]).buffer })
  put('drafts', { id: 'visits.note', value: { note: 'half' }, saved_at: 1 })
  put('rows', { t: 'things', k: 'b', row: { id: 'b', text: 'row' }, b: { x: 1 } })
  put('pages', { t: 'customers', p: 0, rows: [{ row: { id: 'c', name: 'packed' }, b: { x: 2 } }] })
  put('log', { at: 1, kind: 'line', body: null })
  await new Promise((resolve) => {
    filling.oncomplete = resolve
  })
  old.close()

  const store = await Store.open('person-1')
  const device = await store.device(true)
  expect([...device.outbox.keys()]).toEqual(['u1'])
  expect([...device.journal.keys()]).toEqual(['u0'])
  expect([...device.issues.keys()]).toEqual(['i'])
  expect(device.meta.next_number).toBe(2)
  expect(await store.draftsLike('visits.')).toEqual([{ note: 'half' }])
  const rows = new RowsStore(store, (table) => table === 'customers')
  await rows.load(['things', 'customers'])
  expect(rows.base.get('things')?.get('b')?.row.text).toBe('row')
  expect(rows.base.get('customers')?.get('c')?.row.name).toBe('packed')
  await store.log(2, 'line', null)
  expect((await store.logLines()).map((line) => line.id)).toEqual([1, 2])
  store.database.close()

  const server = new TestServer()
  const engine = await openEngine(server)
  expect((await engine.photos.bytes('f', 'full'))?.bytes.byteLength).toBe(3)
  await engine.loop.now()
  expect(engine.state.device.outbox.has('u1')).toBe(false)
  await engine.need(['things'])
  expect(engine.overlays.view.get('things', 'a')?.text).toBe('made before')
  await engine.close()
})

test('a later version that only adds is used as it is; a build that went back loses nothing', async () => {
  const later = await laidOut(30, (database) => {
    asDexieDid(database)
    database.createObjectStore('fields', { keyPath: 'id' })
  })
  later.transaction('drafts', 'readwrite').objectStore('drafts').put({ id: 'd', value: 'kept', saved_at: 1 })
  later.close()
  const store = await Store.open('person-1')
  expect(await store.draft('d')).toBe('kept')
  await store.keepDraft('d', 'changed', 2)
  store.database.close()
  expect(await shapeOf(NAME)).toMatchObject({ version: 30 })
})

test('a later version that took stores away is told as such, and left alone', async () => {
  ;(await laidOut(30, (database) => database.createObjectStore('outbox', { keyPath: 'uuid' }))).close()
  const told: (Trouble | null)[] = []
  await expect(Database.open(NAME, (trouble) => told.push(trouble))).rejects.toMatchObject({ code: 'sync.superseded' })
  expect(told).toEqual(['superseded'])
  expect(await shapeOf(NAME)).toMatchObject({ version: 30, shape: [{ store: 'outbox' }] })
})

test('what was closed stays closed, and erased stays erased', async () => {
  const database = await Database.open(NAME)
  await database.destroy()
  await expect(database.read(['meta'], ({ meta }) => meta.get('device'))).rejects.toThrow('closed')
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(NAME)
})

test('a connection the browser ends is opened again by the next transaction, also by many at once', async () => {
  const database = await Database.open(NAME)
  const real = IDBDatabase.prototype.transaction
  const opened = vi.spyOn(indexedDB, 'open')
  let failing = 3
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    if (failing-- > 0) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
    return real.apply(this, args)
  })
  const writes = ['a', 'b', 'c'].map((id) =>
    database.write(['drafts'], ({ drafts }) => drafts.put({ id, value: id, saved_at: 0 })),
  )
  await Promise.all(writes)
  expect(opened).toHaveBeenCalledTimes(1)
  expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(3)
  database.close()
})

test('a write that fails half-way leaves nothing, and says why', async () => {
  const database = await Database.open(NAME)
  const blob = { sha256: 'a', mime: '', size: 0, width: 0, height: 0, thumb: null, code: null, made_at: 0 }
  const real = IDBObjectStore.prototype.put
  let puts = 0
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    puts += 1
    if (puts === 3) throw new DOMException('no room', 'QuotaExceededError')
    return real.apply(this, args)
  })
  const save = database.write(['drafts', 'blobs'], async ({ drafts, blobs }) => {
    await drafts.put({ id: 'a', value: 1, saved_at: 0 })
    await blobs.putAll([
      { ...blob, state: 'held' },
      { ...blob, sha256: 'b', state: 'held' },
    ])
  })
  await expect(save).rejects.toMatchObject({ code: 'sync.no_room' })
  expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(0)
  expect(await database.read(['blobs'], ({ blobs }) => blobs.countWith('state', 'held'))).toBe(0)
  database.close()
})
