// When pictures wait for a better connection: only where the browser tells and the person asked for it.

import { afterEach, expect, test, vi } from 'vitest'

class Connection extends EventTarget {
  saveData = false
  type = 'wifi'
  becomes(change: Partial<Pick<Connection, 'saveData' | 'type'>>): void {
    Object.assign(this, change)
    this.dispatchEvent(new Event('change'))
  }
}

async function load(connection?: Connection) {
  vi.resetModules()
  vi.stubGlobal('navigator', connection ? { connection } : {})
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  })
  return { kept, ...(await import('./spared')) }
}

afterEach(() => vi.unstubAllGlobals())

test('mobile data and data saver are spared once the person asks for it', async () => {
  const connection = new Connection()
  const { isSpared, knowsConnection, setPhotosWait, kept } = await load(connection)
  expect(knowsConnection).toBe(true)
  connection.becomes({ type: 'cellular' })
  expect(isSpared.value).toBe(false)
  setPhotosWait(true)
  expect(isSpared.value).toBe(true)
  connection.becomes({ type: 'wifi' })
  expect(isSpared.value).toBe(false)
  connection.becomes({ saveData: true })
  expect(isSpared.value).toBe(true)
  expect([...kept.values()]).toEqual(['yes'])
  setPhotosWait(false)
  expect(isSpared.value).toBe(false)
  expect(kept.size).toBe(0)
})

test('a browser that does not tell spares nothing', async () => {
  const { isSpared, knowsConnection, setPhotosWait } = await load()
  expect(knowsConnection).toBe(false)
  setPhotosWait(true)
  expect(isSpared.value).toBe(false)
})
