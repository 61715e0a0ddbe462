// Orders on the phone: carts, placing them, and what became of them.

import type { Domain } from '../core/domain'

export const orders: Domain = {
  name: 'orders',
  stores: {
    order_policy: {},
    orders: {},
    order_lines: {},
    order_moves: {},
    order_returns: {},
    order_return_lines: {},
  },
}
