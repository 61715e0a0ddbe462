// @vitest-environment happy-dom
// The day a phone's prices are of is the company's, whatever the phone's own clock shows.

import { expect, test, vi } from 'vitest'
import { pricedOn } from './placing'

const DAY = 86_400_000
const NOON = Date.UTC(2026, 2, 10, 4)
const moment = vi.hoisted(() => ({ contact_server_at: null as number | null }))
vi.mock('../sync', async (original) => ({
  ...(await original<object>()),
  captureMoment: () => ({ wall_at: 0, monotonic_ms: null, contact_wall_at: 0, ...moment }),
}))

test('a phone set back or ahead by days tells the day of the company’s clock', () => {
  moment.contact_server_at = NOON
  for (const wrong of [-30 * DAY, 0, 30 * DAY]) {
    vi.useFakeTimers({ now: NOON + wrong })
    expect(pricedOn()).toBe('2026-03-10')
  }
  vi.useRealTimers()
})

test('before the first contact there is only the phone’s own', () => {
  moment.contact_server_at = null
  vi.useFakeTimers({ now: NOON })
  expect(pricedOn()).toBe('2026-03-10')
  vi.useRealTimers()
})
