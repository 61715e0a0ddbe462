// A product's fields as they are typed, and what of them is sent.

import { expect, test } from 'vitest'
import { changesOf, formOf, wrongInProduct } from './product_form'

const form = formOf({
  id: 'p',
  name: '水',
  code: 'W',
  brand: '甲',
  category_id: null,
  axes: [],
  description: '',
  picture_ids: [],
  position: 3,
  is_on_sale: true,
  variants: [],
})

test('only what differs is sent, with what was shown', () => {
  expect(changesOf(form, { ...form })).toEqual({})
  expect(changesOf(form, { ...form, name: ' 水 ', position: '03' })).toEqual({})
  expect(changesOf(form, { ...form, name: '纯净水 ', category_id: 'c', position: '4', brand: '' })).toEqual({
    name: ['水', '纯净水'],
    category_id: [null, 'c'],
    position: [3, 4],
    brand: ['甲', ''],
  })
})

test('says what is wrong at its field', () => {
  expect(wrongInProduct(form)).toEqual({})
  expect(wrongInProduct({ ...form, name: ' ' })).toEqual({ name: 'name_missing' })
  for (const position of ['', '-1', '1000001', '一']) {
    expect(wrongInProduct({ ...form, position })).toEqual({ position: 'position_bad' })
  }
})
