// What an administrator decided about differing prices.

import type { Ref } from 'vue'
import { useLive } from '../../sync'
import type { OrderPolicyRow } from '../../wire/feeds'

/** The one row; undefined as long as nobody decided, null until that is known. */
export function usePolicy(): Readonly<Ref<OrderPolicyRow | undefined | null>> {
  return useLive<OrderPolicyRow | undefined | null>(
    ['order_policy'],
    (view) => [...view.all('order_policy')][0] as unknown as OrderPolicyRow | undefined,
    null,
  )
}
