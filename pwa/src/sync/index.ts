// All that the rest of the app may use of synchronisation: open and close a person's store, write through dispatch, read through
// useLive, keep photos, look at what waits. Everything else in this folder is its own business.

import { computed, type Ref, readonly, shallowRef } from 'vue'
import type { Describe, Description, Domain, Loaded } from '../core/domain'
import type { SyncState as BadgeState } from '../core/shell/sync_state'
import type { Contact, Moment } from './clock'
import type { Entry, Issue } from './device'
import type { Engine, EngineOptions, EngineState } from './engine'
import type { Gathered } from './opening'

export { useLive } from './live'
export {
  dropStaged,
  photoBytes,
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
}

const QUIET: SyncState = {
  waiting: 0,
  sending: 0,
  refused: 0,
  photos_waiting: 0,
  last_contact_at: null,
  is_online: true,
  is_paused_for_sign_in: false,
  trouble: null,
}

const state = shallowRef<EngineState | null>(null)
const engine = shallowRef<Engine | null>(null)
const trouble = shallowRef<EngineState['trouble']>(null)
let gathered: Gathered = { domains: [], feeds: {}, packed: [] }
let descriptions: Readonly<Record<string, Describe>> = {}
let stopWaking = () => {}

/**
 * Told once at start: what the domains do to their own rows, the feeds this build understands with their versions, and which of
 * them are kept many rows to a record.
 */
export function gatherDomains(
  domains: readonly Domain[],
  feeds: Readonly<Record<string, number>>,
  packed: readonly string[] = [],
): void {
  gathered = { domains, feeds, packed }
}

/** A command in the person's words; its name when no domain of this build knows it. */
export function describeCommand(command: { name: string; args: string }): Description {
  const view = engine.value?.overlays.view
  try {
    if (view) return descriptions[command.name]?.(JSON.parse(command.args), view) ?? { title: command.name }
  } catch {
    // Args of another build may lack what this description reads.
  }
  return { title: command.name }
}

/** The store of whoever is signed in; raises when there is none. */
export function openEngine(): Engine {
  if (!engine.value) throw new Error('nobody is signed in on this phone')
  return engine.value
}

/** The open store as a ref, null between persons. */
export const currentEngine = engine as Readonly<Ref<Engine | null>>

/** Opening and closing one after the other, in the order they were asked for. */
let settling: Promise<unknown> = Promise.resolve()

function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const turn = settling.then(run, run)
  settling = turn.catch(() => {})
  return turn
}

/** Fetches what a store is opened with: most of this folder. The sign-in screen is shown without it and fetches it meanwhile. */
export function prepareStore(): Promise<typeof import('./opening')> {
  return import('./opening')
}

/** Opens a person's own database on this phone and starts its loop. Another person's, if open, is closed first. */
export function openStore(person: { id: string }, own: Partial<EngineOptions> = {}): Promise<void> {
  return inTurn(() => opened(person, own))
}

async function opened(person: { id: string }, own: Partial<EngineOptions>): Promise<void> {
  if (engine.value?.person_id === person.id) {
    engine.value.loop.wake()
    return
  }
  await closed()
  const { domains } = gathered
  const [phone, effects, told] = await Promise.all([
    prepareStore(),
    allOf(domains.map((domain) => domain.effects)),
    allOf(domains.map((domain) => domain.descriptions)),
  ])
  descriptions = told
  const onTrouble = (now: EngineState['trouble']) => {
    trouble.value = now
  }
  const next = await phone.openPhone(person.id, gathered, effects, { onTrouble, ...own })
  state.value = next.state
  next.onState = (now) => {
    state.value = now
  }
  engine.value = next
  stopWaking = phone.startPhone(next)
}

async function allOf<T>(parts: readonly (Loaded<Record<string, T>> | undefined)[]): Promise<Record<string, T>> {
  return Object.assign({}, ...(await Promise.all(parts.map((part) => (typeof part === 'function' ? part() : part)))))
}

