// A variant as it is typed, what of it the server would refuse, and the grid of axes and values.

import { expect, test } from 'vitest'
import {
  emptyPack,
  formOf,
  gridOf,
  missingIn,
  type PackForm,
  packsLike,
  type Variant,
  type VariantForm,
  valuesIn,
  variantOf,
  wrongInVariant,
} from './variant_form'

const row: Variant = {
  id: 'v',
  code: 'T-1',
  name: '红 · XL',
  spec: ['红', 'XL'],
  packs: [
    {
      unit: '件',
      factor: 1,
      barcode: '4006381333931',
      price_e4: null,
      minimum_e3: 2000,
      maximum_e3: null,
      step_e3: 500,
      is_sold: true,
    },
    {
      unit: '箱',
      factor: 24,
      barcode: '',
      price_e4: 28_000_125,
      minimum_e3: 0,
      maximum_e3: 9000,
      step_e3: 1000,
      is_sold: false,
    },
  ],
  price_e4: 1_234_500,
  cost_e4: 987_654,
  position: 3,
  is_on_sale: true,
}

/** The variant with some of it typed anew. */
function typed(fields: Partial<VariantForm>): VariantForm {
  return { ...formOf(row), ...fields }
}

/** Its packs with some of one typed anew. */
function packed(at: number, fields: Partial<PackForm>): Partial<VariantForm> {
  return { packs: formOf(row).packs.map((pack, place) => (place === at ? { ...pack, ...fields } : pack)) }
}

test('what is shown is what is sent', () => {
  const { id: variant_id, name: _, ...fields } = row
  expect(variantOf(variant_id, formOf(row), 3)).toEqual({ variant_id, ...fields })
  expect(wrongInVariant(formOf(row))).toEqual({})
})

test('an emptied cost leaves what is known, an emptied limit is none', () => {
  const emptied = { maximum: '', price: '', minimum: '', step: '' }
  const sent = variantOf('v', typed({ cost: ' ', ...packed(1, emptied) }), 0)
  expect(sent.cost_e4).toBeNull()
  expect(sent.packs[1]).toMatchObject({ maximum_e3: null, price_e4: null, minimum_e3: 0, step_e3: 0 })
})

test('a new pack is sold by whole ones', () => {
  const sent = variantOf('v', { ...formOf(row), packs: [emptyPack('瓶'), emptyPack('箱', '12')] }, 0)
  expect(sent.packs.map((pack) => [pack.unit, pack.factor, pack.minimum_e3, pack.step_e3])).toEqual([
    ['瓶', 1, 0, 1000],
    ['箱', 12, 0, 1000],
  ])
})

test.each<[string, string, Partial<VariantForm>]>([
  ['spec.1', 'value_missing', { spec: ['红', ' '] }],
  ['price', 'price_wrong', { price: '' }],
  ['price', 'price_wrong', { price: '-1' }],
  ['cost', 'price_wrong', { cost: '一块' }],
  ['packs.1.unit', 'unit_missing', packed(1, { unit: ' ' })],
  ['packs.1.unit', 'unit_there', packed(1, { unit: '件 ' })],
  ['packs.1.factor', 'factor_bad', packed(1, { factor: '0' })],
  ['packs.1.factor', 'factor_bad', packed(1, { factor: '2.5' })],
  ['packs.1.price', 'price_wrong', packed(1, { price: 'x' })],
  ['packs.0.barcode', 'check_digit_wrong', packed(0, { barcode: '4006381333932' })],
  ['packs.1.barcode', 'barcode_there', packed(1, { barcode: '4006381 333931' })],
  ['packs.0.minimum', 'number_wrong', packed(0, { minimum: '-1' })],
  ['packs.0.step', 'number_wrong', packed(0, { step: 'x' })],
  ['packs.1.maximum', 'number_wrong', packed(1, { maximum: '1.2345' })],
  ['packs.0.maximum', 'maximum_low', packed(0, { maximum: '1' })],
])('says at %s that it is %s', (field, code, fields) => {
  expect(wrongInVariant(typed(fields))).toEqual({ [field]: code })
})

test('values are told apart however they are typed, each once', () => {
  expect(valuesIn(' 红，蓝、绿;S M\n红 ')).toEqual(['红', '蓝', '绿', 'S', 'M'])
  expect(valuesIn(' ')).toEqual([])
})

test('axes and values make a grid, and only what is missing is new', () => {
  const grid = gridOf([
    ['红', '蓝'],
    ['S', 'M'],
  ])
  expect(grid).toEqual([
    ['红', 'S'],
    ['红', 'M'],
    ['蓝', 'S'],
    ['蓝', 'M'],
  ])
  expect(missingIn(grid, [['红', 'M']])).toEqual([
    ['红', 'S'],
    ['蓝', 'S'],
    ['蓝', 'M'],
  ])
  expect(gridOf([])).toEqual([[]])
  expect(gridOf([['红'], []])).toEqual([])
})

test('packs are taken over without what is only the other variant’s', () => {
  const own = [{ ...emptyPack('件'), barcode: 'A-1' }]
  expect(packsLike(formOf(row).packs, own).map((pack) => [pack.unit, pack.factor, pack.barcode, pack.price])).toEqual([
    ['件', '1', 'A-1', ''],
    ['箱', '24', '', ''],
  ])
})
