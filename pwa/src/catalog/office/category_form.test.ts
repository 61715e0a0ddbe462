// A category as it is typed, where it may stand, and the tree it stands in.

import { expect, test } from 'vitest'
import type { CategoryRow } from '../../wire/feeds'
import { categoryOf, formOf, placesFor, wrongInCategory } from './category_form'
import { treeOf } from './queries'

function row(id: string, parent_id: string | null, position = 0): CategoryRow {
  return { id, parent_id, name: id, axes: ['颜色', '尺码'], position, is_active: true, starter: '' } as CategoryRow
}

const rows = [row('茶', '饮料'), row('饮料', null, 1), row('水', '饮料'), row('零食', null), row('绿茶', '茶')]

test('each category stands under the one it belongs to, in its order', () => {
  expect(treeOf(rows).map((one) => [one.path, one.depth])).toEqual([
    ['零食', 0],
    ['饮料', 0],
    ['饮料 / 水', 1],
    ['饮料 / 茶', 1],
    ['饮料 / 茶 / 绿茶', 2],
  ])
})

test('a category cannot stand in itself or below', () => {
  const tree = treeOf(rows)
  expect(placesFor(tree, row('茶', '饮料')).map((one) => one.category.id)).toEqual(['零食', '饮料', '水'])
  expect(placesFor(tree, null)).toEqual(tree)
})

test('what is shown is what is sent', () => {
  const { id: category_id, starter: _, ...fields } = row('茶', '饮料', 7)
  expect(categoryOf(category_id, formOf(row('茶', '饮料', 7)))).toEqual({ category_id, ...fields })
  expect(categoryOf('new', { ...formOf(null), name: ' 新 ', axes: '色 号' })).toEqual({
    category_id: 'new',
    name: '新',
    parent_id: null,
    axes: ['色', '号'],
    position: 0,
    is_active: true,
  })
})

test('says what is wrong at its field', () => {
  const form = formOf(row('茶', null))
  expect(wrongInCategory(form)).toEqual({})
  expect(wrongInCategory({ ...form, name: ' ' })).toEqual({ name: 'name_missing' })
  expect(wrongInCategory({ ...form, position: 'x' })).toEqual({ position: 'position_bad' })
  expect(wrongInCategory({ ...form, axes: '1 2 3 4 5 6' })).toEqual({ axes: 'too_many_axes' })
})
