// Receivables on the phone: what customers owe and what was collected.

import type { Domain } from '../core/domain'

export const receivables: Domain = {
  name: 'receivables',
  stores: { accounts: {}, receivable_items: {}, collections: {} },
}
