// What the desk's pages read of the catalog from this device's own rows: the tree of categories and the price lists. Goods and prices
// they ask of the server.

import type { Ref } from 'vue'
import type { View } from '../../core/domain'
import { useLive } from '../../sync'
import type { CategoryRow, CustomerRow, PriceLevelRow, PriceListRow } from '../../wire/feeds'

/** A category with its place in the tree: "饮料 / 水". */
export interface Placed {
  category: CategoryRow
  path: string
  depth: number
}

function rowsOf<T>(view: View, table: string): T[] {
  return [...view.all(table)] as unknown as T[]
}

/** All categories, each right under the one it belongs to; null until they are loaded. */
export function useCategoryTree(): Readonly<Ref<readonly Placed[] | null>> {
  return useLive<readonly Placed[] | null>(['categories'], (view) => treeOf(rowsOf(view, 'categories')), null)
}

export function treeOf(rows: readonly CategoryRow[]): Placed[] {
  const below = new Map<string | null, CategoryRow[]>()
  for (const row of rows) below.set(row.parent_id, [...(below.get(row.parent_id) ?? []), row])
  const placed: Placed[] = []
  function walk(parent_id: string | null, path: string, depth: number): void {
    const children = (below.get(parent_id) ?? []).sort(
      (one, other) => one.position - other.position || (one.name < other.name ? -1 : 1),
    )
    for (const category of children) {
      const here = path ? `${path} / ${category.name}` : category.name
      placed.push({ category, path: here, depth })
      walk(category.id, here, depth + 1)
    }
  }
  walk(null, '', 0)
  return placed
}

/** A price list and who pays by it. */
export interface NamedList extends PriceListRow {
  whose: string
}

function named(view: View, row: PriceListRow): NamedList {
  const whose = row.level_id
    ? (view.get('price_levels', row.level_id) as PriceLevelRow | undefined)
    : (view.get('customers', row.customer_id ?? '') as CustomerRow | undefined)
  return { ...row, whose: whose?.name ?? '' }
}

const LISTS = ['price_lists', 'price_levels', 'customers']

/** The lists this person sees, those of levels first, the latest first; null until they are loaded. */
export function usePriceLists(): Readonly<Ref<readonly NamedList[] | null>> {
  return useLive<readonly NamedList[] | null>(
    LISTS,
    (view) =>
      rowsOf<PriceListRow>(view, 'price_lists')
        .map((row) => named(view, row))
        .sort(
          (one, other) =>
            Number(one.kind === 'customer') - Number(other.kind === 'customer') ||
            (one.from_on < other.from_on ? 1 : one.from_on > other.from_on ? -1 : 0) ||
            (one.name < other.name ? -1 : 1),
        ),
    null,
  )
}

/** One list: undefined when this device does not hold it, null until that is known. */
export function usePriceList(id: () => string): Readonly<Ref<NamedList | undefined | null>> {
  return useLive<NamedList | undefined | null>(
    LISTS,
    (view) => {
      const row = view.get('price_lists', id()) as unknown as PriceListRow | undefined
      return row && named(view, row)
    },
    null,
  )
}
