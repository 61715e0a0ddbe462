// What earlier builds left on phones (tests/vectors/builds/<name>): this build opens each recorded database and sends what waits in it.
// `python -m tests.sync.record <name>` has this file record what the present build leaves; what was recorded is never written again.

import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { effects as agentsEffects } from '../agents/commands'
import type { Effect } from '../core/domain'
import { effects as customersEffects } from '../customers/commands'
import { effects as filesEffects } from '../files/commands'
import { effects as ordersEffects } from '../orders/commands'
import { effects as receivablesEffects } from '../receivables/commands'
import { EFFECTS as visitsEffects } from '../visits/commands'
import { FEED_VERSIONS } from '../wire/feeds'
import type { Engine } from './engine'
import { DEFAULT_LIMITS } from './phone'
import { openEngine } from './testing/open'
import { live, phone, type Recorded } from './testing/recorded_day'
import { TestServer } from './testing/server'

vi.mock('../core/ids', async (original) => {
  let made = 0
  return {
    ...(await original<typeof import('../core/ids')>()),
    uuid7: () => `019aa000-000f-7000-8000-${(++made).toString(16).padStart(12, '0')}`,
  }
})

// The domains' own functions, on the phone of the recorded day.
vi.mock('./index', () => ({
  dispatch: (name: string, args: object, { photos, ...rest }: { photos?: { sha256: string }[] } = {}) =>
    phone.dispatch(name, args, { ...rest, photos: (photos ?? []).map((photo) => photo.sha256) }),
  captureMoment: () => phone.clock.now(),
  undecided: (name: string, field: string, value: string) =>
    [...phone.state.device.outbox.values()]
      .filter((entry) => entry.name === name && entry.state !== 'applied' && entry.state !== 'seen')
      .filter((entry) => JSON.parse(entry.args)[field] === value)
      .map((entry) => entry.uuid),
}))

const FOLDER = new URL('../../../tests/vectors/builds/', import.meta.url)
const BUILDS = existsSync(FOLDER) ? readdirSync(FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory()) : []
const EFFECTS: Record<string, Effect> = {
  ...customersEffects,
  ...filesEffects,
  ...agentsEffects,
  ...receivablesEffects,
  ...visitsEffects,
  ...ordersEffects,
}
const RECORDING = process.env.ROUNDSMAN_RECORD

// biome-ignore lint/suspicious/noExplicitAny: whatever an earlier build wrote
type Json = any

interface Dump {
  name: string
  version: number
  stores: Record<
    string,
    { key: string | string[] | null; counts: boolean; indexes: Record<string, string | string[]>; records: Json[] }
  >
}

afterEach(async () => {
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function plain(value: Json): Json {
  if (value instanceof ArrayBuffer) return { $bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

function lively(value: Json): Json {
  if (Array.isArray(value)) return value.map(lively)
  if (value === null || typeof value !== 'object') return value
  if ('$bytes' in value) return new Uint8Array(Buffer.from(value.$bytes, 'base64')).buffer
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, lively(one)]))
}

async function dumped(engine: Engine): Promise<Dump> {
  const { name } = engine.store.database
  const database = await answered(indexedDB.open(name))
  const dump: Dump = { name, version: database.version, stores: {} }
  const transaction = database.transaction([...database.objectStoreNames])
  for (const named of database.objectStoreNames) {
    const store = transaction.objectStore(named)
    const indexes = Object.fromEntries([...store.indexNames].map((one) => [one, store.index(one).keyPath]))
    const records = plain(await answered(store.getAll()))
    dump.stores[named] = { key: store.keyPath, counts: store.autoIncrement, indexes, records }
  }
  database.close()
  return dump
}

async function restored(dump: Dump): Promise<void> {
  const request = indexedDB.open(dump.name, dump.version)
  request.onupgradeneeded = () => {
    for (const [name, { key, counts, indexes, records }] of Object.entries(dump.stores)) {
      const store = request.result.createObjectStore(name, { keyPath: key, autoIncrement: counts })
      for (const [field, path] of Object.entries(indexes)) store.createIndex(field, path)
      for (const record of records) store.put(lively(record))
    }
  }
  ;(await answered(request)).close()
}

function ofBuild(name: string): { database: Dump; read: (file: string) => string } {
  const read = (file: string) => readFileSync(new URL(`${name}/${file}`, FOLDER), 'utf-8')
  return { database: JSON.parse(read('database.json')), read }
}

test.skipIf(!RECORDING)('the day is recorded', async () => {
  const folder = new URL(`${RECORDING}/`, FOLDER)
  if (existsSync(folder)) throw new Error(`${RECORDING} was recorded already`)
  const { exchanges, database }: Recorded = await live(EFFECTS, dumped)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL('database.json', folder), `${JSON.stringify(database, null, 1)}\n`)
  writeFileSync(new URL('requests.json', folder), `${JSON.stringify(exchanges, null, 1)}\n`)
})

