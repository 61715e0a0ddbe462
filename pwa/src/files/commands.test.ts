// What giving up pictures sends, and what it does at once to the phone's own rows.

import { afterEach, expect, test, vi } from 'vitest'
import type { Draft, Row } from '../core/domain'
import { effects, giveUpPhotos } from './commands'

const sync = vi.hoisted(() => ({ dispatch: vi.fn() }))
vi.mock('../sync', () => sync)

afterEach(() => sync.dispatch.mockReset())

test('each picture is a command of its own', async () => {
  await giveUpPhotos(['a', 'b'])
  expect(sync.dispatch.mock.calls).toEqual([
    ['files.give_up_photo', { photo_id: 'a' }],
    ['files.give_up_photo', { photo_id: 'b' }],
  ])
})

test('only a picture still awaited is given up on the screen', () => {
  const rows = new Map<string, Row>([
    ['a', { id: 'a', state: 'awaited', refused_code: null }],
    ['b', { id: 'b', state: 'stored', refused_code: null }],
  ])
  const draft = {
    get: (_table: string, id: string) => rows.get(id),
    patch: (_table: string, id: string, fields: object) => rows.set(id, { ...(rows.get(id) as Row), ...fields }),
  } as unknown as Draft
  for (const photo_id of ['a', 'b', 'c']) {
    effects['files.give_up_photo']?.(draft, { photo_id }, { uuid: 'u', captured_at: 1, person_id: 'm' })
  }
  expect([...rows.values()]).toEqual([
    { id: 'a', state: 'refused', refused_code: 'files.given_up' },
    { id: 'b', state: 'stored', refused_code: null },
  ])
})
