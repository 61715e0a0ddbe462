// @vitest-environment happy-dom
// Signing in and out on one phone: who is remembered, what the server is owed, and that nobody's outbox is another's.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { setSignedIn, signedIn } from '../core/access'
import { eventually } from '../core/testing/eventually'
import { closeStore, dispatch, gatherDomains, outboxItems } from '../sync'
import { unsentOf } from '../sync/others'
import { isSignOutOwed, peopleHere, personHere } from './people_here'
import { isPasswordAcceptable } from './rules'
import { isLocked, refreshPerson, restoreSession, signIn, signOut } from './session'

const WANG = { id: 'wang-id', name: '王磊', roles: ['rep'], permissions: ['customers.see'] }
const LI = { id: 'li-id', name: '李娜', roles: ['rep'], permissions: ['customers.see'] }

let isOnline = true
let isLetGo = false
let session: typeof WANG | null = null
const asked: string[] = []

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  return new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': type, ...headers },
  })
}

async function server(path: string, init: RequestInit = {}): Promise<Response> {
  asked.push(`${init.method} ${path}`)
  if (!isOnline) throw new TypeError('no network')
  if (path === '/api/identity/sign_in') {
    const { login, password } = JSON.parse(String(init.body))
    const person = { wang: WANG, li: LI }[login as 'wang' | 'li']
    if (!person || password !== 'right') return answer(403, { code: 'identity.sign_in_refused', details: {} })
    session = person
    return answer(200, { person, server_time: 1 })
  }
  if (path === '/api/identity/sign_out') {
    session = null
    return answer(204, null)
  }
  if (path === '/api/identity/me' && isLetGo) return answer(403, { code: 'session_locked', details: {} })
  if (path === '/api/identity/me' && session) return answer(200, { person: session, server_time: 1 })
  return answer(401, { code: 'unauthenticated', details: {} })
}

beforeEach(() => {
  isOnline = true
  isLetGo = false
  session = null
  asked.length = 0
  localStorage.clear()
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => server(path, init))
  gatherDomains([], { customers: 1 })
})

afterEach(async () => {
  await signOut(true)
  await closeStore()
})

test('signing in remembers the person and opens his app; a wrong password changes nothing', async () => {
  await expect(signIn('wang', 'wrong')).rejects.toMatchObject({ code: 'identity.sign_in_refused', status: 403 })
  expect(signedIn.value).toBeNull()
  await signIn('wang', 'right')
  expect(signedIn.value).toEqual(WANG)
  expect(personHere()).toMatchObject({ id: WANG.id, login: 'wang' })
  expect(JSON.stringify({ ...localStorage })).not.toContain('right')
})

test('without the network the remembered person is there at once', async () => {
  await signIn('wang', 'right')
  await closeStore()
  isOnline = false
  restoreSession()
  expect(signedIn.value?.id).toBe(WANG.id)
})

test('signing out without the network is owed to the server, and paid only while nobody is signed in', async () => {
  await signIn('wang', 'right')
  isOnline = false
  await signOut(false)
  expect(signedIn.value).toBeNull()
  expect([isSignOutOwed(), session]).toEqual([true, WANG])
  isOnline = true
  asked.length = 0
  restoreSession()
  await eventually(() => expect(isSignOutOwed()).toBe(false))
  expect(session).toBeNull()
  await signIn('li', 'right')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(session).toEqual(LI)
})

test('another person on the same phone: the first one’s work waits in a store of its own', async () => {
  await signIn('wang', 'right')
  isOnline = false
  await dispatch('customers.add', { customer_id: 'c' })
  await signOut(false)
  isOnline = true
  await signIn('li', 'right')
  expect(outboxItems.value).toEqual([])
  expect(peopleHere().map((one) => one.id)).toEqual([LI.id, WANG.id])
  expect(await unsentOf(WANG.id)).toBe(1)
  await signOut(false)
  await signIn('wang', 'right')
  expect(outboxItems.value.map((item) => item.name)).toEqual(['customers.add'])
  await signOut(true)
  expect(await unsentOf(WANG.id)).toBe(0)
  expect(peopleHere().map((one) => one.id)).toEqual([LI.id])
})

test('new permissions are taken over; an expired session and another’s change nothing', async () => {
  await signIn('wang', 'right')
  session = { ...WANG, permissions: ['customers.see', 'visits.do'] }
  await refreshPerson()
  expect(signedIn.value?.permissions).toContain('visits.do')
  session = null
  await refreshPerson()
  session = LI
  await refreshPerson()
  expect(signedIn.value).toMatchObject({ id: WANG.id, permissions: ['customers.see', 'visits.do'] })
})

test('whom the company locked out sees so, also without the network, until he is taken back', async () => {
  await signIn('wang', 'right')
  isOnline = false
  await dispatch('customers.add', { customer_id: 'c' })
  isOnline = true
  isLetGo = true
  await refreshPerson()
  expect(isLocked.value).toBe(true)
  expect(signedIn.value?.id, 'his store stays open: what is in it is handed in').toBe(WANG.id)
  isOnline = false
  await refreshPerson()
  // The app is started anew.
  await closeStore()
  setSignedIn(null)
  expect(outboxItems.value).toEqual([])
  restoreSession()
  expect(isLocked.value).toBe(true)
  await eventually(() => expect(outboxItems.value.map((item) => item.name)).toEqual(['customers.add']))
  isOnline = true
  isLetGo = false
  await refreshPerson()
  expect(isLocked.value).toBe(false)
})

test('whoever signs in after somebody locked out, or out himself, is not locked', async () => {
  await signIn('wang', 'right')
  isLetGo = true
  await refreshPerson()
  await signOut(false)
  expect(isLocked.value).toBe(false)
  isLetGo = false
  await signIn('li', 'right')
  expect(isLocked.value).toBe(false)
})

test('a password is judged by its length and by not being one’s own words', () => {
  expect(isPasswordAcceptable('1234567', [])).toBe(false)
  expect(isPasswordAcceptable('12121212', [])).toBe(false)
  expect(isPasswordAcceptable('Wang Lei 99', ['wanglei99'])).toBe(false)
  expect(isPasswordAcceptable(`${'x'.repeat(250)}abcdefg`, [])).toBe(false)
  expect(isPasswordAcceptable('correct horse', [null, ''])).toBe(true)
})
