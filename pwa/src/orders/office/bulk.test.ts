// Many commands, each decided alone: refusals stop nothing, silence does, and what is sent again keeps its key.

import { expect, test, vi } from 'vitest'
import { ApiError } from '../../core/api'
import { runTasks, type Task, tasksOf, useBulk } from './bulk'

const fates = (tasks: readonly Task<string>[]) => tasks.map(({ fate }) => fate)
const nobody = (): void => undefined

test('a refusal is kept with its row and the others go on, in their order', async () => {
  const tasks = tasksOf<string, string>(['a', 'b', 'c'])
  const asked: string[] = []
  await runTasks(
    tasks,
    async (item) => {
      asked.push(item)
      if (item === 'b') throw new ApiError('orders.held', 409, { holds: ['orders.list_old'] })
      return item.toUpperCase()
    },
    nobody,
  )
  expect(asked).toEqual(['a', 'b', 'c'])
  expect(fates(tasks)).toEqual(['done', 'refused', 'done'])
  expect(tasks[0]?.answer).toBe('A')
  expect(tasks[1]?.refusal?.details).toEqual({ holds: ['orders.list_old'] })
})

test.each([
  ['silence', new ApiError('offline')],
  ['overload', new ApiError('busy', 503)],
  ['asking too often', new ApiError('busy', 429)],
  ['a session that ended', new ApiError('unauthenticated', 401)],
  ['a crash', new ApiError('error', 500)],
])('%s leaves it open: the same command goes again, and only what is open does', async (_name, trouble) => {
  const tasks = tasksOf<string, string>(['a', 'b', 'c'])
  const asked: [string, string][] = []
  let isBroken = true
  const run = async (item: string, key: string): Promise<string> => {
    asked.push([item, key])
    if (item === 'b' && isBroken) throw trouble
    return item
  }
  await expect(runTasks(tasks, run, nobody)).rejects.toBe(trouble)
  expect(fates(tasks)).toEqual(['done', 'waiting', 'waiting'])
  isBroken = false
  await runTasks(tasks, run, nobody)
  expect(fates(tasks)).toEqual(['done', 'done', 'done'])
  expect(asked.map(([item]) => item)).toEqual(['a', 'b', 'b', 'c'])
  expect(asked[1]?.[1]).toBe(asked[2]?.[1])
  expect(new Set(asked.map(([, key]) => key)).size).toBe(3)
})

test('stopped, the one on its way is finished and the rest waits', async () => {
  let stop = nobody
  const bulk = useBulk(['a', 'b', 'c'], async (item) => {
    if (item === 'b') stop()
    return item
  })
  stop = bulk.stop
  await bulk.go()
  expect(fates(bulk.tasks.value)).toEqual(['done', 'done', 'waiting'])
  expect(bulk.isRunning.value).toBe(false)
  await bulk.go()
  expect(fates(bulk.tasks.value)).toEqual(['done', 'done', 'done'])
})

test('only what takes more than a second is long', async () => {
  vi.useFakeTimers()
  const quick = useBulk(['a'], async (item) => item)
  await quick.go()
  await vi.advanceTimersByTimeAsync(2000)
  expect(quick.isLong.value).toBe(false)
  const slow = useBulk(['a', 'b'], (item) => new Promise((resolve) => setTimeout(() => resolve(item), 700)))
  const whole = slow.go()
  await vi.advanceTimersByTimeAsync(900)
  expect(slow.isLong.value).toBe(false)
  expect(fates(slow.tasks.value)).toEqual(['done', 'going'])
  await vi.advanceTimersByTimeAsync(200)
  expect(slow.isLong.value).toBe(true)
  await vi.runAllTimersAsync()
  await whole
  vi.useRealTimers()
})
