// What managers ask of the next visit to a customer, as the phone holds it.

import type { Ref } from 'vue'
import type { MarkState, View } from '../../core/domain'
import { useLive } from '../../sync'
import { get, type Of, where } from './rows'

/** What is open about a customer for one person who goes there, the oldest first. */
export function openFollowUps(view: View, customer_id: string, person_id: string): Of<'follow_ups'>[] {
  return where(view, 'follow_ups', 'customer_id', customer_id)
    .filter((one) => one.state === 'open' && (one.person_id === '' || one.person_id === person_id))
    .sort((one, other) => one.asked_at - other.asked_at || (one.id < other.id ? -1 : 1))
}

/** A question with its answer beside it. */
export interface Asked {
  row: Of<'follow_ups'>
  /** Who asked; empty where the phone does not hold him. */
  by: string
  mark: MarkState | undefined
}

/** All about a customer, live: open ones first, then the newest. */
export function useFollowUps(customer_id: () => string): Readonly<Ref<readonly Asked[]>> {
  return useLive<readonly Asked[]>(
    ['follow_ups', 'people'],
    (view) =>
      where(view, 'follow_ups', 'customer_id', customer_id())
        .sort(
          (one, other) =>
            Number(other.state === 'open') - Number(one.state === 'open') || other.asked_at - one.asked_at,
        )
        .map((row) => ({
          row,
          by: get(view, 'people', row.asked_by)?.name ?? '',
          mark: view.state('follow_ups', row.id),
        })),
    [],
  )
}
