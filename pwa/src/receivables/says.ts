// How what is owed and received is called.

import { useWords } from '../core/words'
import type { components } from '../wire/api'
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

type Entry = components['schemas']['StatementRow']

/** What a line of a statement is: the paper's number or kind, or money received. */
export function sayEntry(entry: Pick<Entry, 'kind' | 'number' | 'source_table'>): string {
  return entry.kind === 'collection' ? useWords().t('receivables.received') : sayItem(entry)
}

/** How and by whom it was received, or when it is due. */
export function sayEntryNote(entry: Entry): string {
  const { t } = useWords()
  if (entry.kind !== 'collection') {
    return entry.open_amount > 0 && entry.due_on ? t('receivables.due', { day: entry.due_on }) : ''
  }
  const parts = [t(`receivables.method.${entry.method}`), entry.person_name, entry.note]
  if (!entry.effect) parts.push(t('receivables.voided_why', { reason: entry.void_reason }))
  return parts.filter(Boolean).join(' · ')
}
