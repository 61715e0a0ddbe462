// Messages nobody wrote: whatever is put together, nothing wrong is sure, and nothing breaks.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadDivisions } from '../../customers/divisions'
import { parsePaste } from '.'
import { shelf, shelfCatalogue } from './testing/goods'
import { judge } from './testing/judge'
import { madeUp } from './testing/made_up'

const catalogue = shelfCatalogue()
const divisions = await loadDivisions()
const RUNS = 300

test('nothing wrong is sure, and most is read exactly', () => {
  let exact = 0
  let runs = 0
  fc.assert(
    fc.property(madeUp(shelf()), ({ text, expected }) => {
      const { wrong, differences } = judge(parsePaste(text, catalogue, divisions), expected)
      runs += 1
      if (!differences.length) exact += 1
      expect(wrong, text).toEqual([])
    }),
    { numRuns: RUNS },
  )
  expect(exact / runs).toBeGreaterThan(0.8)
})

test('any text is read', () => {
  const sign = fc.constantFrom(
    ...'张三红牛箱个2１两半x×*,，:：\n\t ()【】各每上海市路号[]😀\ud83d\u0000',
    'null',
    '13800138000',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(sign, { maxLength: 80 }).map((signs) => signs.join('')),
      ),
      (text) => {
        const read = parsePaste(text, catalogue, divisions)
        for (const { quantity_e3 } of read.lines)
          expect(quantity_e3 === null || Number.isSafeInteger(quantity_e3)).toBe(true)
      },
    ),
    { numRuns: RUNS },
  )
})

test.each([
  ['fillers', '好的'.repeat(5000)],
  ['fillers and a word', `${'好的谢谢'.repeat(2400)}红`],
  ['numerals', '一百二十'.repeat(2500)],
  ['figures', '1'.repeat(10_000)],
  ['spaces', `红牛${' '.repeat(9000)}2箱`],
  ['dashes', `红牛${'-'.repeat(9000)}2箱`],
  ['quantities', '3箱'.repeat(3000)],
  ['one long name', `${'红牛怡宝'.repeat(2000)}2箱`],
  ['an address without an end', `上海市浦东新区${'世纪大道'.repeat(2000)}红牛2箱`],
  ['phone numbers', '13800138000 '.repeat(800)],
  ['lines', '红牛 2箱\n'.repeat(1400)],
  ['too long a message', `红牛2箱${'\n怡宝1箱'.repeat(3000)}`],
])('takes no time over %s', (_, text) => {
  const began = performance.now()
  const read = parsePaste(text, catalogue, divisions)
  // Linear, it takes a few hundredths of a second; the bound leaves a busy machine its time.
  expect(performance.now() - began).toBeLessThan(4000)
  expect(read.is_sure && read.lines.length > 1).toBe(false)
})
