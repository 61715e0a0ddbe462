// What is made of a message that was read: sure lines at once, unsure ones when somebody says what they are, a cart for each recipient.

import { expect, test } from 'vitest'
import { loadDivisions } from '../customers/divisions'
import { parsePaste } from './paste'
import { shelfCatalogue } from './paste/testing/goods'
import { addedTo, type Chosen, openCount, type Said, sectionsOf } from './pasting'

const catalogue = shelfCatalogue()
const divisions = await loadDivisions()

function read(text: string, said: Said = new Map()) {
  return sectionsOf(parsePaste(text, catalogue, divisions, '2026-11-30'), said)
}

const WATER: Chosen = { variant_id: 'NF550', unit: '箱', quantity_e3: 2000 }
const BULL: Chosen = { variant_id: 'HN250', unit: '箱', quantity_e3: 3000 }

test('what is sure is taken at once, with whom it goes to', () => {
  const [only, ...others] = read('农夫山泉550ml 2箱\n红牛3箱\n张三 13800138000 上海市浦东新区世纪大道1号')
  expect(others).toEqual([])
  expect(only?.items.map(({ chosen }) => chosen)).toEqual([WATER, BULL])
  expect(only?.recipient).toMatchObject({ name: '张三', mobile: '13800138000', city: '上海市', county: '浦东新区' })
  expect(openCount([only!])).toBe(0)
})

test('what is unsure is taken as nothing until somebody says what it is, and stays said when more is typed', () => {
  const text = '百岁山和怡宝各5箱？\n可乐3箱'
  const [before] = read(text)
  const open = before?.items.filter(({ chosen }) => !chosen) ?? []
  expect(open.length).toBeGreaterThan(0)
  expect(openCount([before!])).toBe(open.length)
  const said: Said = new Map(open.map(({ key, line }, at) => [key, at ? 'out' : { ...BULL, variant_id: line.text }]))
  const [after] = read(`${text}\n红牛3箱`, said)
  expect(openCount([after!])).toBe(0)
  expect(after?.items.find(({ key }) => key === open[0]?.key)?.chosen?.variant_id).toBe(open[0]?.line.text)
  expect(after?.items.some(({ chosen }) => chosen?.variant_id === 'HN250')).toBe(true)
})

test('nobody named is nobody', () => {
  expect(read('红牛3箱')[0]?.recipient).toBeNull()
})

test('on top of what is in the cart, the same goods in the same unit as one line', () => {
  const [only] = read('红牛3箱')
  const cart = [{ line_id: 'a', ...BULL, quantity_e3: 1000 }]
  expect(addedTo(cart, only!)).toEqual([{ line_id: 'a', ...BULL, quantity_e3: 4000 }])
  expect(addedTo([{ ...cart[0]!, unit: '罐' }], only!)).toMatchObject([{ unit: '罐' }, BULL])
})

test('several recipients are an order each', () => {
  const text = [
    '张三 13800138000 上海市浦东新区世纪大道1号\n红牛3箱',
    '李四 13900139000 杭州市西湖区文三路9号\n农夫山泉550ml 2箱',
  ].join('\n\n')
  const sections = read(text)
  expect(sections.map(({ recipient }) => recipient?.name)).toEqual(['张三', '李四'])
  expect(sections.map((section) => addedTo([], section))).toMatchObject([[BULL], [WATER]])
})

test('when it is wanted goes with it, also where it is said once for several', () => {
  const one = read('红牛3箱，明天下午送')[0]?.block
  expect([one?.wish?.wanted_on, one?.rest]).toEqual(['2026-12-01', ['2026-12-01 下午送']])
  const text = [
    '张三 13800138000 上海市浦东新区世纪大道1号\n红牛3箱',
    '李四 13900139000 杭州市西湖区文三路9号\n农夫山泉550ml 2箱，周五送',
    '都是明天送',
  ].join('\n\n')
  expect(read(text).map(({ block }) => block.wish?.wanted_on)).toEqual(['2026-12-01', '2026-12-04'])
})
