// This phone against the real server, over HTTP: ROUNDSMAN_TEST_SERVER names one that was started on an empty folder
// (ROUNDSMAN_DATA=… roundsman serve). Without it there is nothing to talk to and the test says so.

import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { uuid7 } from '../core/ids'
import { FEED_VERSIONS } from '../wire/feeds'
import { SYSTEM_TIME } from './clock'
import { Engine } from './engine'
import { DEFAULT_LIMITS } from './phone'
import { issuesOf, options, outboxOf } from './testing/open'
import { TestServer } from './testing/server'
import { fetchTransport, TransportError } from './transport'

const SERVER = process.env.ROUNDSMAN_TEST_SERVER

/** A red square of 8 × 8 pixels. */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71' +
  '////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4' +
  '+Pj4+Pj4+Pj/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA' +
  'FQEBAQAAAAAAAAAAAAAAAAAAAwX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYASg//9k='

/** A browser's manners: cookies kept, same origin told. */
function browser(origin: string): typeof fetch {
  const jar = new Map<string, string>()
  return async (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('origin', origin)
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(origin + String(path), { ...init, headers })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      jar.set(name!, value!)
    }
    return answer
  }
}

interface Person {
  id: string
}

async function signIn(send: typeof fetch): Promise<Person> {
  const post = async (path: string, body: object) => {
    const text = JSON.stringify(body)
    return send(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } })
  }
  const owner = { company: '行商', name: '老王', login: 'wang', password: 'sync-test-pass-9' }
  await post('/api/identity/first_run', owner)
  const answer = await post('/api/identity/sign_in', { login: owner.login, password: owner.password })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { person: Person }).person
}

function open(person: Person, send: typeof fetch): Promise<Engine> {
  return Engine.open(
    options(new TestServer(), {
      person_id: person.id,
      settings: { schema: 1, tables: FEED_VERSIONS, ...DEFAULT_LIMITS, pull: { rows: 3, bytes: 65536 } },
      isPacked: (table) => table === 'customers',
      transport: fetchTransport(SYSTEM_TIME.monotonic, send),
      time: SYSTEM_TIME,
      newId: uuid7,
      effects: {
        'identity.add_territory': (draft, args) =>
          draft.put('territories', { id: args.territory_id, parent_id: args.parent_id, name: args.name }),
        'customers.add': (draft, args) => draft.put('customers', { id: args.customer_id, ...args }),
      },
      sendPart: async (path, part, headers) => {
        const answer = await send(path, { method: 'PUT', body: part, headers })
        if (answer.status !== 204) {
          const detail = (await answer.json()) as { code: string }
          throw new TransportError({ kind: 'refused', status: answer.status, code: detail.code, detail })
        }
      },
    }),
  )
}

test.skipIf(!SERVER)(
  'a phone and the real server agree (skipped: ROUNDSMAN_TEST_SERVER names no server)',
  async () => {
    const send = browser(SERVER!)
    const person = await signIn(send)
    const phone = await open(person, send)
    const faults: unknown[] = []
    phone.loop.onError = (error) => faults.push(error)
    await phone.loop.now()
    expect(phone.state.device.meta.epoch).toBeTruthy()

    const territory = uuid7()
    const parent = await phone.dispatch('identity.add_territory', {
      territory_id: territory,
      parent_id: null,
      name: '华东',
    })
    const customers = Array.from({ length: 8 }, () => uuid7())
    for (const [at, customer] of customers.entries()) {
      const args = { customer_id: customer, name: `店 ${at}`, tags: [], territory_id: territory }
      await phone.dispatch('customers.add', args, { deps: [parent] })
    }
    const refused = await phone.dispatch('customers.add', {
      customer_id: uuid7(),
      name: '',
      tags: [],
      territory_id: territory,
    })
    const parked = await phone.dispatch('nobody.knows', { a: 1 })
    await phone.need(['customers', 'territories'])
    expect([...phone.overlays.view.all('customers')].filter((row) => customers.includes(row.id))).toHaveLength(8)
    await phone.loop.now()
    await phone.loop.now()

    expect(faults).toEqual([])
    expect(outboxOf(phone)).toEqual([])
    const issues = new Map(issuesOf(phone).map((issue) => [issue.uuid, issue]))
    expect(issues.get(refused)?.status).toBe('rejected')
    expect(issues.get(parked)?.code).toContain('unknown')
    expect(issues.size).toBe(2)
    expect(phone.overlays.view.get('territories', territory)?.name).toBe('华东')
    for (const customer of customers) expect(phone.overlays.view.state('customers', customer)).toBe('received')

    // Bytes after the end of the picture make it long enough to travel in three parts.
    const picture = new Uint8Array(600_000)
    picture.set(Uint8Array.from(atob(JPEG), (letter) => letter.charCodeAt(0)))
    new DataView(picture.buffer).setFloat64(599_000, Date.now())
    const meta = { mime: 'image/jpeg', width: 8, height: 8 }
    const photo = await phone.photos.stage(picture.buffer, null, meta)
    await phone.dispatch('nobody.knows', { b: 1 }, { photos: [photo.sha256] })
    await phone.loop.now()
    expect(faults).toEqual([])
    expect((await phone.photos.blob(photo.sha256))?.state).toBe('uploaded')

    // A stale phone plus a pull equals a fresh phone.
    const shown = async (engine: Engine) => {
      await engine.need(Object.keys(FEED_VERSIONS))
      return Object.keys(FEED_VERSIONS).map((table) => [
        table,
        [...engine.overlays.view.all(table)].sort((one, two) => (one.id < two.id ? -1 : 1)),
      ])
    }
    const stale = await shown(phone)
    expect(Object.fromEntries(stale).customers).toHaveLength(customers.length)
    await phone.close()
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(phone.store.database.name).onsuccess = resolve
    })
    const other = await open(person, send)
    await other.loop.now()
    expect(await shown(other)).toEqual(stale)
    await other.close()
  },
  60_000,
)
