// What desk lists are narrowed to: reps and territories, as a picker takes them.

import { computed, type Ref } from 'vue'
import type { Option } from '../core/ui/option'
import { usePeople, useTerritoriesToFile } from './queries'

/** The reps there are; with `also_gone` those who left too, where a list is of what was. */
export function useRepOptions(also_gone = false): Readonly<Ref<Option[]>> {
  const people = usePeople()
  return computed(() =>
    [...people.value.values()]
      .filter((one) => (one.is_active || also_gone) && (one.roles as string[]).includes('rep'))
      .map((one) => ({ value: one.id, label: one.name })),
  )
}

/** The territories whose customers the person keeps. */
export function useTerritoryOptions(): Readonly<Ref<Option[]>> {
  const territories = useTerritoriesToFile()
  return computed(() => territories.value.map((one) => ({ value: one.id, label: one.name })))
}
