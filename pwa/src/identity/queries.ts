// What screens read of identity: who is who, which territories there are, where the person works.

import { computed, type Ref } from 'vue'
import { signedIn } from '../core/access'
import { useLive } from '../sync'
import type { MembershipRow, PersonRow, TerritoryRow } from '../wire/feeds'

/** Everyone this phone knows of, by id. Agents hold only themselves. */
export function usePeople(): Readonly<Ref<ReadonlyMap<string, PersonRow>>> {
  return useLive(
    ['people'],
    (view) => new Map([...view.all('people')].map((row) => [row.id, row as unknown as PersonRow])),
    new Map(),
  )
}

/** All territories, parents before children and names in order within one parent. */
export function useTerritories(): Readonly<Ref<readonly TerritoryRow[]>> {
  return useLive(['territories'], (view) => inTreeOrder([...view.all('territories')] as unknown as TerritoryRow[]), [])
}

/** Depth first: each node followed by what is below it. */
export function inTreeOrder(rows: readonly TerritoryRow[]): TerritoryRow[] {
  const ids = new Set(rows.map((row) => row.id))
  const below = new Map<string | null, TerritoryRow[]>()
  for (const row of rows) {
    // The parent may be out of this person's sight.
    const parent = row.parent_id !== null && ids.has(row.parent_id) ? row.parent_id : null
    below.set(parent, [...(below.get(parent) ?? []), row])
  }
  const ordered: TerritoryRow[] = []
  const walk = (parent: string | null): void => {
    for (const row of (below.get(parent) ?? []).sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'))) {
      ordered.push(row)
      walk(row.id)
    }
  }
  walk(null)
  return ordered
}

export function isCurrent(membership: MembershipRow, now: number): boolean {
  return membership.from_at <= now && (membership.until_at === null || membership.until_at > now)
}

/** Memberships this phone knows of that have not ended: one's own, a manager's also his teams'. */
export function useMemberships(): Readonly<Ref<readonly MembershipRow[]>> {
  return useLive(
    ['memberships'],
    (view) => {
      const now = Date.now()
      return ([...view.all('memberships')] as unknown as MembershipRow[]).filter((row) => isCurrent(row, now))
    },
    [],
  )
}

/** The nodes the person works in himself or answers for, with their names. */
export function useMyTerritories(): Readonly<Ref<readonly { kind: string; territory: TerritoryRow }[]>> {
  const memberships = useMemberships()
  const territories = useTerritories()
  return computed(() => {
    const byId = new Map(territories.value.map((row) => [row.id, row]))
    return memberships.value
      .filter((row) => row.person_id === signedIn.value?.id)
      .flatMap((row) => {
        const territory = byId.get(row.territory_id)
        return territory ? [{ kind: row.kind, territory }] : []
      })
  })
}

/** Where the person may add a customer: his own nodes, those below what he answers for; office people everywhere. */
export function useTerritoriesToFile(): Readonly<Ref<readonly TerritoryRow[]>> {
  const territories = useTerritories()
  const mine = useMyTerritories()
  return computed(() => {
    const roles = signedIn.value?.roles ?? []
    if (roles.includes('administrator') || roles.includes('clerk')) return territories.value
    return territories.value.filter((row) =>
      mine.value.some(({ kind, territory }) =>
        kind === 'manager' ? row.path.startsWith(territory.path) : row.id === territory.id,
      ),
    )
  })
}
