// Signing in and out on this phone, and opening the remembered person's store at start. The only place that tells the app who is
// signed in. What waits in somebody's outbox is never touched by any of this.

import { readonly, ref } from 'vue'
import { type Person, setSignedIn, signedIn } from '../core/access'
import { ApiError, ask } from '../core/api'
import { closeStore, openStore } from '../sync'
import { askToPersist } from '../sync/environment'
import {
  forgetPerson,
  isLockedHere,
  isSignOutOwed,
  leavePerson,
  lockHere,
  onPersonChanged,
  oweSignOut,
  personHere,
  rememberPerson,
} from './people_here'

interface SignedIn {
  person: Person
  server_time: number
}

const locked = ref(false)
/**
 * Whether the company locked the person out: what lies here is handed in behind a closed screen, and stays on the phone until he is
 * taken back or signs out.
 */
export const isLocked = readonly(locked)

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
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refreshPerson()
  })
  settle()
}

function follow(): void {
  const person = personHere()
  locked.value = isLockedHere()
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
  setLocked(false)
  setSignedIn(person)
  // Not waited for: some browsers ask the person.
  void askToPersist()
}

/** Whether nobody has ever been made on this server. Raises ApiError. */
export async function isFirstRun(): Promise<boolean> {
  return (await ask<{ is_needed: boolean }>('GET', '/api/identity/first_run')).is_needed
}

function setLocked(isLockedNow: boolean): void {
  lockHere(isLockedNow)
  locked.value = isLockedNow
}

/** Takes over name, roles and permissions when the server has others, and whether he is locked out; silence changes nothing. */
export async function refreshPerson(): Promise<void> {
  const here = personHere()
  if (!here) return
  let code = ''
  const told = await ask<SignedIn>('GET', '/api/identity/me').catch((error: unknown) => {
    code = error instanceof ApiError ? error.code : ''
    return null
  })
  if (signedIn.value?.id !== here.id) return
  if (code === 'session_locked') setLocked(true)
  if (told?.person.id !== here.id) return
  setLocked(false)
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
  setLocked(false)
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
