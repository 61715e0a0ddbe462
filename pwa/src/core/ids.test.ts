import { beforeEach, describe, expect, test, vi } from 'vitest'

let uuid7: (now?: number) => string

// The module remembers the last moment; each test starts with one that has made nothing yet.
beforeEach(async () => {
  vi.resetModules()
  ;({ uuid7 } = await import('./ids'))
})

describe('uuid7', () => {
  test('is a version 7 id of the right variant carrying its millisecond', () => {
    const now = 1_772_000_000_123
    const id = uuid7(now)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16)).toBe(now)
  })

  test('ten thousand in one millisecond are all different and already sorted', () => {
    const now = 1_772_000_000_123
    const ids = Array.from({ length: 10_000 }, () => uuid7(now))
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
  })

  test('a clock that goes back does not break the order', () => {
    const now = 1_772_000_000_123
    const first = uuid7(now)
    expect(uuid7(now - 100_000) > first).toBe(true)
  })
})
