// Who is signed in on this phone and what he may do, as the frames and the router need to know it. The identity domain tells;
// nothing here fetches or stores it.

import { readonly, ref } from 'vue'

export interface Person {
  id: string
  name: string
  roles: readonly string[]
  permissions: readonly string[]
}

const person = ref<Person | null>(null)

/** The person signed in, or null. */
export const signedIn = readonly(person)

/** Told by the identity domain at sign-in, sign-out and when a remembered session is opened at start. */
export function setSignedIn(next: Person | null): void {
  person.value = next
}

/** Whether the person signed in holds a permission; no permission asked means anyone signed in. */
export function may(permission: string | undefined): boolean {
  if (!person.value) return false
  return permission === undefined || person.value.permissions.includes(permission)
}
