// Which of three clocks is believed, on the vectors that the server runs too.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Clocks, trueTime } from './clocks'

interface Case {
  name: string
  clocks: Clocks
  received_at: number
  at: number
  is_suspect: boolean
}

const file = new URL('../../../tests/vectors/core/clocks.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as { true_time: Case[] }

test.each(vectors.true_time)('trueTime: $name', (one) => {
  expect(trueTime(one.clocks, one.received_at)).toEqual({ at: one.at, is_suspect: one.is_suspect })
})
