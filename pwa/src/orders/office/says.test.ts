// What the office reads of refusals and of what a move changed.

import { expect, test } from 'vitest'
import { ApiError } from '../../core/api'
import { type OrderMove, sayMoveDetail, sayRefused } from './says'

const refused = (code: string, details = {}): string => sayRefused(new ApiError(code, 409, details))
const move = (detail: OrderMove['detail']): OrderMove => ({ detail }) as OrderMove
const said = (detail: OrderMove['detail']): string[] => sayMoveDetail(move(detail), (id) => `(${id})`)

test('refusals say what they are about', () => {
  expect(refused('orders.held', { holds: ['orders.list_old', 'receivables.over_credit'] })).toBe(
    '待确认：下单时手机上的价格太旧，超过信用额度',
  )
  expect(
    refused('orders.short', {
      lines: [
        { line_id: 'a', name: '矿泉水', missing_e3: 3000 },
        { line_id: 'b', name: '大米', missing_e3: 1500 },
      ],
    }),
  ).toBe('库存不够：矿泉水 缺 3，大米 缺 1.5')
  expect(refused('orders.stale', { state: 'reviewed' })).toBe('已经是「已审核」，别人先办了')
  expect(refused('orders.unknown')).toBe('没有这张订单')
})

test('a move that only moved the order says nothing more', () => {
  expect(said({})).toEqual([])
})

test('what the server changed and what held it', () => {
  const changes = [
    { line_id: 'a', price_before_e4: 20_000, price_after_e4: 21_000, amount_before: 2000, amount_after: 2100 },
  ]
  expect(said({ changes, holds: ['orders.price_changed'] })).toEqual([
    '(a)：¥2.00 → ¥2.10，¥20.00 → ¥21.00',
    '待确认：价格和下单时看到的不同',
  ])
  expect(said({ accepted: ['orders.list_old'] })).toEqual(['照样审核：下单时手机上的价格太旧'])
})

test('what an amendment changed', () => {
  const line = { name: '矿泉水', unit: '瓶', quantity_before_e3: 10_000, quantity_after_e3: 0, amount_before: 2000 }
  expect(
    said({
      lines: [{ ...line, amount_after: 0 }],
      total_before: 2000,
      total_after: 0,
      note_before: '',
      note_after: '快',
      recipient_before: {},
      recipient_after: {},
    }),
  ).toEqual(['矿泉水：10 → 0 瓶，¥20.00 → ¥0.00', '合计：¥20.00 → ¥0.00', '备注：无 → 快', '改了收货信息'])
  expect(said({ lines: [], total_before: 2000, total_after: 2000, note_before: '快', note_after: '快' })).toEqual([])
  expect(said({ return_id: 'r', amount: 800 })).toEqual(['已冲减 ¥8.00'])
})
