// Pure rules of what is owed, the twin of backend/roundsman/receivables/rules.py: which money pays what, how much credit is left. Both
// run the vectors in tests/vectors/receivables. No store, no clock, no ids here. Amounts are fen.

/** So much of some money (a collection, a credit) pays an item. */
export interface Paid {
  money_id: string
  item_id: string
  amount: number
}

type Amount = readonly [id: string, amount: number]

/**
 * Pays what is owed with what is free, both oldest first. `chosen` says how much of the first money goes to which items; what an item
 * no longer takes, and all the rest, goes to the oldest. Nothing stays free while something is owed.
 */
export function settle(money: readonly Amount[], items: readonly Amount[], chosen: readonly Amount[] = []): Paid[] {
  const free = new Map(money)
  const owed = new Map(items)
  const paid = new Map<string, Paid>()
  const pay = (money_id: string, item_id: string, most: number): void => {
    const amount = Math.min(most, free.get(money_id) ?? 0, owed.get(item_id) ?? 0)
    if (amount <= 0) return
    free.set(money_id, (free.get(money_id) ?? 0) - amount)
    owed.set(item_id, (owed.get(item_id) ?? 0) - amount)
    const key = `${money_id}/${item_id}`
    paid.set(key, { money_id, item_id, amount: (paid.get(key)?.amount ?? 0) + amount })
  }
  const first = money[0]?.[0]
  if (first !== undefined) for (const [item_id, amount] of chosen) pay(first, item_id, amount)
  // Both lists are walked once: what is used up on either side is never looked at again.
  const left = [...owed.keys()]
  let at = 0
  for (const money_id of free.keys()) {
    for (; at < left.length && (free.get(money_id) ?? 0) > 0; ) {
      const item_id = left[at] as string
      pay(money_id, item_id, Number.MAX_SAFE_INTEGER)
      if (!owed.get(item_id)) at += 1
    }
  }
  return [...paid.values()]
}

/** How much more may be ordered; below zero when too much was already, null where there is no limit. */
export function creditLeft(credit_limit: number | null, debt: number, committed: number): number | null {
  return credit_limit === null ? null : credit_limit - debt - committed
}

/** Whether something is still owed after its due day. */
export function isOverdue(due_on: string, open_amount: number, day: string): boolean {
  return open_amount > 0 && due_on < day
}
