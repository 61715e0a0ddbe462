// What screens read of agents: oneself, the levels there are, what one asked for.

import { computed, type Ref } from 'vue'
import { signedIn } from '../core/access'
import { useLive } from '../sync'
import type { AgentRow, UpgradeRequestRow } from '../wire/feeds'

/** The person signed in, as an agent; undefined when he is none, null until that is known. */
export function useMyAgent(): Readonly<Ref<AgentRow | undefined | null>> {
  return useLive<AgentRow | undefined | null>(
    ['agents'],
    (view) =>
      (view.where('agents', 'person_id', signedIn.value?.id ?? '') as unknown as AgentRow[]).find(
        (row) => row.state === 'active',
      ),
    null,
  )
}

/** Levels asked for, the latest first: one's own, or for staff those of the agents they see. */
export function useUpgrades(): Readonly<Ref<readonly UpgradeRequestRow[]>> {
  return useLive<readonly UpgradeRequestRow[]>(
    ['upgrade_requests'],
    (view) =>
      ([...view.all('upgrade_requests')] as unknown as UpgradeRequestRow[]).sort(
        (one, other) => other.asked_at - one.asked_at,
      ),
    [],
  )
}

/** Agents others may be invited under: those of this phone, by name. */
export function useActiveAgents(): Readonly<Ref<readonly AgentRow[]>> {
  const all = useLive<readonly AgentRow[]>(['agents'], (view) => [...view.all('agents')] as unknown as AgentRow[], [])
  return computed(() =>
    all.value.filter((row) => row.state === 'active').sort((one, other) => one.name.localeCompare(other.name, 'zh-CN')),
  )
}
