// Who and where the recorded day is about: its ids, and how a desk's acts are written down.

import type { Payloads } from '../../wire/commands'

/** Friday 2026-11-20, nine in the morning in Shanghai. */
export const BEGAN = Date.UTC(2026, 10, 20, 1)
export const id = (kind: number, n: number) => `019aa000-000${kind}-7000-8000-${n.toString(16).padStart(12, '0')}`
export const person = (n: number) => id(1, n)
const place = (n: number) => id(2, n)
export const customer = (n: number) => id(3, n)
export const COMPANY = place(0)
export const [REP, MANAGER, CLERK, NEWCOMER, AGENT] = [person(1), person(2), person(3), person(4), person(5)]
export const [NORTH, SOUTH] = [place(1), place(2)]
export const PASSWORD = 'correct horse battery'

/** A command a desk sends. */
export type Act = [name: keyof Payloads, args: never]

/** Commands by name, in order. What the server has a default for may be left out, as an older desk would. */
export function listed(acts: { [Name in keyof Payloads]?: Partial<Payloads[Name]>[] }): Act[] {
  return Object.entries(acts).flatMap(([name, all]) => all.map((args): Act => [name as keyof Payloads, args as never]))
}
