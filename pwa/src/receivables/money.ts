// Money as it is typed in, on a phone and at a desk.

import type { Payloads } from '../wire/commands'
import type { ReceivableItemRow } from '../wire/feeds'

/** In cash, by a code that was scanned, by transfer. */
export const METHODS = ['cash', 'code', 'transfer'] as const

/** Money received; `items` are those somebody chose to have paid. */
export type Taken = Required<Pick<Payloads['receivables.collect'], 'amount' | 'method' | 'note' | 'items'>>

/** What is owed, as far as money cares. */
export type Owed = Pick<ReceivableItemRow, 'id' | 'number' | 'source_table' | 'open_amount' | 'due_on'>
