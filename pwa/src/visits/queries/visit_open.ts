// The visit the person signed in has open on a day, by itself: what a check-in elsewhere must know before it begins.

import type { Ref } from 'vue'
import { useLive } from '../../sync'
import { get, me, type Of, where } from './rows'

export interface OpenVisit {
  visit: Of<'visits'>
  customer: Of<'customers'> | undefined
}

export function useOpenVisit(day: () => string): Readonly<Ref<OpenVisit | null>> {
  return useLive<OpenVisit | null>(
    ['visits', 'customers'],
    (view) => {
      const visit = where(view, 'visits', 'state', 'open').find(
        (one) => one.person_id === me.value && one.day_on === day(),
      )
      return visit ? { visit, customer: get(view, 'customers', visit.customer_id) } : null
    },
    null,
  )
}
