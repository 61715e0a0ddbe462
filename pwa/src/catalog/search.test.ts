// Goods are found by all that is printed on them or said of them: within 50 ms over 20,000 of them on a phone four times slower.

import { expect, test } from 'vitest'
import type { ProductRow } from '../wire/feeds'
import type { Variant } from './rows'
import { indexOf, packOf, search } from './search'
import { pack, product, variant } from './testing/goods'

const NOODLES = product('p1', {
  name: '红烧牛肉面',
  brand: '康师傅',
  pinyin: 'hongshaoniuroumian',
  initials: 'hsnrm',
  code: 'KSF-01',
})
const SHIRT = product('p2', { name: '短袖', pinyin: 'duanxiu', initials: 'dx' })
const OF: Record<string, Variant[]> = {
  p1: [
    variant('v1', {
      product_id: 'p1',
      code: 'KSF-01-5',
      packs: [pack('袋', { barcode: '6920152414019' }), pack('箱', { factor: 24, barcode: '16920152414016' })],
    }),
  ],
  p2: [
    variant('v2', {
      product_id: 'p2',
      name: '红 · XL',
      code: 'T-R-XL',
      packs: [pack('件', { barcode: '036000291452' })],
    }),
    variant('v3', { product_id: 'p2', name: '蓝 · M', code: 'T-B-M', is_on_sale: false }),
  ],
}

function shelf(...products: ProductRow[]) {
  return indexOf(products, (one) => OF[one.id] ?? [])
}

function found(text: string, ...products: ProductRow[]): string[] {
  return search(shelf(...products), { text, most: 30 }).hits.map(({ product: { id } }) => id)
}

test('every part of goods finds them', () => {
  for (const text of ['牛肉', '康师傅 牛肉', 'hsnrm', 'niurou', 'ksf-01', '414019', '16920152414016', 'ＫＳＦ'])
    expect(found(text, NOODLES, SHIRT), text).toEqual(['p1'])
  for (const text of ['短袖 红', 'xl', 't-r']) expect(found(text, NOODLES, SHIRT), text).toEqual(['p2'])
})

test('what is not on sale is not found, nor by a variant that is not', () => {
  expect(found('', { ...NOODLES, is_on_sale: false }, SHIRT)).toEqual(['p2'])
  expect(found('蓝', NOODLES, SHIRT)).toEqual([])
  expect(found('', product('none'))).toEqual([])
})

test('in the order of the shelf; what begins with the word first', () => {
  const first = product('p1', { name: '拌面', position: 2 })
  const second = product('p2', { name: '面粉', position: 3 })
  expect(found('', second, first)).toEqual(['p1', 'p2'])
  expect(found('面', second, first)).toEqual(['p2', 'p1'])
})

test('a variant that changed is found by what it is now', () => {
  const before = OF.p1!
  expect(found('abc', NOODLES)).toEqual([])
  OF.p1 = [{ ...before[0]!, code: 'ABC' }]
  expect(found('abc', NOODLES)).toEqual(['p1'])
  OF.p1 = before
})

test('a barcode leads to its pack, however it was read', () => {
  const index = shelf(NOODLES, SHIRT)
  expect(packOf(index, '6920152414019')).toMatchObject({ variant: { id: 'v1' }, unit: '袋' })
  expect(packOf(index, ' 16920152414016 ')).toMatchObject({ variant: { id: 'v1' }, unit: '箱' })
  for (const text of ['036000291452', '0036000291452', '0 36000 29145 2'])
    expect(packOf(index, text), text).toMatchObject({ variant: { id: 'v2' }, unit: '件' })
  expect(packOf(index, '123')).toBeUndefined()
})

test('20,000 goods are searched far within the time between two letters', () => {
  const letters = '红烧牛肉面香辣酸菜鱼可乐雪碧矿泉水洗发露纸巾抽'
  const products = Array.from({ length: 20_000 }, (_, id) => {
    const name = Array.from(
      { length: 8 },
      (_none, at) => letters[((id * 7 + at * at * 3 + id / 20) % letters.length) | 0],
    )
    return product(String(id).padStart(6, '0'), {
      name: `${name.join('')}${id}`,
      brand: '康师傅',
      pinyin: `hongshaoniuroumianxiangla${id}`,
      initials: `hsnrm${id}`,
      code: `P${id}`,
    })
  })
  const variants = new Map(
    products.map(({ id }) => [
      id,
      [
        variant(id, {
          code: `P${id}-1`,
          packs: [
            pack('袋', { barcode: `69${id.padStart(11, '2')}` }),
            pack('箱', { factor: 24, barcode: `169${id.padStart(11, '2')}` }),
          ],
        }),
      ],
    ]),
  )
  const of = ({ id }: ProductRow) => variants.get(id) ?? []
  const timed = (work: () => unknown): number => {
    const began = performance.now()
    work()
    return performance.now() - began
  }
  const built = timed(() => indexOf(products, of))
  const builtAgain = timed(() => indexOf(products, of))
  const index = indexOf(products, of)
  const times = ['', '红', 'hs', '69', '康师傅 面', 'p1999', '没有这样的', '1', '169222'].map((text) =>
    // The best of five: what else this machine is doing is not being measured.
    Math.min(...[0, 1, 2, 3, 4].map(() => timed(() => search(index, { text, most: 30 })))),
  )
  if (process.env.ROUNDSMAN_MEASURE)
    process.stdout.write(
      `index ${built.toFixed(0)} ms, again ${builtAgain.toFixed(0)} ms, search ${times.map((one) => one.toFixed(1)).join(' ')} ms\n`,
    )
  // 50 ms on a phone four times slower than this machine; the browser's own measure is in tests/e2e/orders.spec.ts.
  expect(times.sort((one, other) => one - other)[Math.floor(times.length / 2)]).toBeLessThan(12.5)
})
