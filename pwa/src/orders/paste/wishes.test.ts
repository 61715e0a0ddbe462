// When something is wanted, out of a message: the day, and what of it a day does not say.

import { expect, test } from 'vitest'
import { textOf } from './text'
import { notedIn, wishIn } from './wishes'

/** A Monday. */
const TODAY = '2026-11-30'
function read(message: string): { wanted_on: string | null; note: string } | null {
  const wish = wishIn(textOf(message), TODAY)
  return wish && { wanted_on: wish.wanted_on, note: notedIn([], wish).join('；') }
}

test.each([
  ['红牛3箱，明天下午送', '2026-12-01', '2026-12-01 下午送'],
  ['明天送', '2026-12-01', ''],
  ['明早送红牛3箱', '2026-12-01', '2026-12-01 早上送'],
  ['红牛3箱\n今晚8点前送到', '2026-11-30', '2026-11-30 晚上8点前送到'],
  ['麻烦后天上午送货', '2026-12-02', '2026-12-02 上午送货'],
  ['大后天到货', '2026-12-03', ''],
  ['周五前到', '2026-12-04', '2026-12-04 前到'],
  ['周一送', '2026-11-30', ''],
  ['下周一送', '2026-12-07', ''],
  ['本周日送达', '2026-12-06', ''],
  ['礼拜三中午要', '2026-12-02', '2026-12-02 中午要'],
  ['12月5号送货', '2026-12-05', ''],
  ['十二月二十一日送', '2026-12-21', ''],
  ['1月3日送', '2027-01-03', ''],
  ['3号送，谢谢', '2026-12-03', ''],
  ['送货时间：明天 10:30', '2026-12-01', '2026-12-01 10:30'],
  ['明天要红牛3箱', '2026-12-01', ''],
  ['红牛3箱 明天', '2026-12-01', ''],
])('%s', (message, wanted_on, note) => {
  expect(read(message)).toMatchObject({ wanted_on, note })
})

test.each([
  '红牛3箱',
  '今天要红牛3箱',
  '明天能到吗？',
  '不要明天送',
  '昨天送的坏了',
  '今天发的货少了',
  '明天有活动，红牛3箱',
  '5号电池3盒',
  '上海市浦东新区明天广场2号楼',
  '今天国际大厦张三',
  '周五路88号',
])('no wish: %s', (message) => {
  expect(read(message)).toBeNull()
})

test('what is vague, over or said twice is a note without a day', () => {
  expect(read('红牛3箱，尽快发货')).toEqual({ wanted_on: null, note: '尽快发货' })
  expect(read('周末送')).toMatchObject({ wanted_on: null, note: '周末送' })
  expect(read('下午送')).toMatchObject({ wanted_on: null, note: '下午送' })
  expect(read('2025年3月1日送')).toMatchObject({ wanted_on: null, note: '2025年3月1日送' })
  expect(read('红牛明天送，可乐后天送')).toMatchObject({ wanted_on: null, note: '2026-12-01 送；2026-12-02 送' })
  // The same day twice is one.
  expect(read('明天送，明天下午送')).toMatchObject({ wanted_on: '2026-12-01', note: '2026-12-01 下午送' })
})

test('a note that says more keeps it, with the day written out', () => {
  const wish = wishIn(textOf('备注：明天下午送到门口'), TODAY)
  expect(notedIn(['放门口', '备注：明天下午送到门口'], wish)).toEqual(['放门口', '备注：2026-12-01 下午送到门口'])
  expect(notedIn(['周五送'], wishIn(textOf('周五送'), TODAY))).toEqual([])
  expect(notedIn(['放门口'], null)).toEqual(['放门口'])
})
