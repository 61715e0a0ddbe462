// Waiting in unit tests for what happens by itself: long enough for a machine that does much else, over at once when it has happened.

import { vi } from 'vitest'

/** Resolves when `check` no longer raises. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 })
}
