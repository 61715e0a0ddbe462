import { describe, expect, test } from 'vitest'
import { distanceMetres, formatDistance, toE7 } from './geo'

function at(latitude: number, longitude: number) {
  return { latitude_e7: toE7(latitude), longitude_e7: toE7(longitude) }
}

describe('distanceMetres', () => {
  test('a degree of latitude is a 360th of the great circle', () => {
    expect(distanceMetres(at(0, 0), at(1, 0))).toBe(111_195)
  })

  test('Beijing to Shanghai is about 1,067 km, both ways', () => {
    const beijing = at(39.9042, 116.4074)
    const shanghai = at(31.2304, 121.4737)
    expect(distanceMetres(beijing, shanghai) / 1000).toBeCloseTo(1067.3, 0)
    expect(distanceMetres(shanghai, beijing)).toBe(distanceMetres(beijing, shanghai))
  })

  test('across the date line the short way is taken', () => {
    expect(distanceMetres(at(0, 179.9995), at(0, -179.9995))).toBe(111)
  })

  test('the same place is zero and the antipode is half the earth', () => {
    expect(distanceMetres(at(31, 121), at(31, 121))).toBe(0)
    expect(distanceMetres(at(0, 0), at(0, 180))).toBe(20_015_114)
  })
})

test('toE7 rounds to the nearest ten-millionth', () => {
  expect(toE7(31.23041234567)).toBe(312304123)
  expect(toE7(-0.00000005)).toBe(-0)
  expect(toE7(121.4737)).toBe(1214737000)
})

test.each([
  [0, '0 m'],
  [86.4, '86 m'],
  [999.4, '999 m'],
  [999.6, '1.0 km'],
  [1249, '1.2 km'],
  [99_940, '99.9 km'],
  [99_960, '100 km'],
])('%d metres reads %s', (metres, text) => {
  expect(formatDistance(metres)).toBe(text)
})
