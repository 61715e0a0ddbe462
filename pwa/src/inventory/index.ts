// The inventory on the phone: what is in stock, and the desk's pages of it.

import type { Domain } from '../core/domain'

export const inventory: Domain = {
  name: 'inventory',
  stores: { warehouses: {}, stocks: { is_packed: true } },
}
