// The keys of a table: j and k move, x selects, e or Enter opens, / searches. Not while something is being typed.

export type TableKey = 'next' | 'previous' | 'select' | 'open' | 'search'

const KEYS: Record<string, TableKey> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  x: 'select',
  e: 'open',
  '/': 'search',
}

/** What a key press asks of the table, or null when it is meant for something else. */
export function tableKey(event: KeyboardEvent): TableKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return null
  const target = event.target as HTMLElement | null
  if (target?.closest?.('input:not([type="checkbox"]), textarea, select, dialog, [contenteditable="true"]')) return null
  // Arrows scroll the page unless the table has the focus.
  if (event.key.startsWith('Arrow') && !target?.closest?.('.base-table')) return null
  return KEYS[event.key] ?? null
}
