// The screen's rules of targets on the same vectors as the server's.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { monthsOf, split } from './rules'

interface Vectors {
  split: { name: string; amount: number; weights: number[]; step: number; parts: number[]; remainder: number }[]
  months_of: { name: string; from_on: string; until_on: string; months: [string, string][] }[]
}
const file = new URL('../../../tests/vectors/targets/rules.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

test.each(vectors.split)('split: $name', ({ amount, weights, step, parts, remainder }) => {
  expect(split(amount, weights, step)).toEqual({ parts, remainder })
})

test.each(vectors.months_of)('monthsOf: $name', ({ from_on, until_on, months }) => {
  expect(monthsOf(from_on, until_on).map((one) => [one.from_on, one.until_on])).toEqual(months)
})
