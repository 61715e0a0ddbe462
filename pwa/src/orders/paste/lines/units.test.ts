// Which pack a word means.

import { expect, test } from 'vitest'
import { unitMeant } from './units'

test.each([
  [['瓶', '箱'], '箱', '箱'],
  [['罐', '箱'], '听', '罐'],
  [['支', '盒'], '枝', '支'],
  [['件'], '个', '件'],
  [['台'], null, '台'],
  [['瓶', '箱'], '个', null],
  [['瓶', '箱'], '件', null],
  [['瓶', '箱'], '提', null],
  [['瓶', '箱'], null, null],
  [['袋'], '件', null],
  [['PCS', 'CTN'], 'ctn', 'CTN'],
])('of %j %j means %j', (units, word, meant) => {
  expect(unitMeant(units, word)).toBe(meant)
})
