// The order of stops against published optima (TSPLIB) and on small paths a person can check.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Distance, lengthOf, orderStops, shortOrder } from './routing'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = join(process.env.ROUNDSMAN_SHARED ?? resolve(root, '../shared'), 'data/geo/tsplib')

function section(text: string, name: string): string[] {
  const [, rest = ''] = text.split(`${name}\n`)
  return (rest.split(/[A-Z_]{4,}|EOF/)[0] ?? '').trim().split('\n')
}

/** Distances of an instance as TSPLIB 95 defines them: EUC_2D, GEO, or an explicit upper row. */
function distanceOf(text: string): { count: number; distance: Distance } {
  const count = Number(/DIMENSION\s*:\s*(\d+)/.exec(text)?.[1])
  const type = /EDGE_WEIGHT_TYPE\s*:\s*(\w+)/.exec(text)?.[1]
  if (type === 'EXPLICIT') {
    const numbers = section(text, 'EDGE_WEIGHT_SECTION').join(' ').trim().split(/\s+/).map(Number)
    const table = new Map<string, number>()
    for (let one = 0, at = 0; one < count; one++) {
      for (let other = one + 1; other < count; other++) table.set(`${one}-${other}`, numbers[at++] as number)
    }
    return {
      count,
      distance: (one, other) => table.get(`${Math.min(one, other)}-${Math.max(one, other)}`) ?? 0,
    }
  }
  const points = section(text, 'NODE_COORD_SECTION').map((line) => line.trim().split(/\s+/).slice(1).map(Number))
  const at = (index: number): [number, number] => points[index] as [number, number]
  if (type === 'EUC_2D') {
    return {
      count,
      distance: (one, other) => Math.round(Math.hypot(at(one)[0] - at(other)[0], at(one)[1] - at(other)[1])),
    }
  }
  // TSPLIB defines GEO with this rounded pi and with degrees.minutes.
  const pi = 3141592 / 1e6
  const radians = (value: number): number => (pi * (Math.trunc(value) + (5 * (value - Math.trunc(value))) / 3)) / 180
  return {
    count,
    distance: (one, other) => {
      if (one === other) return 0
      const [latitude, longitude] = at(one).map(radians) as [number, number]
      const [latitude2, longitude2] = at(other).map(radians) as [number, number]
      const q1 = Math.cos(longitude - longitude2)
      const q2 = Math.cos(latitude - latitude2)
      const q3 = Math.cos(latitude + latitude2)
      return Math.trunc(6378.388 * Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1)
    },
  }
}

describe.skipIf(!existsSync(folder))('against the optima of TSPLIB (skipped without the shared data)', () => {
  test('closed tours are on average at most 6 % longer than the optimum, and never shorter', () => {
    const optima = JSON.parse(readFileSync(join(folder, 'optima.json'), 'utf8')) as { name: string; optimum: number }[]
    const ratios = optima.map(({ name, optimum }) => {
      const { count, distance } = distanceOf(readFileSync(join(folder, `${name}.tsp`), 'utf8'))
      const order = shortOrder(count, distance, true)
      expect([...order].sort((one, other) => one - other)).toEqual(Array.from({ length: count }, (_, at) => at))
      return { name, ratio: lengthOf(order, distance, true) / optimum }
    })
    expect(ratios).toHaveLength(8)
    for (const { name, ratio } of ratios) expect(ratio, name).toBeGreaterThanOrEqual(1)
    expect(ratios.reduce((sum, { ratio }) => sum + ratio, 0) / ratios.length).toBeLessThanOrEqual(1.06)
  })
})

describe('an open path', () => {
  const line: Distance = (one, other) => Math.abs(one - other)

  test('is as short as trying every order, on small sets', () => {
    let seed = 7
    const random = (): number => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    }
    const ratios: number[] = []
    for (let round = 0; round < 40; round++) {
      const points = Array.from({ length: 7 }, () => [random(), random()] as const)
      const distance: Distance = (one, other) =>
        Math.hypot(points[one]![0] - points[other]![0], points[one]![1] - points[other]![1])
      ratios.push(lengthOf(shortOrder(7, distance), distance) / shortest(points.length, distance))
    }
    for (const ratio of ratios) expect(ratio).toBeGreaterThan(1 - 1e-9)
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.02)
  })

  test('is never longer than the order given', () => {
    expect(lengthOf(shortOrder(9, line), line)).toBe(8)
  })

  test('does not come back', () => {
    expect(shortOrder(3, (one, other) => line(one, other))).toEqual([0, 1, 2])
  })

  test('of none, one and two points', () => {
    for (const count of [0, 1, 2]) expect(shortOrder(count, line)).toEqual([0, 1].slice(0, count))
  })
})

function shortest(count: number, distance: Distance): number {
  const walk = (order: number[], length: number): number => {
    if (order.length === count) return length
    let best = Number.POSITIVE_INFINITY
    for (let next = 1; next < count; next++) {
      if (order.includes(next)) continue
      best = Math.min(best, walk([...order, next], length + distance(order.at(-1) as number, next)))
    }
    return best
  }
  return walk([0], 0)
}

describe('orderStops', () => {
  const stop = (id: string, east: number | null) => ({ id, east })
  const pinOf = (one: { east: number | null }) =>
    one.east === null ? null : { latitude_e7: 310_000_000, longitude_e7: 1_210_000_000 + one.east }
  const stops = [stop('far', 300_000), stop('none', null), stop('near', 100_000), stop('middle', 200_000)]

  test('begins at the person, and leaves those without a pin at the end', () => {
    const here = { latitude_e7: 310_000_000, longitude_e7: 1_210_000_000 }
    const { stops: ordered, metres } = orderStops(stops, pinOf, here)
    expect(ordered.map((one) => one.id)).toEqual(['near', 'middle', 'far', 'none'])
    expect(metres).toBeGreaterThan(2800)
    expect(metres).toBeLessThan(2900)
  })

  test('keeps the first stop first when nobody knows where the person is', () => {
    expect(orderStops(stops, pinOf, null).stops.map((one) => one.id)).toEqual(['far', 'middle', 'near', 'none'])
    expect(orderStops([], pinOf, null)).toEqual({ stops: [], metres: 0 })
  })
})
