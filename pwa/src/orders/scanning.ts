// What a barcode adds to a cart, whether the camera or a gun read it. Pure.

import { lineKey } from '../catalog/rows'
import { findPack } from '../catalog/rules/packs'
import { type CatalogIndex, packOf, type Scanned } from '../catalog/search'
import { steppedQuantity } from '../catalog/steps'

export interface Added extends Scanned {
  /** How much of it there is then. */
  quantity_e3: number
}

/** One more of the pack with this barcode, as one tap on + adds it; null when nothing on sale has it. */
export function oneMore(index: CatalogIndex, taken: ReadonlyMap<string, number>, barcode: string): Added | null {
  const found = packOf(index, barcode)
  const pack = found && findPack(found.variant.packs, found.unit)
  if (!found || !pack) return null
  const { variant, unit } = found
  return { ...found, quantity_e3: steppedQuantity(taken.get(lineKey({ variant_id: variant.id, unit })) ?? 0, pack, 1) }
}
