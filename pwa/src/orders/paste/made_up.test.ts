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
const RUNS = Number(process.env.ROUNDSMAN_PASTES ?? 500)

test('nothing wrong is sure', { timeout: 600_000 }, () => {
  let exact = 0
  let runs = 0
  fc.assert(
    fc.property(madeUp(shelf()), ({ text, expected }) => {
      const { wrong, differences } = judge(parsePaste(text, catalogue, divisions), expected)
      runs += 1
      if (!differences.length) exact += 1
      else if (process.env.ROUNDSMAN_PASTE_SHOW && runs % 7 === 0) process.stdout.write(`\nOFF ${JSON.stringify(text)}\n  ${differences.join('; ')}\n`)
      expect(wrong, text).toEqual([])
    }),
    { numRuns: RUNS },
  )
  if (process.env.ROUNDSMAN_PASTE) process.stdout.write(`exact ${exact} of ${runs}\n`)
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
