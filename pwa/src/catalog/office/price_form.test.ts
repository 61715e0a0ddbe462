// A price with its breaks and gifts as it is typed, what of it the server would refuse, and prices by a share of the list price.

import { expect, test } from 'vitest'
import {
  formsOf,
  type GiftForm,
  listPriceOf,
  type PricedVariant,
  parseShare,
  priceOf,
  pricesByShare,
  sayBreaks,
  shareOf,
  type UnitForm,
  wrongInUnit,
} from './price_form'

const pack = { barcode: '', minimum_e3: 0, step_e3: 0, is_sold: true, maximum_e3: null }
const row: PricedVariant = {
  variant_id: 'v',
  product_id: 'p',
  product_name: '水',
  name: '550ml',
  code: '',
  packs: [
    { unit: '瓶', factor: 1, price_e4: null, ...pack },
    { unit: '箱', factor: 24, price_e4: null, ...pack },
  ],
  price_e4: 15_000,
  is_on_sale: true,
  prices: [
    {
      unit: '瓶',
      breaks: [
        [0, 14_000],
        [24_000, 13_500],
      ],
      gifts: [{ every_e3: 240_000, variant_id: 'v', unit: '箱', quantity_e3: 1000 }],
      may_rise: false,
    },
  ],
}

/** What the list says of a bottle with some of it typed anew. */
function typed(fields: Partial<UnitForm>): UnitForm {
  return { ...(formsOf(row)[0] as UnitForm), ...fields }
}

/** Its one gift with some of it typed anew. */
function given(fields: Partial<GiftForm>): Partial<UnitForm> {
  return { gifts: [{ ...(formsOf(row)[0]?.gifts[0] as GiftForm), ...fields }] }
}

test('what is shown is what is sent, and a unit without a price is taken off', () => {
  const [bottle, box] = formsOf(row) as [UnitForm, UnitForm]
  expect(wrongInUnit(bottle)).toEqual({})
  expect(priceOf('v', bottle)).toEqual({ variant_id: 'v', ...row.prices[0] })
  expect(wrongInUnit(box)).toEqual({})
  expect(priceOf('v', box)).toEqual({ variant_id: 'v', unit: '箱', breaks: [], gifts: [], may_rise: false })
})

test('an emptied price takes it off the list', () => {
  const form = typed({
    breaks: [
      ['0', ''],
      ['', ''],
    ],
    gifts: [],
  })
  expect(wrongInUnit(form)).toEqual({})
  expect(priceOf('v', form).breaks).toEqual([])
})

const RISING: [string, string][] = [
  ['0', '1'],
  ['5', '2'],
]
const EQUAL: [string, string][] = [
  ['5', '2'],
  ['5', '1'],
]

test.each<[string, string, Partial<UnitForm>]>([
  ['breaks.0.price', 'price_wrong', { breaks: [['0', 'x']] }],
  ['breaks.0.price', 'price_wrong', { breaks: [['5', '']] }],
  ['breaks.0.from', 'number_wrong', { breaks: [['-1', '1']] }],
  ['breaks.1.from', 'breaks_not_ascending', { breaks: EQUAL }],
  ['breaks.1.price', 'breaks_rise', { breaks: RISING }],
  ['gifts.0.every', 'number_wrong', given({ every: '0' })],
  ['gifts.0.quantity', 'number_wrong', given({ quantity: '' })],
  ['gifts.0.variant_id', 'gift_of_what', given({ variant_id: '' })],
  ['gifts.0.every', 'gift_without_price', { breaks: [['0', '']] }],
])('says at %s that it is %s', (field, code, fields) => {
  expect(wrongInUnit(typed(fields))).toEqual({ [field]: code })
})

test('more may cost more where somebody said so', () => {
  expect(wrongInUnit(typed({ breaks: RISING, may_rise: true }))).toEqual({})
})

test('a share of the list price is rounded half up to the fourth decimal', () => {
  expect(shareOf(12_300, 9250)).toBe(11_378)
  expect(shareOf(1, 5000)).toBe(1)
  expect(shareOf(30_000_000_000, 100_000)).toBe(30_000_000_000)
  expect(['92.5', '９２．５ %', '100', '0.01'].map(parseShare)).toEqual([9250, 9250, 10_000, 1])
  expect(['', '0', '-1', '1001', 'x', '92.555'].map(parseShare)).toEqual([null, null, null, null, null, null])
})

test('a share gives each variant with a list price one price, and keeps its gifts', () => {
  expect(pricesByShare([row, { ...row, variant_id: 'free', price_e4: 0 }], 9000)).toEqual([
    { variant_id: 'v', unit: '瓶', breaks: [[0, 13_500]], gifts: row.prices[0]?.gifts, may_rise: false },
  ])
})

test('says a price and its steps in one line', () => {
  const from = (quantity: string, price: string): string => `${quantity} 起 ${price}`
  expect(sayBreaks(row.prices[0], from)).toBe('¥1.40；24 起 ¥1.35')
  expect(sayBreaks(undefined, from)).toBe('')
  expect(listPriceOf(row, row.packs[1] as PricedVariant['packs'][number])).toBe(360_000)
})
