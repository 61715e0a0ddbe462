// Opening and closing a person's store: first what shows rows, then, once they are on the screen, what sends and receives. One store at
// a time; who is signed in is the session's business.

import { type Ref, shallowRef } from 'vue'
import type { Describe, Domain, Loaded } from '../core/domain'
import type { Engine, EngineOptions } from './engine'
import type { EngineState, Memory } from './memory'
import type { Gathered } from './opening'

/** What badge and outbox page show; null between persons. */
export const state = shallowRef<EngineState | null>(null)
/** What is there first, and is enough to show rows. */
export let memory: Memory | null = null
/** What works on it; comes once the rows are shown, or is needed. */
const engine = shallowRef<Engine | null>(null)
export const trouble = shallowRef<EngineState['trouble']>(null)
let gathered: Pick<Gathered, 'domains'> & Partial<Gathered> = { domains: [] }
/** What each command is called, once the engine is there. */
export let descriptions: Readonly<Record<string, Describe>> = {}
let stopWaking = () => {}

/**
 * Told once at start: what the domains do to their own rows. `feeds` stand in for those this build understands, with their versions;
 * those and which of them are kept many rows to a record are fetched with what opens a store.
 */
export function gatherDomains(domains: readonly Domain[], feeds?: Readonly<Record<string, number>>): void {
  gathered = feeds ? { domains, feeds, packed: [] } : { domains }
}

/** The store of whoever is signed in; raises when there is none. */
export function openEngine(): Engine {
  if (!engine.value) throw new Error('nobody is signed in on this phone')
  return engine.value
}

/** The same as a ref, null until it is there and between persons. */
export const currentEngine = engine as Readonly<Ref<Engine | null>>

/** Opening and closing one after the other, in the order they were asked for. */
let settling: Promise<unknown> = Promise.resolve()

function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const turn = settling.then(run, run)
  settling = turn.catch(() => {})
  return turn
}

/** Fetches what a store is opened with: most of this folder. The sign-in screen is shown without it and fetches it meanwhile. */
export async function prepareStore(): Promise<void> {
  await Promise.all([import('./opening'), import('./running')])
}

/** How long a page that asks for no rows holds back what sends and receives. */
const PATIENCE = 1500

/** Set to work at once: somebody waits for more than rows. */
let urge = () => {}
let isUrgent = false

/**
 * Opens a person's own database on this phone and starts its loop. Another person's, if open, is closed first. With `rowsFirst` the
 * loop is fetched only when the rows are on the screen, unless something needs it before.
 */
export function openStore(
  person: { id: string },
  own: Partial<EngineOptions> = {},
  { rowsFirst = false } = {},
): Promise<void> {
  if (!rowsFirst) hurry()
  return inTurn(async () => {
    if (memory?.person_id !== person.id) await closed()
    try {
      await opened(person.id, own, rowsFirst)
    } finally {
      isUrgent = false
    }
  })
}

function hurry(): void {
  isUrgent = true
  urge()
}

async function opened(person_id: string, own: Partial<EngineOptions>, rowsFirst: boolean): Promise<void> {
  if (engine.value) {
    engine.value.loop.wake()
    return
  }
  const opening = await import('./opening')
  const known: Gathered = { ...opening.OF_THIS_BUILD, ...gathered }
  const { domains, feeds } = known
  const onTrouble = (now: EngineState['trouble']) => {
    trouble.value = now
  }
  const options = opening.memoryOptions(person_id, known, { onTrouble, ...own })
  memory ??= await opening.openMemory(options)
  state.value = memory.state
  memory.onState = (now) => {
    state.value = now
  }
  if (rowsFirst && !isUrgent) await rowsDrawn(memory)
  const [running, told] = await Promise.all([import('./running'), allOf(domains.map((domain) => domain.descriptions))])
  descriptions = told
  engine.value = await running.openEngine(memory, options, feeds, own)
  stopWaking = running.startPhone(engine.value)
}

/** Resolves when the rows are on the screen; sooner when nobody asks for rows or somebody cannot wait. */
async function rowsDrawn(shown: Memory): Promise<void> {
  await Promise.race([
    shown.isShown().then(painted),
    new Promise<void>((resolve) => {
      urge = resolve
      setTimeout(resolve, PATIENCE)
    }),
  ])
}

/** A page nobody looks at is never painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) resolve()
    else requestAnimationFrame(() => setTimeout(resolve))
  })
}

/** The engine of whoever is signed in, as soon as it is there; what could not be fetched before is fetched again. */
export async function wholeEngine(): Promise<Engine> {
  if (!engine.value) hurry()
  // The page may be faster than the opening of the store.
  await settling
  const left = memory
  if (left && !engine.value) await openStore({ id: left.person_id })
  return openEngine()
}

async function allOf<T>(parts: readonly (Loaded<Record<string, T>> | undefined)[]): Promise<Record<string, T>> {
  return Object.assign({}, ...(await Promise.all(parts.map((part) => (typeof part === 'function' ? part() : part)))))
}

/** Closes the store at sign-out or before another person's. Whatever waits stays on the phone, for the same person. */
export function closeStore(): Promise<void> {
  hurry()
  return inTurn(async () => {
    await closed()
    isUrgent = false
  })
}

async function closed(): Promise<void> {
  const open = engine.value ?? memory
  // What it still says while it closes must not stand on the next person's screen.
  if (memory) memory.onState = () => {}
  engine.value = null
  memory = null
  state.value = null
  trouble.value = null
  stopWaking()
  stopWaking = () => {}
  await open?.close()
}
