// The phone's splitting of addresses on the same vectors as the server's, over the tree it carries.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { splitAddress } from './addresses'
import { type Division, loadDivisions } from './divisions'

interface Case {
  name: string
  text: string
  province?: string
  city?: string
  parts: [province: string, city: string, county: string, street: string]
}

const vectors: { split_address: Case[] } = JSON.parse(
  readFileSync(new URL('../../../tests/vectors/customers/addresses.json', import.meta.url), 'utf8'),
)

const divisions = await loadDivisions()

test.each(vectors.split_address)('split_address: $name', ({ text, province, city, parts }) => {
  const address = splitAddress(divisions, text, province, city)
  expect([address.province, address.city, address.county, address.street]).toEqual(parts)
})

test('every county of the tree is found again', () => {
  const counties: Division[] = divisions.provinces.flatMap(({ below }) => below.flatMap((city) => city.below))
  expect(counties.length).toBeGreaterThan(2900)
  for (const county of counties) {
    const city = county.above as Division
    if (city.name === county.name) continue
    const province = city.above as Division
    const written_city = city.name.includes('直辖') ? '' : city.name
    const line = `${province.name}${province.is_municipality ? '' : city.name}${county.name}中山路1号`
    expect(splitAddress(divisions, line)).toEqual({
      province: province.name,
      city: province.is_municipality ? province.name : written_city,
      county: county.name,
      street: '中山路1号',
    })
  }
})

test('the tree is fetched once', () => {
  expect(loadDivisions()).toBe(loadDivisions())
})
