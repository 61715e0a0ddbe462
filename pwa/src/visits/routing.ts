// The order of stops by straight-line distance: nearest neighbour, then 2-opt and Or-opt until neither helps. An open path from where
// the person stands (he need not come back), or a closed tour, which is only for comparing with published optima. Streets are not here.

import { distanceMetres, type Position } from '../core/geo'

/** Distance from point to point by their numbers; symmetric. */
export type Distance = (one: number, other: number) => number

const ENOUGH = 1e-9
const SEGMENT = 3

function nearestNeighbour(count: number, distance: Distance): number[] {
  const order = [0]
  const left = new Set(Array.from({ length: count - 1 }, (_, at) => at + 1))
  while (left.size) {
    const here = order[order.length - 1] as number
    let nearest = -1
    for (const next of left) if (nearest < 0 || distance(here, next) < distance(here, nearest)) nearest = next
    order.push(nearest)
    left.delete(nearest)
  }
  return order
}

/** The point after a place in the order: the first again when closed, none (undefined) at the end of an open path. */
function after(order: readonly number[], at: number, isClosed: boolean): number | undefined {
  return at + 1 < order.length ? order[at + 1] : isClosed ? order[0] : undefined
}

function twoOpt(order: number[], distance: Distance, isClosed: boolean): boolean {
  let hasImproved = false
  for (let from = 1; from < order.length - 1; from++) {
    for (let until = from + 1; until < order.length; until++) {
      const [a, b, c] = [order[from - 1] as number, order[from] as number, order[until] as number]
      const d = after(order, until, isClosed)
      if (d === a) continue
      const gain = distance(a, b) - distance(a, c) + (d === undefined ? 0 : distance(c, d) - distance(b, d))
      if (gain > ENOUGH) {
        order.splice(from, until - from + 1, ...order.slice(from, until + 1).reverse())
        hasImproved = true
      }
    }
  }
  return hasImproved
}

/** Moves runs of up to three stops elsewhere, turned round when that is shorter. */
function orOpt(order: number[], distance: Distance, isClosed: boolean): boolean {
  let hasImproved = false
  for (let length = 1; length <= SEGMENT; length++) {
    for (let from = 1; from + length <= order.length; from++) {
      if (moveSegment(order, from, length, distance, isClosed)) hasImproved = true
    }
  }
  return hasImproved
}

function moveSegment(order: number[], from: number, length: number, distance: Distance, isClosed: boolean): boolean {
  const before = order[from - 1] as number
  const first = order[from] as number
  const last = order[from + length - 1] as number
  const behind = after(order, from + length - 1, isClosed)
  const saved = distance(before, first) + (behind === undefined ? 0 : distance(last, behind) - distance(before, behind))
  if (saved <= ENOUGH) return false
  const rest = [...order.slice(0, from), ...order.slice(from + length)]
  let best = ENOUGH
  let place = -1
  let isTurned = false
  for (let at = 0; at < rest.length; at++) {
    const left = rest[at] as number
    const right = after(rest, at, isClosed)
    const base = right === undefined ? 0 : distance(left, right)
    for (const turned of [false, true]) {
      const [head, tail] = turned ? [last, first] : [first, last]
      const cost = distance(left, head) + (right === undefined ? 0 : distance(tail, right)) - base
      if (saved - cost > best) {
        best = saved - cost
        place = at
        isTurned = turned
      }
    }
  }
  if (place < 0) return false
  const segment = order.slice(from, from + length)
  rest.splice(place + 1, 0, ...(isTurned ? segment.reverse() : segment))
  order.splice(0, order.length, ...rest)
  return true
}

function improved(start: readonly number[], distance: Distance, isClosed: boolean): number[] {
  const order = [...start]
  while (twoOpt(order, distance, isClosed) || orOpt(order, distance, isClosed)) {
    // Each round only ever shortens the way, so it ends.
  }
  return order
}

/** The length of an order. */
export function lengthOf(order: readonly number[], distance: Distance, isClosed = false): number {
  let length = 0
  for (let at = 0; at < order.length; at++) {
    const next = after(order, at, isClosed)
    if (next !== undefined) length += distance(order[at] as number, next)
  }
  return length
}

/**
 * A short order over points 0 … count − 1 that begins at 0. Two starts are improved, nearest neighbour and the order given
 * (0, 1, 2 …), and the shorter is taken, so the result is never longer than the order that stood before.
 */
export function shortOrder(count: number, distance: Distance, isClosed = false): number[] {
  if (count < 3) return Array.from({ length: count }, (_, at) => at)
  const given = Array.from({ length: count }, (_, at) => at)
  const table = new Float64Array(count * count)
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < count; other++) table[one * count + other] = distance(one, other)
  }
  const known: Distance = (one, other) => table[one * count + other] as number
  const orders = [nearestNeighbour(count, known), given].map((start) => improved(start, known, isClosed))
  return orders.reduce((best, order) =>
    lengthOf(order, known, isClosed) < lengthOf(best, known, isClosed) ? order : best,
  )
}

/** Stops in a short order on foot or by car from `here`; without it the first stop stays first. Stops without a pin keep their order at the end. */
export function orderStops<T>(
  stops: readonly T[],
  pinOf: (stop: T) => Position | null,
  here: Position | null,
): { stops: T[]; metres: number } {
  const pinned = stops.flatMap((stop) => {
    const pin = pinOf(stop)
    return pin ? [{ stop, pin }] : []
  })
  const unpinned = stops.filter((stop) => !pinOf(stop))
  const points = [...(here ? [here] : []), ...pinned.map(({ pin }) => pin)]
  const distance: Distance = (one, other) => distanceMetres(points[one] as Position, points[other] as Position)
  const order = shortOrder(points.length, distance)
  const offset = here ? 1 : 0
  const ordered = order.filter((at) => at >= offset).map((at) => (pinned[at - offset] as { stop: T }).stop)
  return { stops: [...ordered, ...unpinned], metres: lengthOf(order, distance) }
}
