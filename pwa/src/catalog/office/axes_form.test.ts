// Axes and values as they are typed, and the variants that follow.

import { expect, test } from 'vitest'
import type { components } from '../../wire/api'
import { axesOf, gridFor, valuesOf, wrongInAxes } from './axes_form'

type Product = components['schemas']['ProductRow']

const pack = {
  unit: '件',
  factor: 1,
  barcode: '4006381333931',
  price_e4: null,
  minimum_e3: 0,
  maximum_e3: null,
  step_e3: 1000,
  is_sold: true,
}

function shirt(axes: string[], ...specs: string[][]): Product {
  return {
    id: 'p',
    name: 'T恤',
    code: '',
    brand: '',
    category_id: null,
    axes,
    description: '',
    picture_ids: [],
    position: 0,
    is_on_sale: true,
    variants: specs.map((spec, at) => ({
      id: `v${at}`,
      code: `C${at}`,
      name: spec.join(' · '),
      spec,
      packs: [pack],
      price_e4: 390_000,
      cost_e4: 200_000,
      position: at,
      is_on_sale: at > 0,
    })),
  }
}

const two = shirt(['颜色', '尺码'], ['红', 'M'], ['蓝', 'L'])

test('shows the values its variants have', () => {
  expect(axesOf(two)).toEqual([
    { name: '颜色', values: '红，蓝', is_new: false },
    { name: '尺码', values: 'M，L', is_new: false },
  ])
  const [size] = axesOf(shirt(['规格'], ['100抽 × 3包'], ['10卷']))
  expect(size && valuesOf(size)).toEqual(['100抽 × 3包', '10卷'])
})

test('makes what is missing in the grid, like the first one but with nobody’s code or barcode', () => {
  const { kept, added } = gridFor(two, axesOf(two), true)
  expect(kept).toEqual([])
  expect(added.map((one) => [one.spec, one.position])).toEqual([
    [['红', 'L'], 2],
    [['蓝', 'M'], 3],
  ])
  expect(added[0]).toMatchObject({ code: '', price_e4: 390_000, cost_e4: 200_000, is_on_sale: true })
  expect(added[0]?.packs).toEqual([{ ...pack, barcode: '' }])
  expect(gridFor(two, axesOf(two), false).added).toEqual([])
})

test('a new axis gives its first value to what is there', () => {
  const plain = shirt([], [])
  const axes = [{ name: '颜色', values: '红 蓝', is_new: true }]
  const { kept, added } = gridFor(plain, axes, true)
  expect(kept.map((one) => [one.variant_id, one.spec, one.code])).toEqual([['v0', ['红'], 'C0']])
  expect(added.map((one) => one.spec)).toEqual([['蓝']])
})

test('says what is wrong at its field', () => {
  const [colour, size] = axesOf(two)
  if (!colour || !size) throw new Error('two axes')
  expect(wrongInAxes([colour, size], 4)).toEqual({})
  expect(wrongInAxes([{ ...colour, name: ' ' }, size], 4)).toEqual({ '0.name': 'name_missing' })
  expect(wrongInAxes([colour, { ...size, name: '颜色 ' }], 4)).toEqual({ '1.name': 'axis_there' })
  expect(wrongInAxes([colour, { ...size, values: ' ，' }], 4)).toEqual({ '1.values': 'value_missing' })
  expect(wrongInAxes([{ ...colour, values: '红'.repeat(61) }], 4)).toEqual({ '0.values': 'too_long' })
  expect(wrongInAxes([colour], 501)).toEqual({ '0.values': 'too_many_variants' })
})
