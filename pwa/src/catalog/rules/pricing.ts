// What a line costs a buyer: his own list before his level's before the list price, then quantity breaks and gifts. The twin of
// backend/roundsman/catalog/rules/pricing.py: the same offers give the same fen on both, whatever order they come in.

import { lastOf } from '../../core/arrays'
import { amountOf } from '../../core/quantities'
import { findPack, type Line, nextOrderable, type Pack, type Variant } from './packs'

/** Where a price comes from. */
export type Source = 'customer' | 'level' | 'list' | 'gift'

/** For each whole `every_e3` of an offer's unit (at least 1), `quantity_e3` of a variant's unit is free. */
export interface Gift {
  every_e3: number
  variant_id: string
  unit: string
  quantity_e3: number
}

/** What the quantity must reach, and the price per unit from there on. */
export type Break = readonly [minimum_e3: number, price_e4: number]

/**
 * A row of `prices`. Breaks go upwards and are per `unit`; days are inclusive. Just one of `customer_id` and `level_id` says whose
 * it is.
 */
export interface Offer {
  id: string
  list_id: string
  variant_id: string
  unit: string
  breaks: readonly Break[]
  gifts: readonly Gift[]
  customer_id: string | null
  level_id: string | null
  from_on: string
  until_on: string | null
  is_active: boolean
}

/** Who pays: the customer, null where only a level is asked about, and the price level he holds, if any. */
export interface Buyer {
  customer_id: string | null
  level_id: string | null
}

/** Free goods that go with a line. */
export interface Given {
  variant_id: string
  unit: string
  quantity_e3: number
}

/**
 * A lower price for ordering `more_e3` more: from `minimum_e3` on, `price_e4` per unit of the line. `more_amount` (fen) is what the
 * whole line then costs more; below zero it costs less.
 */
export interface NextStep {
  minimum_e3: number
  price_e4: number
  more_e3: number
  more_amount: number
}

/** A line's price and its pack's list price, both per unit of the line, and the line's amount in fen. */
export interface Priced {
  price_e4: number
  list_price_e4: number
  amount: number
  source: Exclude<Source, 'gift'>
  list_id: string | null
  gifts: Given[]
  next_step: NextStep | null
}

/** Each line's price, in the order of the lines, and the sum of their amounts (fen). */
export interface PricedOrder {
  lines: Priced[]
  goods_amount: number
}

/** Prices one line by itself on a day. Throws RangeError when the variant has no such unit: checkLine comes first. */
export function priceLine(line: Line, variant: Variant, offers: Iterable<Offer>, buyer: Buyer, day: string): Priced {
  const pack = findPack(variant.packs, line.unit)
  if (!pack) throw new RangeError(`no such unit: ${line.unit}`)
  const ranked = rankedOffers(offers, variant, pack, buyer, day)
  const listed: Choice = { price_e4: pack.price_e4 ?? variant.price_e4 * pack.factor, minimum_e3: 0, offer: null }
  const chosen = choose(line.quantity_e3, pack, ranked, listed)
  const { price_e4, offer } = chosen
  return {
    price_e4,
    list_price_e4: listed.price_e4,
    amount: amountOf(price_e4, line.quantity_e3),
    source: offer ? sourceOf(offer) : 'list',
    list_id: offer ? offer.list_id : null,
    gifts: offer ? giftsOf(offer, line.quantity_e3 * scaleOf(offer, pack)) : [],
    next_step: nextStep(line.quantity_e3, pack, ranked, listed, chosen),
  }
}

/**
 * Prices lines of different variants or units, each by itself: none changes what another costs. Throws RangeError for a variant
 * that is not there or has no such unit.
 */
export function priceOrder(
  lines: readonly Line[],
  variants: ReadonlyMap<string, Variant>,
  offers: Iterable<Offer>,
  buyer: Buyer,
  day: string,
): PricedOrder {
  const offered = new Map<string, Offer[]>()
  for (const offer of offers) {
    const others = offered.get(offer.variant_id)
    if (others) others.push(offer)
    else offered.set(offer.variant_id, [offer])
  }
  const priced = lines.map((line) => {
    const variant = variants.get(line.variant_id)
    if (!variant) throw new RangeError(`no such variant: ${line.variant_id}`)
    return priceLine(line, variant, offered.get(variant.id) ?? [], buyer, day)
  })
  return { lines: priced, goods_amount: priced.reduce((sum, one) => sum + one.amount, 0) }
}

export type BreaksFault = 'catalog.breaks_missing' | 'catalog.breaks_not_ascending' | 'catalog.breaks_rise'

