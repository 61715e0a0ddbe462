// How what is owed and received is called.

import { useWords } from '../core/words'
import type { CollectionRow, ReceivableItemRow } from '../wire/feeds'

/** "S2603080001", or what kind of thing it is when nobody numbered it. */
export function sayItem(item: Pick<ReceivableItemRow, 'number' | 'source_table'>): string {
  const { t, has } = useWords()
  const kind = `receivables.source.${item.source_table}`
  return item.number || t(has(kind) ? kind : 'receivables.source.other')
}

/** "现金 · 订金", or why it does not count. */
export function sayCollection(collection: CollectionRow): string {
  const { t } = useWords()
  const parts = [t(`receivables.method.${collection.method}`), collection.note]
  if (collection.state === 'voided') parts.push(t('receivables.voided_why', { reason: collection.void_reason }))
  return parts.filter(Boolean).join(' · ')
}
