// Who used this phone and who is signed in on it now, remembered in the browser's small storage so that the app opens without the
// network and every tab hears of a change. No passwords, no tokens: the session itself is a cookie no script can read.

import type { Person } from '../core/access'

export interface PersonHere extends Person {
  /** What he typed to sign in, to offer it again. */
  login: string
  used_at: number
}

const PEOPLE = 'roundsman.people'
const CURRENT = 'roundsman.person'
/** Whom the server last said to be locked out here. */
const LOCKED = 'roundsman.locked'
/** A signing out the server has not heard of yet. */
const OWED = 'roundsman.sign_out_owed'

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch {
    // Private windows may refuse storage: then nobody is remembered.
  }
}

function isPerson(one: unknown): one is PersonHere {
  const person = one as PersonHere | null
  return typeof person?.id === 'string' && typeof person.name === 'string' && Array.isArray(person.permissions)
}

/** Everyone who used this phone, the last one first. */
export function peopleHere(): PersonHere[] {
  try {
    const kept: unknown = JSON.parse(read(PEOPLE) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPerson).sort((one, other) => other.used_at - one.used_at) : []
  } catch {
    return []
  }
}

/** Whose app this is now; null when nobody is signed in. */
export function personHere(): PersonHere | null {
  const id = read(CURRENT)
  return peopleHere().find((one) => one.id === id) ?? null
}

/** Remembers a person, as the one signed in. */
export function rememberPerson(person: PersonHere): void {
  write(PEOPLE, JSON.stringify([person, ...peopleHere().filter((one) => one.id !== person.id)]))
  write(CURRENT, person.id)
}

/** Nobody is signed in now; who used the phone stays known. */
export function leavePerson(): void {
  write(CURRENT, null)
}

/** A person is no longer among those who used this phone. */
export function forgetPerson(id: string): void {
  write(PEOPLE, JSON.stringify(peopleHere().filter((one) => one.id !== id)))
  if (read(CURRENT) === id) leavePerson()
}

/** Whether the person here was locked out when the server was last heard: that holds without the network too. */
export function isLockedHere(): boolean {
  const id = read(CURRENT)
  return id !== null && read(LOCKED) === id
}

export function lockHere(isLocked: boolean): void {
  write(LOCKED, isLocked ? read(CURRENT) : null)
}

export function isSignOutOwed(): boolean {
  return read(OWED) !== null
}

export function oweSignOut(isOwed: boolean): void {
  write(OWED, isOwed ? '1' : null)
}

/** Calls back when another tab signed in or out. */
export function onPersonChanged(run: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === CURRENT || event.key === null) run()
  })
}
