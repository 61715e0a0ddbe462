// The writes of receivables from a phone: money received, and what it does at once to the phone's own rows. What only a desk does is
// sent online, from office/.

import { reckoned } from '../core/clocks'
import type { Draft, Effect, EffectMeta } from '../core/domain'
import { uuid7 } from '../core/ids'
import { dayOn } from '../core/times'
import { dispatch, fixIssue, undecided } from '../sync'
import { clocksNow } from '../sync/clocks'
import type { Payloads } from '../wire/commands'
import type { AccountRow, CollectionRow } from '../wire/feeds'
import type { Taken } from './money'
import { owedItems } from './queries'
import { settle } from './rules'

type Collect = Payloads['receivables.collect']

/** Whose money, received where. */
export interface Money extends Taken {
  customer_id: string
  visit_id: string | null
}

/** Records money received; answers the command's uuid, by which it can be taken back until it is sent. */
export function collect(money: Money): Promise<string> {
  const { customer_id, visit_id } = money
  const deps = [
    ...undecided('customers.add', 'customer_id', customer_id),
    ...(visit_id ? undecided('visits.check_in', 'visit_id', visit_id) : []),
  ]
  const args: Collect = { collection_id: uuid7(), ...money, clocks: clocksNow() }
  return dispatch('receivables.collect', args, { deps })
}

/** A collection the server refused, as it was typed in. */
export interface RefusedCollect {
  issue: string
  args: Collect
}

/** Sends refused money again as it was mended: the same money, received when it was received. */
export async function mendCollect(refused: RefusedCollect, mended: Taken): Promise<void> {
  await fixIssue(refused.issue, { ...refused.args, ...mended })
}

function showCollect(draft: Draft, args: Collect, meta: EffectMeta): void {
  const { collection_id, customer_id, amount } = args
  const at = args.clocks ? reckoned(args.clocks).at : meta.captured_at
  const owed = owedItems(draft, customer_id)
  const paid = settle(
    [[collection_id, amount]],
    owed.map((item) => [item.id, item.open_amount]),
    (args.items ?? []).map((share) => [share.item_id, share.amount]),
  )
  let unallocated = amount
  for (const { item_id, amount: part } of paid) {
    unallocated -= part
    const open_amount = Number(draft.get('receivable_items', item_id)?.open_amount) - part
    // What is paid is on no phone, and so it is here.
    if (open_amount) draft.patch('receivable_items', item_id, { open_amount })
    else draft.remove('receivable_items', item_id)
  }
  draft.put('collections', {
    id: collection_id,
    customer_id,
    person_id: meta.person_id,
    amount,
    unallocated,
    method: args.method ?? 'cash',
    note: args.note?.trim() ?? '',
    visit_id: args.visit_id ?? null,
    state: 'recorded',
    void_reason: '',
    collected_at: at,
    day_on: dayOn(at),
  } satisfies CollectionRow)
  const account = draft.get('accounts', customer_id) as AccountRow | undefined
  if (account) draft.patch('accounts', customer_id, { debt: account.debt - amount })
  else {
    draft.put('accounts', {
      id: customer_id,
      debt: -amount,
      committed: 0,
      credit_limit: null,
      credit_days: 0,
      policy: 'none',
    } satisfies AccountRow)
  }
}

export const effects: Record<string, Effect> = { 'receivables.collect': showCollect }
