// Messages as people write them, against what they order: at least 95 of 100 are read exactly, and none is read wrong without saying so.

import { describe, expect, test } from 'vitest'
import { loadDivisions } from '../../customers/divisions'
import { catalogueOf, LONGEST, parsePaste } from '.'
import { shelf, shelfCatalogue, vectors } from './testing/goods'
import { type Expected, judge } from './testing/judge'

interface Message extends Expected {
  name: string
  text: string
}

const { messages } = vectors<{ messages: Message[] }>('paste.json')
const catalogue = shelfCatalogue()
const divisions = await loadDivisions()

describe('messages', () => {
  test.each(messages)('nothing wrong is sure: $name', (message) => {
    expect(judge(parsePaste(message.text, catalogue, divisions), message).wrong).toEqual([])
  })

  test('95 of 100 are read exactly', () => {
    const inexact = messages.flatMap((message) => {
      const { differences } = judge(parsePaste(message.text, catalogue, divisions), message)
      return differences.length ? [`${message.name}: ${differences.join('; ')}`] : []
    })
    expect(messages.length).toBeGreaterThanOrEqual(100)
    expect(inexact.length, inexact.join('\n')).toBeLessThanOrEqual(messages.length * 0.05)
  })
})

test('a line says what it was read from, how sure it is and what may be meant', () => {
  const { lines, rest, is_sure } = parsePaste('老板，来２箱红牛，可乐三箱\n周五前送到', catalogue, divisions)
  expect(lines).toEqual([
    {
      text: '２箱红牛',
      quantity_e3: 2000,
      unit_word: '箱',
      unit: '箱',
      matches: [expect.objectContaining({ variant_id: 'HN250', product_id: 'HN250', unit: '箱', share: 1 })],
      is_sure: true,
    },
    expect.objectContaining({ text: '可乐三箱', quantity_e3: 3000, unit: null, is_sure: false }),
  ])
  expect(lines[1]?.matches.map(({ variant_id }) => variant_id)).toContain('KL500')
  expect(rest).toEqual(['周五前送到'])
  expect(is_sure).toBe(false)
})

test('what is not on sale is not offered, nor a pack that is not sold', () => {
  const { products, variants } = shelf()
  const few = catalogueOf(
    products.map((product) => (product.code === 'HN250' ? { ...product, is_on_sale: false } : product)),
    variants.map((variant) => {
      if (variant.code === 'YB555') return { ...variant, is_on_sale: false }
      const packs = variant.packs.map((pack) => ({ ...pack, is_sold: pack.unit !== '箱' }))
      return variant.code === 'BSS570' ? { ...variant, packs } : variant
    }),
  )
  const { lines } = parsePaste('红牛2箱，怡宝3箱，百岁山4箱，雪花5箱', few, divisions)
  expect(lines.map(({ is_sure, unit, matches }) => [matches[0]?.variant_id, unit, is_sure])).toEqual([
    [undefined, null, false],
    [undefined, null, false],
    ['BSS570', null, false],
    ['XH500', '箱', true],
  ])
})

test('a barcode without a pack word means the pack it is on', () => {
  const { lines } = parsePaste('16921168509253 x 2', catalogue, divisions)
  expect(lines).toMatchObject([{ matches: [{ variant_id: 'NF550' }], unit: '箱', quantity_e3: 2000, is_sure: true }])
})

test('a message beyond what is read is left over and unsure', () => {
  const text = `红牛2箱${'。'.repeat(LONGEST)}怡宝3箱`
  const { lines, rest, is_sure } = parsePaste(text, catalogue, divisions)
  expect(lines).toHaveLength(1)
  expect(rest.join()).toContain('怡宝3箱')
  expect(is_sure).toBe(false)
})

test('a weight before a count says which goods, where they vary by it, and is no quantity', () => {
  const rice = { id: 'r', code: '', name: '东北大米', brand: '丰谷', initials: '', axes: ['规格'], is_on_sale: true }
  const loose = { ...rice, id: 'l', name: '散装小米', brand: '', axes: [] }
  const packs = (unit: string) => [{ unit, barcode: null, is_sold: true }]
  const few = catalogueOf(
    [rice, loose],
    [
      { id: 'r5', product_id: 'r', code: 'R5', spec: ['5kg'], packs: packs('袋'), is_on_sale: true },
      { id: 'r10', product_id: 'r', code: 'R10', spec: ['10kg'], packs: packs('袋'), is_on_sale: true },
      { id: 'l1', product_id: 'l', code: 'L', spec: [], packs: packs('公斤'), is_on_sale: true },
    ],
  )
  const read = (text: string) =>
    parsePaste(text, few, divisions).lines.map((line) => [line.matches[0]?.variant_id, line.quantity_e3, line.is_sure])
  expect(read('东北大米 5kg 3袋\n丰谷东北大米10kg 2袋，散装小米5公斤')).toEqual([
    ['r5', 3000, true],
    ['r10', 2000, true],
    ['l1', 5000, true],
  ])
  // There are no sacks of eight.
  expect(read('东北大米 8kg 3袋').map(([, quantity, is_sure]) => [quantity, is_sure])).toEqual([[3000, false]])
})
