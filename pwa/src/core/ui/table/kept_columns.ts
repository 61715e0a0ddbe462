// Which columns of a table a person has chosen, kept on this device under the table's name.

import { type Ref, ref, watch } from 'vue'

/** The names of the columns shown; starts with what was kept, else with `first`. */
export function useKeptColumns(table: string, first: string[]): Ref<string[]> {
  const keptAs = `roundsman.columns.${table}`
  let kept: unknown = null
  try {
    kept = JSON.parse(localStorage.getItem(keptAs) ?? 'null')
  } catch {
    // Storage refused or its text damaged: the first columns will do.
  }
  const shown = ref<string[]>(
    Array.isArray(kept) && kept.length ? kept.filter((one) => typeof one === 'string') : first,
  )
  watch(shown, (names) => {
    try {
      localStorage.setItem(keptAs, JSON.stringify(names))
    } catch {
      // The choice then lasts as long as the page.
    }
  })
  return shown
}
