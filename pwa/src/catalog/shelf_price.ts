// What a product costs a buyer as its row on the shelf says it, and how the price of one pack falls and what comes free with more of it.
// Pure; the prices themselves are the rules'.

import { type CodedPack, type Goods, type Offer, soldPacks, type Variant } from './rows'
import { findPack } from './rules/packs'
import { type Buyer, type Gift, type Priced, priceLine } from './rules/pricing'
import { leastOf } from './steps'

/** The least one can pay for a product, per `unit`. */
export interface ShelfPrice {
  unit: string
  priced: Priced
  /** Another variant of it costs more. */
  is_least: boolean
}

/** A price from a quantity on, per unit. */
export interface Step {
  minimum_e3: number
  price_e4: number
}

const MOST_STEPS = 8

/**
 * The lowest price among a product's variants, each in the unit named by `unitOf`, else in its first pack, at its smallest quantity;
 * null when none may be ordered.
 */
export function shelfPrice(
  { variants }: Goods,
  offersOf: (variant: Variant) => readonly Offer[],
  buyer: Buyer,
  day: string,
  unitOf: (variant: Variant) => string | undefined = () => undefined,
): ShelfPrice | null {
  let least: ShelfPrice | null = null
  let most = 0
  for (const variant of variants) {
    const packs = soldPacks(variant)
    const pack = findPack(packs, unitOf(variant) ?? '') ?? packs[0]
    const quantity_e3 = pack && leastOf(pack)
    if (!pack || !quantity_e3) continue
    const line = { variant_id: variant.id, unit: pack.unit, quantity_e3 }
    const priced = priceLine(line, variant, offersOf(variant), buyer, day)
    most = Math.max(most, priced.price_e4)
    if (!least || priced.price_e4 < least.priced.price_e4) least = { unit: pack.unit, priced, is_least: false }
  }
  return least && { ...least, is_least: most > least.priced.price_e4 }
}

/** The prices of a pack as they fall with the quantity, from the smallest quantity on; a single one when more is not cheaper. */
export function stepsOf(
  variant: Variant,
  pack: CodedPack,
  offers: readonly Offer[],
  buyer: Buyer,
  day: string,
): Step[] {
  const steps: Step[] = []
  let quantity_e3 = leastOf(pack)
  while (quantity_e3 && steps.length < MOST_STEPS) {
    const line = { variant_id: variant.id, unit: pack.unit, quantity_e3 }
    const { price_e4, next_step } = priceLine(line, variant, offers, buyer, day)
    steps.push({ minimum_e3: quantity_e3, price_e4 })
    quantity_e3 = next_step && quantity_e3 + next_step.more_e3
  }
  return steps
}

/** What the list that prices a line gives away with it, in the unit of its offer. */
export function giftsFor(
  priced: Priced,
  unit: string,
  variant: Variant,
  offers: readonly Offer[],
): { unit: string; gifts: readonly Gift[] } | null {
  const ours = offers.filter((offer) => offer.list_id === priced.list_id && offer.gifts.length)
  const offer = ours.find((one) => one.unit === unit) ?? ours.find((one) => one.unit === variant.packs[0]?.unit)
  return offer ? { unit: offer.unit, gifts: offer.gifts } : null
}
