// What a row on the shelf says about a price is what the cart then asks for.

import { expect, test } from 'vitest'
import { priceLine } from './rules/pricing'
import { giftsFor, shelfPrice, stepsOf } from './shelf_price'
import { offer, pack, product, variant } from './testing/goods'

const GOLD = { customer_id: null, level_id: 'gold' }
const NOBODY = { customer_id: null, level_id: null }
const DAY = '2026-11-30'

test('the least of all variants, and whether another costs more', () => {
  const variants = [variant('a', { price_e4: 120_000 }), variant('b'), variant('c', { is_on_sale: false, price_e4: 1 })]
  const goods = { product: product('p'), variants }
  expect(shelfPrice(goods, () => [], NOBODY, DAY)).toMatchObject({
    unit: '件',
    is_least: true,
    priced: { price_e4: 100_000 },
  })
  const offers = [offer('o', { variant_id: 'a' })]
  expect(shelfPrice(goods, (one) => (one.id === 'a' ? offers : []), GOLD, DAY)).toMatchObject({
    priced: { price_e4: 90_000, list_price_e4: 120_000 },
  })
  expect(shelfPrice({ product: product('p'), variants: [] }, () => [], NOBODY, DAY)).toBeNull()
})

test('the price of the first pack that is sold, at its minimum', () => {
  const packs = [pack('件', { is_sold: false }), pack('箱', { factor: 12, minimum_e3: 5000 })]
  const offers = [
    offer('o', {
      breaks: [
        [0, 90_000],
        [60_000, 80_000],
      ],
    }),
  ]
  expect(
    shelfPrice({ product: product('p'), variants: [variant('v', { packs })] }, () => offers, GOLD, DAY),
  ).toMatchObject({ unit: '箱', is_least: false, priced: { price_e4: 960_000 } })
})

test('the steps of a price are those its lines then have', () => {
  const offers = [
    offer('o', {
      breaks: [
        [0, 90_000],
        [12_000, 85_000],
        [50_000, 80_000],
      ],
    }),
  ]
  const sold = variant('v')
  const box = sold.packs[1]!
  const steps = stepsOf(sold, box, offers, GOLD, DAY)
  // Fifty pieces are reached with the fifth box.
  expect(steps).toEqual([
    { minimum_e3: 1000, price_e4: 1_020_000 },
    { minimum_e3: 5000, price_e4: 960_000 },
  ])
  for (const { minimum_e3, price_e4 } of steps) {
    expect(priceLine({ variant_id: 'v', unit: '箱', quantity_e3: minimum_e3 }, sold, offers, GOLD, DAY).price_e4).toBe(
      price_e4,
    )
  }
  expect(stepsOf(sold, box, [], GOLD, DAY)).toHaveLength(1)
})

test('gifts are told by the list that prices the line, in the unit it counts', () => {
  const gifts = [{ every_e3: 12_000, variant_id: 'v', unit: '件', quantity_e3: 1000 }]
  const offers = [offer('other', { gifts }), offer('mine', { gifts, customer_id: 'c', level_id: null })]
  const sold = variant('v')
  const priced = priceLine(
    { variant_id: 'v', unit: '箱', quantity_e3: 1000 },
    sold,
    offers,
    { customer_id: 'c', level_id: 'gold' },
    DAY,
  )
  expect(giftsFor(priced, '箱', sold, offers)).toEqual({ unit: '件', gifts })
  expect(giftsFor({ ...priced, list_id: null }, '箱', sold, offers)).toBeNull()
})
