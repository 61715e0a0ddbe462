// What a phone holds of the company, read and set from its own storage behind the app's back, and how it differs from what the server says is
// his.

import type { Page } from '@playwright/test'

type Row = Record<string, unknown> & { id: string }

/** Every row this browser's one signed-in person holds, by table. */
export function heldBy(page: Page): Promise<Record<string, Row[]>> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases()
    const name = all.map((one) => one.name ?? '').find((one) => one.startsWith('rm-u-'))
    if (!name) throw new Error(`no store among ${all.map((one) => one.name)}`)
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const read = <T>(store: string) =>
      new Promise<T[]>((resolve, reject) => {
        const asked = database.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const single = await read<{ t: string; row: Row }>('rows')
    const packed = await read<{ t: string; rows: { row: Row }[] }>('pages')
    database.close()
    const held: Record<string, Row[]> = {}
    for (const { t, row } of [...single, ...packed.flatMap(({ t, rows }) => rows.map(({ row }) => ({ t, row })))]) {
      held[t] = [...(held[t] ?? []), row]
    }
    return held
  })
}

/** From the next page on this phone, which is without a signal, heard from the company so many days earlier than it did. */
export function heardEarlier(page: Page, days: number): Promise<void> {
  return page.evaluate(async (milliseconds) => {
    const all = await indexedDB.databases()
    const name = all.map((one) => one.name ?? '').find((one) => one.startsWith('rm-u-'))
    if (!name) throw new Error(`no store among ${all.map((one) => one.name)}`)
    const done = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const database = await done(indexedDB.open(name))
    const meta = database.transaction('meta', 'readwrite').objectStore('meta')
    const contact = await done(meta.get('contact'))
    if (!contact) throw new Error('this phone never heard from the company')
    // Both clocks, or the phone would seem to go wrong.
    contact.value.contact_wall_at -= milliseconds
    contact.value.contact_server_at -= milliseconds
    await done(meta.put(contact))
    database.close()
  }, days * 86_400_000)
}

/** Where two readings of the same rows differ: the table, the row, and both sides. Empty when they are the same. */
export function differences(one: Record<string, Row[]>, other: Record<string, Row[]>): string[] {
  const found: string[] = []
  for (const table of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const here = byId(one[table])
    const there = byId(other[table])
    for (const id of new Set([...here.keys(), ...there.keys()])) {
      const [mine, theirs] = [said(here.get(id)), said(there.get(id))]
      if (mine !== theirs) found.push(`${table} ${id}: ${mine} ≠ ${theirs}`)
    }
  }
  return found
}

function byId(rows: readonly Row[] = []): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

function said(row: Row | undefined): string {
  return row ? JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))) : 'nothing'
}