/**
 * The code of what is wrong with an offer's breaks, null when nothing is: more must not cost more per unit, unless someone said that
 * it may.
 */
export function breaksFault(breaks: readonly Break[], may_rise: boolean): BreaksFault | null {
  if (!breaks.length) return 'catalog.breaks_missing'
  const steps = breaks.slice(1).map((after, at) => [breaks[at]!, after] as const)
  if (steps.some(([before, after]) => after[0] <= before[0])) return 'catalog.breaks_not_ascending'
  if (!may_rise && steps.some(([before, after]) => after[1] > before[1])) return 'catalog.breaks_rise'
  return null
}

/** A price and the quantity it holds from, per unit of the line; no offer stands for the list price. */
interface Choice {
  price_e4: number
  minimum_e3: number
  offer: Offer | null
}

/**
 * The offers that hold for the buyer on the day, best first: a customer's before a level's, the line's own unit before the base unit,
 * the latest first; ids end every tie.
 */
function rankedOffers(offers: Iterable<Offer>, variant: Variant, pack: Pack, buyer: Buyer, day: string): Offer[] {
  const base = variant.packs[0]!.unit
  const valid = [...offers].filter(
    (offer) =>
      offer.variant_id === variant.id &&
      (offer.unit === pack.unit || offer.unit === base) &&
      isFor(offer, buyer) &&
      offer.is_active &&
      offer.from_on <= day &&
      (offer.until_on === null || day <= offer.until_on),
  )
  return valid.sort(
    (one, other) =>
      Number(one.customer_id === null) - Number(other.customer_id === null) ||
      Number(one.unit !== pack.unit) - Number(other.unit !== pack.unit) ||
      compare(other.from_on, one.from_on) ||
      compare(one.list_id, other.list_id) ||
      compare(one.id, other.id),
  )
}

// As the server compares them; localeCompare would ask the phone's language.
function compare(one: string, other: string): number {
  return Number(one > other) - Number(one < other)
}

function isFor(offer: Offer, buyer: Buyer): boolean {
  if (offer.customer_id !== null) return offer.customer_id === buyer.customer_id
  return offer.level_id !== null && offer.level_id === buyer.level_id
}

function sourceOf(offer: Offer): 'customer' | 'level' {
  return offer.customer_id === null ? 'level' : 'customer'
}

/** How many of an offer's units one of the line's is: an offer of the base unit holds for bigger packs too. */
function scaleOf(offer: Offer, pack: Pack): number {
  return offer.unit === pack.unit ? 1 : pack.factor
}

/** The highest break reached of the first offer that has one, else the list price. */
function choose(quantity_e3: number, pack: Pack, ranked: readonly Offer[], listed: Choice): Choice {
  for (const offer of ranked) {
    const scale = scaleOf(offer, pack)
    const reached = lastOf(offer.breaks.filter(([minimum_e3]) => minimum_e3 <= quantity_e3 * scale))
    if (reached) return { price_e4: reached[1] * scale, minimum_e3: Math.ceil(reached[0] / scale), offer }
  }
  return listed
}

/**
 * The lower price that costs least more to reach. Every further break of every offer is tried as if that much had been ordered, so a
 * step never promises what the order then does not get.
 */
function nextStep(
  quantity_e3: number,
  pack: Pack,
  ranked: readonly Offer[],
  listed: Choice,
  now: Choice,
): NextStep | null {
  const amount = amountOf(now.price_e4, quantity_e3)
  let best: NextStep | null = null
  for (const offer of ranked) {
    for (const [minimum_e3] of offer.breaks) {
      const wanted = nextOrderable(Math.ceil(minimum_e3 / scaleOf(offer, pack)), pack)
      if (wanted === null || wanted <= quantity_e3) continue
      const then = choose(wanted, pack, ranked, listed)
      if (then.price_e4 >= now.price_e4) continue
      const more_e3 = wanted - quantity_e3
      const more_amount = amountOf(then.price_e4, wanted) - amount
      if (!best || more_amount < best.more_amount || (more_amount === best.more_amount && more_e3 < best.more_e3)) {
        best = { minimum_e3: then.minimum_e3, price_e4: then.price_e4, more_e3, more_amount }
      }
    }
  }
  return best
}

/** What comes free with a quantity in the offer's unit. */
function giftsOf(offer: Offer, quantity_e3: number): Given[] {
  return offer.gifts
    .map(({ every_e3, variant_id, unit, quantity_e3: each_e3 }) => ({
      variant_id,
      unit,
      quantity_e3: Math.floor(quantity_e3 / every_e3) * each_e3,
    }))
    .filter((given) => given.quantity_e3 > 0)
}
