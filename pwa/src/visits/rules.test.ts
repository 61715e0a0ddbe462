// The phone's rules on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Clocks, trueTime } from '../core/clocks'
import { type Coverage, coverage, isAfter, isDue, judgePlace, missingSteps, type Place, type Recurrence } from './rules'

type Triple = [number, number, number] | null

interface Vectors {
  is_after: { name: string; clocks: Clocks; checked_out_at: number; after: boolean }[]
  judge_place: {
    name: string
    geofence: string
    radius_m: number
    pin: Triple
    fix: Triple
    fence: string
    distance_m: number | null
    needs_reason: boolean
    flags: string[]
  }[]
  is_due: { name: string; recurrence: Recurrence; day: string; holidays?: string[]; due: boolean }[]
  coverage: { name: string; planned: string[]; visits: [string, string][]; coverage: Coverage }[]
  missing_steps: {
    name: string
    templates: { id: string; is_must: boolean; kind: string; minimum?: number }[]
    steps: Record<string, [string, number]>
    missing: string[]
  }[]
}

const file = new URL('../../../tests/vectors/visits/rules.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

function place(triple: Triple): Place | null {
  return triple && { latitude_e7: triple[0], longitude_e7: triple[1], accuracy_m: triple[2] }
}

test('every vector has a rule here', () => {
  const known = ['judge_place', 'is_after', 'is_due', 'coverage', 'missing_steps']
  expect(Object.keys(vectors).sort()).toEqual(known.sort())
})

test.each(vectors.judge_place)('judgePlace: $name', (one) => {
  const { fence, distance_m, needs_reason, flags } = one
  const judged = judgePlace({ geofence: one.geofence, radius_m: one.radius_m }, place(one.pin), place(one.fix))
  expect(judged).toEqual({ fence, distance_m, needs_reason, flags })
})

test.each(vectors.is_after)('isAfter: $name', (one) => {
  expect(isAfter(trueTime(one.clocks, 10_000_000).at, one.checked_out_at)).toBe(one.after)
})

test.each(vectors.is_due)('isDue: $name', (one) => {
  expect(isDue(one.recurrence, one.day, new Set(one.holidays))).toBe(one.due)
})

test.each(vectors.coverage)('coverage: $name', (one) => {
  expect(coverage(one.planned, one.visits)).toEqual(one.coverage)
})

test.each(vectors.missing_steps)('missingSteps: $name', (one) => {
  const templates = one.templates.map((template) => ({ minimum: 1, ...template }))
  const steps = new Map(Object.entries(one.steps).map(([id, [state, photos]]) => [id, { state, photos }]))
  expect(missingSteps(templates, steps)).toEqual(one.missing)
})
