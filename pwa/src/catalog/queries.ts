// What screens read of the catalog: the searchable shelf, one product with its variants, categories, and what goods cost a buyer.

import { computed, effectScope, type Ref } from 'vue'
import type { View } from '../core/domain'
import { useLive } from '../sync'
import type { CategoryRow, ProductRow } from '../wire/feeds'
import { type Goods, goodsIn, type Offer, offersIn, productIn, type Variant, variantIn, variantsIn } from './rows'
import { findPack, type Line } from './rules/packs'
import { type Buyer, type Priced, priceLine } from './rules/pricing'
import { type Asked, type CatalogIndex, type Found, indexOf, search } from './search'

const GOODS = ['products', 'variants']
const PRICED = [...GOODS, 'prices']

let index: Readonly<Ref<CatalogIndex | null>> | undefined

/**
 * All goods on sale, ready to be searched; null until they are loaded. Made once for all who look, and kept when they have gone: 20,000
 * goods are not put in order again for every page.
 */
export function useCatalogIndex(): Readonly<Ref<CatalogIndex | null>> {
  index ??= effectScope(true).run(() =>
    useLive<CatalogIndex | null>(
      GOODS,
      (view) =>
        indexOf(view.all('products') as Iterable<unknown> as Iterable<ProductRow>, (one) => variantsIn(view, one.id)),
      null,
    ),
  ) as Readonly<Ref<CatalogIndex | null>>
  return index
}

/** What a search finds; null until the goods are loaded. */
export function useCatalogSearch(
  index: Readonly<Ref<CatalogIndex | null>>,
  asked: Readonly<Ref<Asked>>,
): Readonly<Ref<Found | null>> {
  return computed(() => index.value && search(index.value, asked.value))
}

/** One product with all its variants: undefined when this phone does not hold it, null until that is known. */
export function useProduct(id: Readonly<Ref<string>>): Readonly<Ref<Goods | undefined | null>> {
  return useLive<Goods | undefined | null>(GOODS, (view) => goodsIn(view, id.value), null)
}

/** A category with those right below it. */
export interface Shelf {
  category: CategoryRow
  below: CategoryRow[]
}

/** Categories in use as two levels, each in its order; what lies deeper counts to the second. */
export function useShelves(): Readonly<Ref<readonly Shelf[]>> {
  return useLive<readonly Shelf[]>(
    ['categories'],
    (view) => {
      const all = [...(view.all('categories') as Iterable<unknown> as Iterable<CategoryRow>)]
        .filter((one) => one.is_active)
        .sort((one, other) => one.position - other.position || (one.name < other.name ? -1 : 1))
      return all
        .filter((one) => one.parent_id === null)
        .map((category) => ({ category, below: all.filter((one) => one.parent_id === category.id) }))
    },
    [],
  )
}

/** The ids of a category and all below it, also of those no longer in use. */
export function useWithin(category_id: Readonly<Ref<string | null>>): Readonly<Ref<ReadonlySet<string> | null>> {
  return useLive<ReadonlySet<string> | null>(
    ['categories'],
    (view) => (category_id.value ? within(view, category_id.value) : null),
    null,
  )
}

function within(view: View, category_id: string): Set<string> {
  const ids = new Set([category_id])
  // A set hands out what is added while it is gone through.
  for (const id of ids) for (const row of view.where('categories', 'parent_id', id)) ids.add(row.id)
  return ids
}

/** Variants by id with the name of their product. */
export interface Named {
  variant: Variant
  product: ProductRow
}

/** The variants of these ids that this phone holds. */
export function useVariants(ids: Readonly<Ref<readonly string[]>>): Readonly<Ref<ReadonlyMap<string, Named> | null>> {
  return useLive<ReadonlyMap<string, Named> | null>(
    GOODS,
    (view) => {
      const found = new Map<string, Named>()
      for (const id of ids.value) {
        const variant = variantIn(view, id)
        const product = variant && productIn(view, variant.product_id)
        if (variant && product) found.set(id, { variant, product })
      }
      return found
    },
    null,
  )
}

/** What the lists on this phone say about some variants, by variant; null until they are loaded. */
export function useOffers(
  variantIds: Readonly<Ref<readonly string[]>>,
): Readonly<Ref<ReadonlyMap<string, readonly Offer[]> | null>> {
  return useLive<ReadonlyMap<string, readonly Offer[]> | null>(
    PRICED,
    (view) => new Map(variantIds.value.map((id) => [id, offersIn(view, id)])),
    null,
  )
}

/** What a line costs the buyer on a day; null for goods or a unit this phone does not hold. */
export function pricedIn(view: View, line: Line, buyer: Buyer, day: string): Priced | null {
  const variant = variantIn(view, line.variant_id)
  if (!variant || !findPack(variant.packs, line.unit)) return null
  return priceLine(line, variant, offersIn(view, variant.id), buyer, day)
}

/** What lines cost a buyer on a day, in their order; null until the prices are loaded. */
export function usePrices(
  lines: Readonly<Ref<readonly Line[]>>,
  buyer: Readonly<Ref<Buyer>>,
  day: Readonly<Ref<string>>,
): Readonly<Ref<readonly (Priced | null)[] | null>> {
  return useLive<readonly (Priced | null)[] | null>(
    PRICED,
    (view) => lines.value.map((line) => pricedIn(view, line, buyer.value, day.value)),
    null,
  )
}
