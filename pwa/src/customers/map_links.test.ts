// The shift to Chinese coordinates, against a published conversion, and the links made with it.

import { expect, test } from 'vitest'
import { mapLinks, toGcj02 } from './map_links'

const TIANANMEN = { latitude_e7: 399_142_660, longitude_e7: 1_164_039_880 }

/** From GCJ-02 on to BD-09, as published: what gcoord's own documentation gives a result for. */
function toBd09([north, east]: [number, number]): [number, number] {
  const factor = (Math.PI * 3000) / 180
  const far = Math.hypot(east, north) + 0.00002 * Math.sin(north * factor)
  const angle = Math.atan2(north, east) + 0.000003 * Math.cos(east * factor)
  return [far * Math.sin(angle) + 0.006, far * Math.cos(angle) + 0.0065]
}

test('Tiananmen lands where gcoord says', () => {
  const [north, east] = toBd09(toGcj02(TIANANMEN))
  expect(east).toBeCloseTo(116.41661560068297, 6)
  expect(north).toBeCloseTo(39.92196580126834, 6)
})

test('outside China nothing is shifted', () => {
  expect(toGcj02({ latitude_e7: 515_000_000, longitude_e7: -1_000_000 })).toEqual([51.5, -0.1])
})

test('names are escaped, and only the phone’s own map gets the plain position', () => {
  const links = mapLinks(TIANANMEN, '甲&乙=(丙)')
  for (const { name, href } of links) {
    expect(href.includes('&乙'), name).toBe(false)
    expect(href.includes('39.914266,116.403988'), name).toBe(name === 'system')
  }
})