/** Closes the store at sign-out or before another person's. Whatever waits stays on the phone, for the same person. */
export function closeStore(): Promise<void> {
  return inTurn(closed)
}

async function closed(): Promise<void> {
  const open = engine.value
  engine.value = null
  state.value = null
  trouble.value = null
  stopWaking()
  stopWaking = () => {}
  await open?.close()
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
  // The page may be faster than the opening of the store.
  await settling
  return openEngine().dispatch(name, args, { ...rest, photos: (photos ?? []).map((photo) => photo.sha256) })
}

/** What a fact carries of the three clocks. */
export function captureMoment(): Moment {
  const nobody: Moment = { wall_at: Date.now(), monotonic_ms: null, contact_wall_at: null, contact_server_at: null }
  return engine.value?.clock.now() ?? nobody
}

/** The state of synchronisation for badge and pages. */
export const syncState: Readonly<Ref<SyncState>> = computed(() => {
  const now = state.value
  if (!now) return { ...QUIET, trouble: trouble.value }
  const open = [...now.device.outbox.values()].filter((entry) => entry.state !== 'applied' && entry.state !== 'seen')
  const sending = open.filter((entry) => now.sending.has(entry.uuid)).length
  return {
    waiting: open.length - sending,
    sending,
    refused: now.device.issues.size,
    photos_waiting: engine.value?.photosWaiting() ?? 0,
    last_contact_at: now.last_contact_at,
    is_online: now.loop.is_online,
    is_paused_for_sign_in: now.loop.is_paused_for_sign_in,
    trouble: trouble.value,
  }
})

/** Everything not yet received, oldest first. */
export const outboxItems = computed(() =>
  [...(state.value?.device.outbox.values() ?? ([] as Entry[]))]
    .filter((entry) => entry.state !== 'seen')
    .sort((one, other) => one.order - other.order)
    .map((entry) => ({ ...entry, is_sending: state.value?.sending.has(entry.uuid) ?? false })),
)

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
  await engine.value?.store.database.tryAgain()
}

/** Gives up a refused command and what hangs on it. Ask the person first: it exists nowhere else. */
export function discardIssue(uuid: string): Promise<void> {
  return openEngine().discardIssue(uuid)
}

/** What a refused command asked for, to be shown again and mended; undefined when it is no longer refused. */
export async function refusedArgs<T>(uuid: string): Promise<T | undefined> {
  await settling
  const issue = openEngine().state.device.issues.get(uuid)
  return issue && (JSON.parse(issue.entry.args) as T)
}

/** Sends a refused command and what hangs on it again as new commands, with other args when given. */
export function fixIssue(uuid: string, args?: object): Promise<void> {
  return openEngine().fixIssue(uuid, args)
}

/** Changes a command that was never sent; answers its new uuid. Raises TooLate once it may have been sent. */
export function editCommand(uuid: string, args: object): Promise<string> {
  return openEngine().edit(uuid, args)
}

/** Takes back a command that was never sent, with all that hang on it. Raises TooLate once it may have been sent. */
export function cancelCommand(uuid: string): Promise<void> {
  return openEngine().cancel(uuid)
}

/** Keeps an unfinished form; dispatch with `draft` removes it together with the save. */
export async function keepDraft(id: string, value: object): Promise<void> {
  // A form may be the first page of all, faster than the opening of the store.
  await settling
  const open = openEngine()
  return open.store.keepDraft(id, value, open.clock.wall())
}

export async function draftOf<T>(id: string): Promise<T | undefined> {
  await settling
  return openEngine().store.draft<T>(id)
}

/** Every draft whose id begins so, whichever tab kept it. */
export async function draftsLike<T>(prefix: string): Promise<T[]> {
  await settling
  return openEngine().store.draftsLike<T>(prefix)
}

export async function dropDraft(id: string): Promise<void> {
  await settling
  return openEngine().store.dropDraft(id)
}

export const isOpen = readonly(computed(() => engine.value !== null))
