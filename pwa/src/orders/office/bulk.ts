// One command for each of many rows, one after the other, each decided alone: what went through stays, what was refused says why, and
// where the server fell silent the same commands go again under the same keys, so that nothing happens twice.

import { type Ref, ref, shallowRef } from 'vue'
import type { ApiError } from '../../core/api'
import { uuid7 } from '../../core/ids'
import { sayError } from '../../core/refusals'
import { isDecided } from './sending'

export type Fate = 'waiting' | 'going' | 'done' | 'refused'

export interface Task<T, Answer = unknown> {
  readonly item: T
  /** What the command is known by at the server, made once. */
  readonly key: string
  fate: Fate
  answer: Answer | null
  refusal: ApiError | null
}

export function tasksOf<T, Answer = unknown>(items: readonly T[]): Task<T, Answer>[] {
  return items.map((item) => ({ item, key: uuid7(), fate: 'waiting', answer: null, refusal: null }))
}

/**
 * Runs the tasks that wait, in their order, until all are decided, `isStopped` says so, or one is left open: that one waits again, and
 * what interrupted it is raised. `told` hears of every change.
 */
export async function runTasks<T, Answer>(
  tasks: readonly Task<T, Answer>[],
  run: (item: T, key: string) => Promise<Answer>,
  told: () => void,
  isStopped: () => boolean = () => false,
): Promise<void> {
  for (const task of tasks) {
    if (task.fate !== 'waiting') continue
    if (isStopped()) return
    task.fate = 'going'
    told()
    try {
      task.answer = await run(task.item, task.key)
      task.fate = 'done'
    } catch (error) {
      if (!isDecided(error)) {
        task.fate = 'waiting'
        throw error
      }
      task.refusal = error
      task.fate = 'refused'
    } finally {
      told()
    }
  }
}

export interface Bulk<T, Answer> {
  tasks: Readonly<Ref<readonly Task<T, Answer>[]>>
  isRunning: Readonly<Ref<boolean>>
  /** It runs for more than a second already: long enough to want to see how far it is. */
  isLong: Readonly<Ref<boolean>>
  /** What interrupted it, in words. */
  wrong: Readonly<Ref<string>>
  /** Runs what waits; also again after it was stopped or interrupted. */
  go: () => Promise<void>
  /** After the one that is on its way. */
  stop: () => void
}

/** A second: what takes less needs no meter. */
const SHORT = 1000

export function useBulk<T, Answer>(
  items: readonly T[],
  run: (item: T, key: string) => Promise<Answer>,
): Bulk<T, Answer> {
  const own = tasksOf<T, Answer>(items)
  const tasks = shallowRef<readonly Task<T, Answer>[]>(own)
  const isRunning = ref(false)
  const isLong = ref(false)
  const wrong = ref('')
  let isStopped = false

  async function go(): Promise<void> {
    if (isRunning.value) return
    isRunning.value = true
    isStopped = false
    wrong.value = ''
    const timer = setTimeout(() => {
      isLong.value = true
    }, SHORT)
    try {
      await runTasks(
        own,
        run,
        () => {
          tasks.value = [...own]
        },
        () => isStopped,
      )
    } catch (error) {
      wrong.value = sayError(error)
    } finally {
      clearTimeout(timer)
      isRunning.value = false
    }
  }

  return {
    tasks,
    isRunning,
    isLong,
    wrong,
    go,
    stop: () => {
      isStopped = true
    },
  }
}
