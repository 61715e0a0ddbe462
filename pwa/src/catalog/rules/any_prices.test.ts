// What must hold for prices of whatever packs and offers there are. The world is so small that offers meet often: two variants, three
// units, three days, two lists.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLine, findPack, type Line, mergeLines, nextOrderable, type Pack, type Variant } from './packs'
import { type Break, type Offer, type Priced, priceLine, priceOrder } from './pricing'

const BUYER = { customer_id: 'lin', level_id: 'gold' }
const DAYS = ['2026-01-01', '2026-02-01', '2026-03-01'] as const
const DAY = DAYS[1]

const aQuantity = fc.integer({ min: 0, max: 60_000 })
const aPrice = fc.integer({ min: 0, max: 30_000 })
const anId = fc.constantFrom('water', 'beer')
const aUnit = fc.constantFrom('bottle', 'tray', 'case')
const aLine: fc.Arbitrary<Line> = fc.record({ variant_id: anId, unit: aUnit, quantity_e3: aQuantity })

function aPack(unit: string, factor: number): fc.Arbitrary<Pack> {
  return fc.record({
    unit: fc.constant(unit),
    factor: fc.constant(factor),
    price_e4: factor === 1 ? fc.constant(null) : fc.option(fc.integer({ min: 0, max: 500_000 })),
    minimum_e3: fc.constantFrom(0, 1000, 2500),
    maximum_e3: fc.constantFrom(null, 40_000),
    step_e3: fc.constantFrom(0, 500, 1000, 3000),
    is_sold: fc.constant(true),
  })
}

function aVariant(id: string): fc.Arbitrary<Variant> {
  const packs = fc.tuple(aPack('bottle', 1), aPack('tray', 7), aPack('case', 24))
  return fc.record({ id: fc.constant(id), packs, price_e4: aPrice })
}

function someBreaks(falling: boolean): fc.Arbitrary<Break[]> {
  const minimums = fc.uniqueArray(aQuantity, { minLength: 1, maxLength: 4 })
  return fc.tuple(minimums, fc.array(aPrice, { minLength: 4, maxLength: 4 })).map(([from, prices]) => {
    if (falling) prices.sort((one, other) => other - one)
    return from.sort((one, other) => one - other).map((minimum_e3, at) => [minimum_e3, prices[at]!] as const)
  })
}

function anOffer(falling = false): fc.Arbitrary<Offer> {
  const gift = fc.record({
    every_e3: fc.integer({ min: 1, max: 9000 }),
    variant_id: anId,
    unit: aUnit,
    quantity_e3: aQuantity,
  })
  const whose = fc.constantFrom(
    { customer_id: 'lin', level_id: null },
    { customer_id: 'he', level_id: null },
    { customer_id: null, level_id: 'gold' },
    { customer_id: null, level_id: 'silver' },
  )
  const rest = fc.record({
    id: fc.uuid(),
    list_id: fc.constantFrom('a', 'b'),
    variant_id: anId,
    unit: aUnit,
    breaks: someBreaks(falling),
    gifts: fc.array(gift, { maxLength: 2 }),
    from_on: fc.constantFrom(...DAYS),
    until_on: fc.constantFrom(null, ...DAYS),
    is_active: fc.boolean(),
  })
  return fc.tuple(whose, rest).map(([who, fields]) => ({ ...who, ...fields }))
}

const someOffers = fc.array(anOffer(), { maxLength: 8 })

function priced(unit: string, quantity_e3: number, variant: Variant, offers: Offer[]): Priced {
  return priceLine({ variant_id: variant.id, unit, quantity_e3 }, variant, offers, BUYER, DAY)
}

function mayBeOrdered(unit: string, quantity_e3: number, variant: Variant): boolean {
  return checkLine({ variant_id: variant.id, unit, quantity_e3 }, findPack(variant.packs, unit)) === null
}

test('neither the order of the offers nor those of others matter', () => {
  const shuffled = someOffers.chain((offers) =>
    fc.tuple(fc.constant(offers), fc.shuffledSubarray(offers, { minLength: offers.length })),
  )
  fc.assert(
    fc.property(aVariant('water'), shuffled, aUnit, aQuantity, (variant, [offers, mixed], unit, quantity_e3) => {
      const his = mixed.filter((one) => one.is_active && (one.customer_id === 'lin' || one.level_id === 'gold'))
      expect(priced(unit, quantity_e3, variant, his)).toEqual(priced(unit, quantity_e3, variant, offers))
    }),
  )
})

