// Signing in and out on this phone, and opening the remembered person's store at start. The only place that tells the app who is
// signed in. What waits in somebody's outbox is never touched by any of this.

import { type Person, setSignedIn, signedIn } from '../core/access'
import { ApiError, ask } from '../core/api'
import { closeStore, openStore } from '../sync'
import { askToPersist } from '../sync/environment'
import {
  forgetPerson,
  isSignOutOwed,
  leavePerson,
  onPersonChanged,
  oweSignOut,
  personHere,
  rememberPerson,
} from './people_here'

interface SignedIn {
  person: Person
  server_time: number
}

/** Opens the remembered person's app at once, without asking the server; follows other tabs from then on. */
export function restoreSession(): void {
  follow()
  onPersonChanged(follow)
  const settle = (): void => {
    void settleSignOut()
    void refreshPerson()
  }
  addEventListener('online', () => {
    settle()
    // Its parts may not have come through before.
    if (signedIn.value) void openStore(signedIn.value).catch(() => undefined)
  })
  settle()
}

function follow(): void {
  const person = personHere()
  if (person?.id === signedIn.value?.id) return
  setSignedIn(person && stripped(person))
  void (person ? openStore(person, {}, { rowsFirst: true }) : closeStore()).catch(() => undefined)
}

function stripped({ id, name, roles, permissions }: Person): Person {
  return { id, name, roles, permissions }
}

/** Checks a login and a password with the server and opens that person's own store. Raises ApiError. */
export async function signIn(login: string, password: string): Promise<void> {
  const told = await ask<SignedIn>('POST', '/api/identity/sign_in', {
    login,
    password,
    device: { ua: navigator.userAgent.slice(0, 1000) },
  })
  await opened(told, login)
}

/** Makes the first administrator of an empty server and signs him in. Raises ApiError. */
export async function makeFirst(company: string, name: string, login: string, password: string): Promise<void> {
  await opened(await ask<SignedIn>('POST', '/api/identity/first_run', { company, name, login, password }), login)
}

async function opened(told: SignedIn, login: string): Promise<void> {
  // The server ended this browser's old session with the new one's beginning.
  oweSignOut(false)
  const person = stripped(told.person)
  await openStore(person)
  rememberPerson({ ...person, login, used_at: Date.now() })
  setSignedIn(person)
  // Not waited for: some browsers ask the person.
  void askToPersist()
}

/** Whether nobody has ever been made on this server. Raises ApiError. */
export async function isFirstRun(): Promise<boolean> {
  return (await ask<{ is_needed: boolean }>('GET', '/api/identity/first_run')).is_needed
}

/** Takes over name, roles and permissions when the server has others; silence changes nothing. */
export async function refreshPerson(): Promise<void> {
  const here = personHere()
  if (!here) return
  const told = await ask<SignedIn>('GET', '/api/identity/me').catch(() => null)
  if (told?.person.id !== here.id || signedIn.value?.id !== here.id) return
  const person = stripped(told.person)
  if (JSON.stringify(person) === JSON.stringify(stripped(here))) return
  rememberPerson({ ...here, ...person })
  setSignedIn(person)
}

/**
 * Signs out on this phone now; the server is told now or when the network is back. With `isErased` everything of the person's is
 * deleted from this phone, else it stays, locked, for him alone.
 */
export async function signOut(isErased: boolean): Promise<void> {
  const person = signedIn.value
  if (!person) return
  leavePerson()
  oweSignOut(true)
  setSignedIn(null)
  await closeStore()
  if (isErased) {
    const { eraseStoreOf } = await import('../sync/others')
    await eraseStoreOf(person.id)
    forgetPerson(person.id)
  }
  await settleSignOut()
}

async function settleSignOut(): Promise<void> {
  if (!isSignOutOwed() || personHere()) return
  try {
    await ask('POST', '/api/identity/sign_out')
    oweSignOut(false)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
