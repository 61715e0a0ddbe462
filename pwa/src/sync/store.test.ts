// What "saved on this phone" means: a strict transaction that has committed, also when the browser loses its database in between;
// and never a silent success.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from '../core/testing/eventually'
import { Checkpoints } from './checkpoints'
import { Database, StoreFailure, type Trouble } from './database'
import { enqueued } from './outbox'
import { RowsStore } from './rows_store'
import { newStaging, pullRequest } from './staging'
import { Store } from './store'
import { newCommandOf } from './testing/command'

let store: Store
let troubles: (Trouble | null)[]

beforeEach(async () => {
  watchTransactions()
  troubles = []
  store = await Store.open('p', (trouble) => troubles.push(trouble))
})

afterEach(async () => {
  vi.restoreAllMocks()
  await store.database.destroy()
})

function save(uuid: string) {
  return store.change((device) => [enqueued(device, newCommandOf(uuid)), null])
}

/** The browser's own transaction fails this often before it works again. */
let failing = { times: 0, name: '' }
const opened: unknown[][] = []

function watchTransactions(): void {
  const real = IDBDatabase.prototype.transaction
  failing = { times: 0, name: '' }
  opened.length = 0
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    if (args[1] === 'readwrite') {
      opened.push(args)
      if (failing.times > 0) {
        failing.times -= 1
        throw new DOMException(
          'Connection to Indexed Database server lost. Refresh the page to try again',
          failing.name,
        )
      }
    }
    return real.apply(this, args)
  })
}

test('every write is strict', async () => {
  await save('u')
  expect(opened.length).toBeGreaterThan(0)
  for (const call of opened) expect(call[2]).toEqual({ durability: 'strict' })
})

test.each(['InvalidStateError', 'UnknownError'])(
  'a connection lost with %s is opened again and the save goes through once',
  async (name) => {
    failing = { times: 2, name }
    await save('u')
    expect(failing.times).toBe(0)
    expect([...(await store.device()).outbox.keys()]).toEqual(['u'])
    expect((await store.device()).meta.next_number).toBe(2)
  },
)

test('a save that cannot be made is told, and nothing of it is there', async () => {
  failing = { times: 3, name: 'UnknownError' }
  await expect(save('u')).rejects.toMatchObject({ code: 'sync.could_not_save' })
  expect(troubles.at(-1)).toBe('could_not_save')
  expect(failing.times).toBe(0)
  expect((await store.device()).outbox.size).toBe(0)
  await store.database.tryAgain()
  expect(troubles.at(-1)).toBeNull()
  await save('u')
  expect((await store.device()).outbox.size).toBe(1)
})

test('a full phone is told as such, at once', async () => {
  failing = { times: 1, name: 'QuotaExceededError' }
  await expect(save('u')).rejects.toMatchObject({ code: 'sync.no_room' })
  expect((await store.device()).meta.next_number).toBe(1)
})

test('a step that throws leaves everything as it was', async () => {
  await expect(
    store.change(() => {
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect(troubles).not.toContain('could_not_save')
  await save('u')
  expect((await store.device()).meta.next_number).toBe(2)
})

test('numbers are gapless whatever writes at the same time', async () => {
  const other = await Store.open('p')
  const both = [store, other]
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      both[n % 2]!.change((device) => [enqueued(device, newCommandOf(`u${n}`)), null]),
    ),
  )
  const numbers = [...(await store.device()).outbox.values()].map((entry) => entry.number).sort((one, two) => one - two)
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  other.database.close()
})

test('an upgrade elsewhere closes this tab instead of blocking it', async () => {
  await save('u')
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('rm-u-p', 1000)
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
    request.onerror = () => reject(request.error)
  })
  expect(troubles.at(-1)).toBe('superseded')
  await expect(save('v')).rejects.toBeInstanceOf(StoreFailure)
})

test('a draft goes with the command made from it, in one transaction', async () => {
  await store.keepDraft('visit-1', { note: 'half' }, 0)
  expect(await store.draft('visit-1')).toEqual({ note: 'half' })
  await expect(
    store.change(
      () => {
        throw new Error('no')
      },
      { draft: 'visit-1' },
    ),
  ).rejects.toThrow()
  expect(await store.draft('visit-1')).toEqual({ note: 'half' })
  await store.change((device) => [enqueued(device, newCommandOf('u')), null], { draft: 'visit-1' })
  expect(await store.draft('visit-1')).toBeUndefined()
})

test('the log keeps the newest lines only', async () => {
  for (let n = 0; n < 560; n++) await store.log(n, 'line', n)
  const lines = await store.logLines()
  expect(lines.length).toBeLessThanOrEqual(550)
  expect(lines.at(-1)?.body).toBe(559)
})

test('twenty thousand packed rows are written and read as pages, and a change rewrites only its page', async () => {
  const count = 20_000
  const rows: Record<string, Record<string, unknown>> = {}
  const entries: [number, string, string, number, 1 | 2][] = []
  for (let n = 0; n < count; n++) {
    rows[`c${n}`] = { id: `c${n}`, name: `客户 ${n}` }
    entries.push([0, 'customers', `c${n}`, n + 1, 1])
  }
  await store.change((device) => [{ ...device, meta: { ...device.meta, replica: 'r', epoch: 'e' } }, null])
  const keeper = new RowsStore(store, () => true)
  const checkpoints = new Checkpoints(store, keeper, { customers: 1 })
  async function pull(page: object) {
    const device = await store.device()
    const sent = pullRequest(device, newStaging(device), {
      schema: 1,
      tables: { customers: 1 },
      limit: { rows: 1e6, bytes: 1e9 },
    })!
    return checkpoints.take(
      sent,
      {
        epoch: 'e',
        gen: device.meta.gen,
        server_time: 0,
        more: false,
        buckets: ['t'],
        drop: [],
        reset: [],
        restarted: [],
        results: [],
        last_number: 0,
        rows: {},
        entries: [],
        head: 0,
        cursors: {},
        ...page,
      },
      0,
      () => 'r',
    )
  }
  await pull({ rows: { customers: rows }, entries, head: count, cursors: { t: [count, count] } })
  expect(await store.database.read(['pages'], ({ pages }) => pages.count())).toBe(count / 500)
  const written = vi.spyOn(IDBObjectStore.prototype, 'put')
  await pull({
    rows: { customers: { c7: { id: 'c7', name: 'new' } } },
    entries: [
      [0, 'customers', 'c7', count + 1, 1],
      [0, 'customers', 'c8', count + 2, 2],
      [0, 'customers', 'nobody', count + 3, 2],
    ],
    head: count + 3,
    cursors: { t: [count + 3, count + 3] },
  })
  expect(written.mock.calls.filter(([value]) => 'p' in value)).toHaveLength(1)
  const fresh = new RowsStore(store, () => true)
  await fresh.load(['customers'])
  const table = fresh.base.get('customers')!
  expect(table.size).toBe(count - 1)
  expect(table.get('c7')?.row.name).toBe('new')
  expect(table.has('c8')).toBe(false)
  expect(keeper.base.get('customers')?.size).toBe(count - 1)
}, 30_000)

test('Database.open tells when an older tab holds it', async () => {
  const blocker = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('rm-blocked', 1)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const told: (Trouble | null)[] = []
  const opening = Database.open('rm-blocked', (trouble) => told.push(trouble))
  await eventually(() => expect(told).toContain('blocked'))
  blocker.close()
  const database = await opening
  expect(told.at(-1)).toBeNull()
  await database.destroy()
})