test('each line is priced by itself', () => {
  const someLines = fc.array(aLine, { maxLength: 5 })
  fc.assert(
    fc.property(aVariant('water'), aVariant('beer'), someOffers, someLines, (water, beer, offers, lines) => {
      const both = new Map([water, beer].map((variant) => [variant.id, variant]))
      const alone = lines.map((line) => priceLine(line, both.get(line.variant_id)!, offers, BUYER, DAY))
      const there = priceOrder(lines, both, offers, BUYER, DAY)
      const back = priceOrder([...lines].reverse(), both, offers, BUYER, DAY)
      expect(there.lines).toEqual(alone)
      expect(back.lines.reverse()).toEqual(alone)
      expect([there.goods_amount, back.goods_amount]).toEqual(
        Array(2).fill(alone.reduce((sum, one) => sum + one.amount, 0)),
      )
    }),
  )
})

test('more under one offer never costs more each', () => {
  fc.assert(
    fc.property(aVariant('water'), anOffer(true), aUnit, aQuantity, aQuantity, (variant, offer, unit, one, other) => {
      const less = priced(unit, Math.min(one, other), variant, [offer])
      const more = priced(unit, Math.max(one, other), variant, [offer])
      if (less.list_id !== null) expect(more.price_e4).toBeLessThanOrEqual(less.price_e4)
    }),
  )
})

test('a next step keeps its promise', () => {
  fc.assert(
    fc.property(aVariant('water'), someOffers, aUnit, aQuantity, (variant, offers, unit, quantity_e3) => {
      const now = priced(unit, quantity_e3, variant, offers)
      const step = now.next_step
      if (!step) return
      const then = priced(unit, quantity_e3 + step.more_e3, variant, offers)
      expect(step.minimum_e3).toBeGreaterThan(quantity_e3)
      expect(step.minimum_e3).toBeLessThanOrEqual(quantity_e3 + step.more_e3)
      expect(mayBeOrdered(unit, quantity_e3 + step.more_e3, variant)).toBe(true)
      expect(step.price_e4).toBeLessThan(now.price_e4)
      expect([then.price_e4, then.amount]).toEqual([step.price_e4, now.amount + step.more_amount])
    }),
  )
})

test('no lower price costs less than the next step', () => {
  const more = fc.integer({ min: 1, max: 60_000 })
  fc.assert(
    fc.property(
      aVariant('water'),
      someOffers,
      aUnit,
      aQuantity,
      more,
      (variant, offers, unit, quantity_e3, more_e3) => {
        const now = priced(unit, quantity_e3, variant, offers)
        const then = priced(unit, quantity_e3 + more_e3, variant, offers)
        if (then.price_e4 >= now.price_e4 || !mayBeOrdered(unit, quantity_e3 + more_e3, variant)) return
        expect(now.amount + now.next_step!.more_amount).toBeLessThanOrEqual(then.amount)
      },
    ),
  )
})

test('nextOrderable is the first that may be ordered', () => {
  const from = fc.integer({ min: -5000, max: 60_000 })
  fc.assert(
    fc.property(aPack('case', 24), from, fc.nat(9000), (pack, quantity_e3, beyond) => {
      const faultOf = (wanted: number) => checkLine({ variant_id: 'water', unit: 'case', quantity_e3: wanted }, pack)
      const first = nextOrderable(quantity_e3, pack)
      if (first !== null) {
        expect(first).toBeGreaterThanOrEqual(quantity_e3)
        expect(faultOf(first)).toBeNull()
      }
      const between = quantity_e3 + beyond
      if (first === null || between < first) expect(faultOf(between)).not.toBeNull()
    }),
  )
})

test('merging leaves one line of a kind and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(aLine), (lines) => {
      const merged = mergeLines(lines)
      const kind = ({ variant_id, unit }: Line): string => `${variant_id} ${unit}`
      expect(new Set(merged.map(kind)).size).toBe(merged.length)
      for (const line of merged) {
        const same = lines.filter((one) => kind(one) === kind(line))
        expect(line.quantity_e3).toBe(same.reduce((sum, one) => sum + one.quantity_e3, 0))
      }
      expect(mergeLines(merged)).toEqual(merged)
    }),
  )
})
