// What screens read of the inventory: warehouses, and how much of a variant is there to be sold. Quantities are thousandths of the base
// unit.

import type { Ref } from 'vue'
import type { View } from '../core/domain'
import { useLive } from '../sync'
import type { StockRow, WarehouseRow } from '../wire/feeds'

/** Warehouses by name, the default one first; null until they are loaded. */
export function useWarehouses(): Readonly<Ref<readonly WarehouseRow[] | null>> {
  return useLive<readonly WarehouseRow[] | null>(
    ['warehouses'],
    (view) =>
      ([...view.all('warehouses')] as unknown as WarehouseRow[]).sort(
        (one, other) =>
          Number(other.is_default) - Number(one.is_default) || one.name.localeCompare(other.name, 'zh-CN'),
      ),
    null,
  )
}

/** What the default warehouse, out of which orders go, has of a variant for whoever asks next. */
function availableIn(view: View, warehouse_id: string, variant_id: string): number {
  const row = view.get('stocks', `${warehouse_id}:${variant_id}`) as StockRow | undefined
  return row ? row.on_hand_e3 - row.reserved_e3 : 0
}

/**
 * How much of some variants can be promised, by variant id. Null while that is not known: nothing is loaded, or this person is told
 * nothing of stock, as agents are not.
 */
export function useAvailability(
  variant_ids: () => readonly string[],
): Readonly<Ref<ReadonlyMap<string, number> | null>> {
  return useLive<ReadonlyMap<string, number> | null>(
    ['warehouses', 'stocks'],
    (view) => {
      const [home] = view.where('warehouses', 'is_default', true)
      return home ? new Map(variant_ids().map((id) => [id, availableIn(view, home.id, id)])) : null
    },
    null,
  )
}
