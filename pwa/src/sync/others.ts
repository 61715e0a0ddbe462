// The stores of people who used this phone and are not signed in now: how much of theirs still waits, and how one is erased. Nothing
// here sends anything: what waits goes out only when its owner signs in again.

import { countWaiting } from './blobs'
import { Database } from './database'
import { isOpen } from './device'
import { cookieKeepsake } from './keepsake'
import { databaseName } from './store'

/** How many commands and photos of a person wait on this phone or need him; 0 when he has no store here. */
export async function unsentOf(personId: string): Promise<number> {
  const name = databaseName(personId)
  // Opening makes a database that is not there; where the browser can list them, look first.
  const known = await indexedDB.databases?.().catch(() => undefined)
  if (known && !known.some((one) => one.name === name)) return 0
  const database = await Database.open(name)
  try {
    return await database.read(['outbox', 'issues', 'blobs', 'drafts'], async (tables) => {
      const { outbox, issues } = tables
      const entries = await outbox.all()
      return entries.filter(isOpen).length + (await issues.count()) + (await countWaiting(tables))
    })
  } finally {
    database.close()
  }
}

/** Erases a person's store from this phone with everything in it, also what was never sent. Ask the person first. */
export async function eraseStoreOf(personId: string): Promise<void> {
  await (await Database.open(databaseName(personId))).destroy()
  cookieKeepsake(personId).write(0)
}