test.skipIf(RECORDING)('there are builds recorded', () => {
  expect(BUILDS.length).toBeGreaterThan(0)
})

test.skipIf(RECORDING).each(BUILDS.map(({ name }) => name))('the database of build %s', async (name) => {
  const { database } = ofBuild(name)
  const of = (store: string): Json[] => database.stores[store]?.records ?? []
  const waiting = of('outbox')
  expect(waiting.length).toBeGreaterThan(1)
  expect(new Set(waiting.map((entry) => entry.state))).toContain('sealed')
  expect(of('issues').length).toBeGreaterThan(0)
  await restored(database)

  const server = new TestServer()
  const meta = of('meta').find((one) => one.name === 'device').value
  const person_id = database.name.slice('rm-u-'.length)
  const { contact_server_at } = of('meta').find((one) => one.name === 'contact').value
  Object.assign(server, { person: person_id, epoch: meta.epoch, time: contact_server_at + 86_400_000, seq: meta.head })
  server.replicas.set(meta.replica, {
    person: person_id,
    last: Math.min(...waiting.map((one) => one.number)) - 1,
    status: 'active',
  })
  for (const entry of waiting)
    server.decided.set(entry.uuid, { number: entry.number, uuid: entry.uuid, status: 'applied', seq: ++server.seq })
  const sent = new Map<string, string>()
  const engine = await openEngine(server, {
    person_id,
    effects: EFFECTS,
    isPacked: (table) => table === 'customers',
    settings: { schema: 1, tables: { ...FEED_VERSIONS }, ...DEFAULT_LIMITS },
    transport: {
      ask: (path, ask) => {
        if (path.endsWith('/push')) {
          const texts = ask?.text ?? ''
          for (const { uuid, args } of JSON.parse(texts).commands) sent.set(uuid, JSON.stringify(args))
          for (const entry of waiting) expect(texts).toContain(`"args":${entry.args}`)
        }
        return server.ask(path, ask)
      },
    },
  })
  await engine.need(['customers', 'people', 'visits'])
  for (const { t, rows } of of('pages')) {
    for (const { row } of rows) expect(engine.overlays.view.get(t, row.id)).toMatchObject({ name: row.name })
  }
  const checkIn = waiting.find((entry) => entry.name === 'visits.check_in')
  expect(engine.overlays.view.get('visits', JSON.parse(checkIn.args).visit_id)).toBeDefined()
  for (const { id, value } of of('drafts')) expect(await engine.store.draft(id)).toEqual(value)
  expect([...engine.state.device.issues.keys()].sort()).toEqual(
    of('issues')
      .map((one) => one.uuid)
      .sort(),
  )
  const bytes = new Map(of('bytes').map((one) => [one.sha256, lively(one.bytes) as ArrayBuffer]))
  for (const [sha256, kept] of bytes) {
    expect(createHash('sha256').update(new Uint8Array(kept)).digest('hex')).toBe(sha256)
    expect((await engine.photos.bytes(sha256, 'full'))?.bytes.byteLength).toBe(kept.byteLength)
  }

  await engine.loop.now()
  await engine.loop.now()
  expect([...sent.keys()].sort()).toEqual(waiting.map((entry) => entry.uuid).sort())
  for (const entry of waiting) expect(sent.get(entry.uuid)).toBe(JSON.stringify(JSON.parse(entry.args)))
  expect(engine.state.device.outbox.size).toBe(0)
  const journal = await engine.store.device(true)
  expect([...journal.journal.keys()]).toEqual(expect.arrayContaining(of('journal').map((one) => one.uuid)))
  for (const blob of of('blobs').filter((one) => one.state === 'held')) {
    expect(server.blobs.get(blob.sha256)?.isComplete).toBe(true)
  }
  for (const blob of of('blobs').filter((one) => one.state === 'staged' || one.state === 'held')) {
    expect((await engine.photos.bytes(blob.sha256, 'full'))?.bytes.byteLength, 'nothing is freed unreferenced').toBe(
      blob.size,
    )
  }
  await engine.close()
})
