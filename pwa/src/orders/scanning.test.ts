// A barcode adds one step of its pack, and says so when no goods have it.

import { expect, test } from 'vitest'
import { variantsIn } from '../catalog/rows'
import { indexOf } from '../catalog/search'
import type { ProductRow } from '../wire/feeds'
import { oneMore } from './scanning'
import { world } from './testing/world'

const { view } = world()
const index = indexOf(view.all('products') as Iterable<unknown> as Iterable<ProductRow>, (one) =>
  variantsIn(view, one.id),
)

test('one more of its pack with each scan, whatever else is in the cart', () => {
  const code = '6920152414019'
  expect(oneMore(index, new Map([['n/箱', 2000]]), code)).toMatchObject({
    product: { name: '牛肉面' },
    variant: { id: 'n' },
    unit: '袋',
    quantity_e3: 1000,
  })
  expect(oneMore(index, new Map([['n/袋', 3000]]), code)?.quantity_e3).toBe(4000)
})

test('nothing for a code no goods on sale have', () => {
  expect(oneMore(index, new Map(), '6901234567892')).toBeNull()
  expect(oneMore(index, new Map(), '')).toBeNull()
})
