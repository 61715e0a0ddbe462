// A receipt as it is typed in, scanned, and sent.

import { expect, test } from 'vitest'
import { pack, variant } from '../../catalog/testing/goods'
import { faultOf, type Line, linesOf, withOne } from './receipt'

const water = variant('w', { packs: [pack('瓶'), pack('箱', { factor: 24 })] })

function line(own: Partial<Line> = {}): Line {
  return { key: 'k', variant: water, name: '水', unit: '箱', quantity: '2.5', cost: '', ...own }
}

test.each<[Partial<Line>, string | null]>([
  [{}, null],
  [{ cost: '35.00' }, null],
  [{ quantity: '' }, 'inventory.quantity_wrong'],
  [{ quantity: '0' }, 'inventory.quantity_wrong'],
  [{ quantity: '-1' }, 'inventory.quantity_wrong'],
  [{ quantity: '1.2345' }, 'inventory.quantity_wrong'],
  [{ cost: 'abc' }, 'inventory.cost_wrong'],
  [{ cost: '-1' }, 'inventory.cost_wrong'],
])('%j: %s', (own, fault) => {
  expect(faultOf(line(own))).toBe(fault)
})

test('lines are sent in thousandths and 1/10000 yuan, a cost nobody named as none', () => {
  expect(linesOf([line({ cost: '¥35' }), line({ unit: '瓶', quantity: '7' })])).toEqual([
    { variant_id: 'w', unit: '箱', quantity_e3: 2500, cost_e4: 350_000 },
    { variant_id: 'w', unit: '瓶', quantity_e3: 7000, cost_e4: null },
  ])
})

test('what is scanned again counts up, another unit is a line of its own', () => {
  const added = { key: 'n', variant: water, name: '水' }
  const once = withOne([], { ...added, unit: '瓶' })
  const twice = withOne(withOne(once, { ...added, unit: '瓶' }), { ...added, key: 'o', unit: '箱' })
  expect(twice.map(({ unit, quantity }) => [unit, quantity])).toEqual([
    ['瓶', '2'],
    ['箱', '1'],
  ])
  expect(withOne([line()], { ...added, unit: '箱' })[0]?.quantity).toBe('3.5')
})
