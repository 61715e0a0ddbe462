// The rules of a target that a screen needs before the server is asked: the months of a period, and what a splitting comes to. The same
// as backend/roundsman/targets/rules.py; both run tests/vectors/targets.

import { addDays } from '../core/times'

/** Parts by their weights, each rounded down to whole steps, and what remains undivided. Without any weight all are alike. */
export function split(amount: number, weights: readonly number[], step = 1): { parts: number[]; remainder: number } {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const parts = weights.map((weight) => {
    // As whole numbers beyond 2⁵³: an amount in fen times a weight may be.
    const part = (BigInt(amount) * BigInt(whole > 0 ? weight : 1)) / BigInt(whole > 0 ? whole : weights.length)
    return Number((part / BigInt(step)) * BigInt(step))
  })
  return { parts, remainder: amount - parts.reduce((sum, part) => sum + part, 0) }
}

/** The months a period lies in, each cut to it. */
export function monthsOf(from_on: string, until_on: string): { from_on: string; until_on: string }[] {
  const found = []
  for (let day = from_on; day <= until_on; ) {
    const next = `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`
    const last = addDays(next, -1)
    found.push({ from_on: day, until_on: last < until_on ? last : until_on })
    day = next
  }
  return found
}
