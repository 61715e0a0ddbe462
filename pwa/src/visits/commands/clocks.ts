// The three clocks of a fact as its payload carries them, and which earlier command a fact builds on. Shared by the commands here.

import { captureMoment, outboxItems } from '../../sync'
import type { Clocks } from '../rules'

/** The three clocks now. */
export function clocksNow(): Clocks {
  const { wall_at, monotonic_ms, contact_wall_at, contact_server_at } = captureMoment()
  return { wall_at, elapsed_ms: monotonic_ms, contact_wall_at, contact_server_at }
}

/** Uuids of undecided commands of one name whose args have this value: what a later command depends on. */
export function undecided(name: string, field: string, value: string): string[] {
  return outboxItems.value
    .filter((entry) => entry.name === name && entry.state !== 'applied')
    .filter((entry) => (JSON.parse(entry.args) as Record<string, unknown>)[field] === value)
    .map((entry) => entry.uuid)
}
