// @vitest-environment happy-dom
// A ranking that cannot be asked for says nothing of it: no total of the question before, and not that there is nothing.

import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { ApiError } from '../../core/api'
import { useRanking } from './asking'

const api = vi.hoisted(() => ({ ask: vi.fn() }))
vi.mock('../../core/api', async (original) => ({ ...(await original<object>()), ...api }))

let scope = effectScope()
afterEach(() => {
  scope.stop()
  scope = effectScope()
  api.ask.mockReset()
})

test('what was found before another question goes when that one is not answered', async () => {
  const by = ref('rep')
  api.ask.mockResolvedValueOnce({ rows: [{ rank: 1, key: 'k', name: '王磊' }], total: 500, next: null })
  const ranking = scope.run(() => useRanking(() => ({ metric: 'sales', by: by.value, from: '', to: '' })))
  await flushPromises()
  expect(ranking?.found.value?.total).toBe(500)
  api.ask.mockRejectedValue(new ApiError('offline'))
  by.value = 'customer'
  await nextTick()
  await flushPromises()
  expect(ranking?.wrong.value).not.toBe('')
  expect(ranking?.found.value).toBeNull()
  expect(ranking?.rows.value).toEqual([])
})

test('every place is found while the ranking is being asked for again', async () => {
  const place = (rank: number) => ({ rank, key: String(rank), name: `第${rank}` })
  api.ask.mockReset().mockReturnValue(new Promise(() => {}))
  const ranking = scope.run(() => useRanking(() => ({ metric: 'sales', by: 'rep', from: '', to: '' })))
  expect(ranking?.isLoading.value).toBe(true)
  api.ask.mockReset()
  api.ask
    .mockResolvedValueOnce({ rows: [place(1), place(2)], next: 'b' })
    .mockResolvedValueOnce({ rows: [place(3)], next: null })
  expect((await ranking?.all())?.map((row) => row.rank)).toEqual([1, 2, 3])
  expect(api.ask).toHaveBeenLastCalledWith('GET', expect.stringContaining('after=b'))
})
