// How goods, packs and quantities are said. Only text.

import { formatQuantity } from '../core/quantities'
import { useWords } from '../core/words'
import type { ProductRow } from '../wire/feeds'
import type { CodedPack, Variant } from './rows'

const { t, has } = useWords()

/** "3 箱" */
export function sayQuantity(quantity_e3: number, unit: string): string {
  return `${formatQuantity(quantity_e3)} ${unit}`
}

/** "箱（24 袋）"; the base unit is only named. */
export function sayPack(pack: CodedPack, variant: Variant): string {
  const base = variant.packs[0]?.unit ?? ''
  return pack.factor === 1 ? pack.unit : t('catalog.pack_of', { unit: pack.unit, factor: pack.factor, base })
}

/** A variant's full name: the product's, and what tells it from its siblings. */
export function sayGoods(product: Pick<ProductRow, 'name'>, variant: Pick<Variant, 'name'>): string {
  return [product.name, variant.name].filter(Boolean).join(' ')
}

/** What may be ordered of a pack, where that is not simply any number: "3 箱起，每次加 2 箱". */
export function sayLimits(pack: CodedPack): string {
  const { unit, minimum_e3, maximum_e3, step_e3 } = pack
  const parts = [
    minimum_e3 > (step_e3 || 1000) && t('catalog.minimum', { quantity: sayQuantity(minimum_e3, unit) }),
    step_e3 > 1000 && t('catalog.step', { quantity: sayQuantity(step_e3, unit) }),
    maximum_e3 !== null && t('catalog.maximum', { quantity: sayQuantity(maximum_e3, unit) }),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** What is wrong with a line, with the numbers of its pack where they help. `code` is one checkLine gives. */
export function sayFault(code: string, pack: CodedPack | undefined): string {
  const own = code.replace('orders.', 'catalog.fault.')
  if (!pack || !has(own)) return t(code)
  return t(own, {
    minimum: sayQuantity(pack.minimum_e3, pack.unit),
    maximum: sayQuantity(pack.maximum_e3 ?? 0, pack.unit),
    step: sayQuantity(pack.step_e3, pack.unit),
  })
}
