// What an administrator sets for visits, as this device holds it: the steps of a customer class and the days off.

import type { Ref } from 'vue'
import { useLive } from '../../sync'
import { all, type Of, where } from './rows'

/** The steps of a class, also retired ones; null until the device has read them. */
export function useTemplates(class_id: () => string): Readonly<Ref<Of<'step_templates'>[] | null>> {
  return useLive<Of<'step_templates'>[] | null>(
    ['step_templates'],
    (view) => where(view, 'step_templates', 'class_id', class_id()),
    null,
  )
}

/** Every day off; null until the device has read them. */
export function useHolidays(): Readonly<Ref<Of<'holidays'>[] | null>> {
  return useLive<Of<'holidays'>[] | null>(['holidays'], (view) => [...all(view, 'holidays')], null)
}
