// All that the rest of the app may use of synchronisation: open and close a person's store, write through dispatch, read through
// useLive, keep photos, look at what waits. Everything else in this folder is its own business.

import { computed, type Ref, readonly } from 'vue'
import type { Description } from '../core/domain'
import type { SyncState as BadgeState } from '../core/shell/sync_state'
import type { Contact, Moment } from './clock'
import type { Entry, Issue } from './device'
import type { EngineState } from './memory'
import { descriptions, currentEngine as engine, memory, state, trouble, wholeEngine } from './open_store'

export { useLive } from './live'
export { closeStore, currentEngine, gatherDomains, openEngine, openStore, prepareStore } from './open_store'
export {
  dropStaged,
  photoBytes,
  photosHeldSince,
  photosNotHere,
  photoUrl,
  type StagedPhoto,
  stagePhoto,
  usePhotoMark,
  usePhotoUrl,
} from './photos'
export type { Contact, Moment }

export interface SyncState extends BadgeState {
  photos_waiting: number
  is_paused_for_sign_in: boolean
  /** Why the store cannot be used just now; null while it can. */
  trouble: EngineState['trouble']
  /** The company was not met for so long that its rows are hidden; what waits is not. */
  is_lease_over: boolean
  /** How much was known to wait in a store that was cleared here; 0 when nothing was lost or the person has seen it. */
  lost: number
}

const QUIET: SyncState = {
  waiting: 0,
  sending: 0,
  refused: 0,
  photos_waiting: 0,
  last_contact_at: null,
  is_online: true,
  is_known: false,
  is_paused_for_sign_in: false,
  trouble: null,
  is_lease_over: false,
  lost: 0,
}

/** A command in the person's words; its name when no domain of this build knows it. */
export function describeCommand(command: { name: string; args: string }): Description {
  // The words for it come with the engine; until then its line stands empty.
  if (!engine.value) return { title: '\u00a0' }
  const { view } = engine.value.overlays
  try {
    return descriptions[command.name]?.(JSON.parse(command.args), view) ?? { title: command.name }
  } catch {
    // Args of another build may lack what this description reads.
  }
  return { title: command.name }
}

/**
 * Keeps a command on this phone and shows its effect. Resolves with its uuid once it is durable; raises StoreFailure when it could
 * not be saved, in which case nothing of it was. `deps` are uuids of commands it builds on, `draft` the form it came from.
 */
export async function dispatch(
  name: string,
  args: object,
  opts: { deps?: string[]; photos?: { sha256: string }[]; draft?: string } = {},
): Promise<string> {
  const { photos, ...rest } = opts
  const open = await wholeEngine()
  return open.dispatch(name, args, { ...rest, photos: (photos ?? []).map((photo) => photo.sha256) })
}

/** What a fact carries of the three clocks. */
export function captureMoment(): Moment {
  const nobody: Moment = { wall_at: Date.now(), monotonic_ms: null, contact_wall_at: null, contact_server_at: null }
  return memory?.clock.now() ?? nobody
}

/** The browser knows it when there is no network at all; that there is one says nothing. */
function mayBeOnline(): boolean {
  return navigator.onLine !== false
}

/** The state of synchronisation for badge and pages. */
export const syncState: Readonly<Ref<SyncState>> = computed(() => {
  const now = state.value
  if (!now) return { ...QUIET, is_online: mayBeOnline(), trouble: trouble.value }
  const open = [...now.device.outbox.values()].filter((entry) => entry.state !== 'applied' && entry.state !== 'seen')
  const sending = open.filter((entry) => now.sending.has(entry.uuid)).length
  return {
    waiting: open.length - sending,
    sending,
    refused: now.device.issues.size,
    photos_waiting: engine.value?.photosWaiting() ?? 0,
    last_contact_at: now.last_contact_at,
    is_online: now.loop.is_online && mayBeOnline(),
    is_known: true,
    is_paused_for_sign_in: now.loop.is_paused_for_sign_in,
    trouble: trouble.value,
    is_lease_over: now.is_lease_over,
    lost: now.device.meta.lost,
  }
})

/** Everything not yet received, oldest first. */
export const outboxItems = computed(() =>
  [...(state.value?.device.outbox.values() ?? ([] as Entry[]))]
    .filter((entry) => entry.state !== 'seen')
    .sort((one, other) => one.order - other.order)
    .map((entry) => ({ ...entry, is_sending: state.value?.sending.has(entry.uuid) ?? false })),
)

/** Uuids of undecided commands of one name whose args have this value: what a later command depends on. */
export function undecided(name: string, field: string, value: string): string[] {
  return outboxItems.value
    .filter((entry) => entry.name === name && entry.state !== 'applied')
    .filter((entry) => (JSON.parse(entry.args) as Record<string, unknown>)[field] === value)
    .map((entry) => entry.uuid)
}

/** Everything that needs the person, oldest first. */
export const issues = computed(() =>
  [...(state.value?.device.issues.values() ?? ([] as Issue[]))].sort(
    (one, other) => one.entry.order - other.entry.order,
  ),
)

export const notices = computed(() => state.value?.notices ?? [])

/** Tries now, whatever the loop was waiting for. */
export function retryNow(): void {
  engine.value?.loop.wake()
}

/** After a save failed for good or another tab stood in the way: tries the database again. */
export async function tryStoreAgain(): Promise<void> {
  await memory?.store.database.tryAgain()
}

/** The person has seen that something may be lost. */
export async function dismissLoss(): Promise<void> {
  await (await wholeEngine()).seenLoss()
}

/** Gives up a refused command and what hangs on it. Ask the person first: it exists nowhere else. */
export async function discardIssue(uuid: string): Promise<void> {
  await (await wholeEngine()).discardIssue(uuid)
}

/** What a refused command asked for, to be shown again and mended; undefined when it is no longer refused. */
export async function refusedArgs<T>(uuid: string): Promise<T | undefined> {
  const issue = (await wholeEngine()).state.device.issues.get(uuid)
  return issue && (JSON.parse(issue.entry.args) as T)
}

/** Sends a refused command and what hangs on it again as new commands, with other args when given. */
export async function fixIssue(uuid: string, args?: object): Promise<void> {
  await (await wholeEngine()).fixIssue(uuid, args)
}

/** Takes back a command that was never sent, with all that hang on it. Raises TooLate once it may have been sent. */
export async function cancelCommand(uuid: string): Promise<void> {
  await (await wholeEngine()).cancel(uuid)
}

/** Keeps an unfinished form; dispatch with `draft` removes it together with the save. */
export async function keepDraft(id: string, value: object): Promise<void> {
  const open = await wholeEngine()
  return open.store.keepDraft(id, value, open.clock.wall())
}

export async function draftOf<T>(id: string): Promise<T | undefined> {
  return (await wholeEngine()).store.draft<T>(id)
}

/** Every draft whose id begins so, whichever tab kept it. */
export async function draftsLike<T>(prefix: string): Promise<T[]> {
  return (await wholeEngine()).store.draftsLike<T>(prefix)
}

export async function dropDraft(id: string): Promise<void> {
  return (await wholeEngine()).store.dropDraft(id)
}

export const isOpen = readonly(computed(() => engine.value !== null))
