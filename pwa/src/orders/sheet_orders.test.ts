// @vitest-environment happy-dom
// What a sheet asks for: which of its orders can be placed, how they are said, and what is handed in for one.

import { beforeAll, expect, test, vi } from 'vitest'
import { loadWords } from '../core/words'
import { placeFromSheet, readSheet, type SheetOrder, sayFault, sayTo, sorted } from './sheet_orders'

const sync = vi.hoisted(() => ({ dispatch: vi.fn(async () => 'uuid'), undecided: vi.fn(() => ['before']) }))
vi.mock('../sync', async (original) => ({ ...(await original<object>()), ...sync }))

beforeAll(() => loadWords(['core', 'orders']))

function order(id: string, own: Partial<SheetOrder> = {}): SheetOrder {
  return {
    order_id: id,
    sheet: '代发',
    row: 2,
    recipient: {
      name: '张三',
      mobile: '13800138000',
      province: '上海市',
      city: '上海市',
      county: '浦东新区',
      street: '世纪大道100号',
    },
    note: '轻放',
    lines: [
      {
        line_id: 'l',
        variant_id: 'n',
        name: '牛肉面',
        code: 'N-1',
        unit: '箱',
        quantity_e3: 2000,
        price_e4: 720_000,
        list_id: null,
        amount: 14_400,
      },
    ],
    goods_amount: 14_400,
    faults: [],
    doubts: [],
    is_placed: false,
    number: '',
    cancelled: '',
    alike: '',
    ...own,
  }
}

const X9 = { row: 7, sheet: '', code: 'orders.goods_unknown', value: 'X-9' }

test('what was placed, here or by the company, is nothing to place; what is wrong is put right first', () => {
  const all = [order('a'), order('b', { is_placed: true }), order('c', { faults: [X9] }), order('d'), order('e')]
  const ids = (list: readonly SheetOrder[]) => list.map((one) => one.order_id)
  const { ready, placed, faulty } = sorted(all, (id) => id === 'd')
  expect([ids(ready), ids(placed), ids(faulty)]).toEqual([['a', 'e'], ['b', 'd'], ['c']])
})

test('a recipient and a fault in words', () => {
  expect(sayTo(order('a'))).toEqual({ who: '张三 13800138000', where: '上海市浦东新区世纪大道100号' })
  expect(sayFault(X9)).toBe('第 7 行：没有这个商品（X-9）')
  expect(sayFault({ ...X9, code: 'orders.mobile_missing', value: '' })).toBe('第 7 行：没有收件人手机')
})

test('an order is handed in under the ids it has in the sheet, as it was seen', async () => {
  await placeFromSheet('c', { priced_on: '2026-11-30', orders: [] }, order('a'))
  expect(sync.dispatch).toHaveBeenCalledWith(
    'orders.place',
    expect.objectContaining({
      order_id: 'a',
      customer_id: 'c',
      goods_amount: 14_400,
      priced_on: '2026-11-30',
      note: '轻放',
      recipient: order('a').recipient,
      lines: [{ line_id: 'l', variant_id: 'n', unit: '箱', quantity_e3: 2000, price_e4: 720_000, list_id: null }],
    }),
    { deps: ['before'] },
  )
})

test('a file that is too large is not sent at all', async () => {
  const asked = vi.spyOn(globalThis, 'fetch')
  const file = new File([new Uint8Array(4 * 1024 * 1024 + 1)], '代发.xlsx')
  await expect(readSheet('c', file)).rejects.toMatchObject({ code: 'sheet_too_large' })
  expect(asked).not.toHaveBeenCalled()
})
