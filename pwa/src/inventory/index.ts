// The inventory on the phone: what is in stock.

import type { Domain } from '../core/domain'

export const inventory: Domain = {
  name: 'inventory',
  stores: { warehouses: {}, stocks: { is_packed: true } },
}
