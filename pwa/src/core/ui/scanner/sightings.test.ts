// A code is one scan for each time it comes into view.

import { beforeEach, describe, expect, test } from 'vitest'
import type { Found } from './scanned'
import { Sightings } from './sightings'

let sightings: Sightings
let now = 0

beforeEach(() => {
  sightings = new Sightings()
  now = 5000
})

function code(text: string, offset = 0, format: Found['format'] = 'ean13'): Found {
  return { text, format, offset }
}

/** Looks ten times a second for so long, and gives the codes handed out. */
function look(seconds: number, ...codes: Found[]): string[] {
  const scans: string[] = []
  for (let count = 0; count < Math.round(seconds * 10); count++) {
    now += 100
    const scan = sightings.add(codes, now)
    if (scan) scans.push(scan.text)
  }
  return scans
}

test('held before the camera it is one scan, at the first look, however long', () => {
  expect(look(0.1, code('a'))).toEqual(['a'])
  expect(look(10, code('a'))).toEqual([])
})

test('it counts again when it has been out of view, not when a look or a few missed it', () => {
  look(1, code('a'))
  for (let count = 0; count < 5; count++) {
    look(0.4)
    expect(look(0.2, code('a'))).toEqual([])
  }
  look(0.7)
  expect(look(1, code('a'))).toEqual(['a'])
})

test('the next one counts at once, and the one before only after it has been away', () => {
  look(1, code('a'))
  expect(look(0.2, code('b'))).toEqual(['b'])
  expect(look(0.2, code('a'))).toEqual([])
  look(0.7, code('b'))
  expect(look(0.2, code('a'))).toEqual(['a'])
})

describe('of several in view', () => {
  test('the one in the middle counts; its neighbour not, until the camera moves to it', () => {
    expect(look(2, code('b', 0.6), code('a', 0.1))).toEqual(['a'])
    expect(look(2, code('b', 0.1), code('a', 0.6))).toEqual(['b'])
    // Both were in view all the time.
    expect(look(2, code('b', 0.6), code('a', 0.1))).toEqual([])
  })

  test('what stands at the edge is not meant', () => {
    expect(look(2, code('a', 0.8))).toEqual([])
  })
})

describe('ITF', () => {
  test("a carton's code with its check digit counts at once", () => {
    expect(look(0.1, code('15400141288763', 0, 'itf'))).toEqual(['15400141288763'])
  })

  test('any other only when two looks in a row agree', () => {
    expect(look(0.1, code('123456', 0, 'itf'))).toEqual([])
    expect(look(0.1, code('1234', 0, 'itf'))).toEqual([])
    expect(look(0.1)).toEqual([])
    expect(look(0.1, code('1234', 0, 'itf'))).toEqual([])
    expect(look(0.1, code('1234', 0, 'itf'))).toEqual(['1234'])
    expect(look(1, code('1234', 0, 'itf'))).toEqual([])
  })
})
