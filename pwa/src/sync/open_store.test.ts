// @vitest-environment happy-dom
// A remembered person's store opens in two steps: rows first, then what sends and receives; and nobody who needs more waits for a timer.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EffectScope, effectScope, type Ref, watch } from 'vue'
import {
  captureMoment,
  closeStore,
  currentEngine,
  dispatch,
  gatherDomains,
  keepDraft,
  openStore,
  outboxItems,
  stagePhoto,
  syncState,
  useLive,
  usePhotoMark,
} from './index'
import type { Memory } from './memory'
import { EFFECTS, openEngine, options } from './testing/open'
import { TestServer } from './testing/server'

const ME = { id: 'person-1' }
const ROWS_FIRST = { rowsFirst: true }
let scope: EffectScope
let server: TestServer

beforeEach(async () => {
  scope = effectScope()
  server = new TestServer()
  server.put('things', { id: 'old', text: 'from before' })
  gatherDomains([{ name: 'things', effects: async () => EFFECTS }], { things: 1, photos: 1 })
  const before = await openEngine(server)
  await before.loop.now()
  await before.dispatch('things.add', { id: 'mine', text: 'waiting' })
  await before.close()
})

afterEach(async () => {
  scope.stop()
  await closeStore()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

function texts(): Readonly<Ref<string[]>> {
  return scope.run(() => useLive(['things'], (view) => [...view.all('things')].map((row) => row.text).sort(), []))!
}

test('the rows with what waits on top are there before the engine, and the engine follows', async () => {
  const shown = texts()
  const hadEngine: boolean[] = []
  watch(shown, (now) => now.length > 0 && hadEngine.push(currentEngine.value !== null), { flush: 'sync' })
  await openStore(ME, options(server), ROWS_FIRST)
  expect(shown.value).toEqual(['from before', 'waiting'])
  expect(hadEngine[0]).toBe(false)
  expect(currentEngine.value).not.toBeNull()
})

test.each<[string, () => Promise<unknown>]>([
  ['a command', () => dispatch('things.add', { id: 'b', text: 'b' })],
  ['a draft', () => keepDraft('d', { a: 1 })],
  ['a photo', () => stagePhoto(new ArrayBuffer(3), null, { mime: 'image/jpeg', width: 1, height: 1 })],
])('%s has the engine fetched at once, and is kept', async (_name, keep) => {
  const begun = performance.now()
  void openStore(ME, options(server), ROWS_FIRST)
  await keep()
  expect(currentEngine.value).not.toBeNull()
  expect(performance.now() - begun).toBeLessThan(1000)
})

test('what another tab keeps is seen before the engine is there, and so are the clocks', async () => {
  const channel = (name: string) => new BroadcastChannel(name)
  const opening = openStore(ME, { ...options(server), channel }, ROWS_FIRST)
  await expect.poll(() => syncState.value.waiting).toBe(1)
  expect(currentEngine.value).toBeNull()
  expect(captureMoment().contact_server_at).not.toBeNull()
  const tab = await openEngine(server, { channel })
  await tab.dispatch('things.add', { id: 'c', text: 'from the other tab' })
  await expect.poll(() => outboxItems.value.length).toBe(2)
  await opening
  await tab.close()
})

test('closing in between leaves nothing open', async () => {
  void openStore(ME, options(server), ROWS_FIRST)
  await closeStore()
  expect([currentEngine.value, syncState.value.waiting]).toEqual([null, 0])
  await expect(dispatch('things.add', { id: 'b' })).rejects.toThrow('nobody is signed in')
})

test('what a store says while it closes is seen by nobody any more', async () => {
  await openStore(ME, options(server))
  const left = currentEngine.value?.memory as Memory
  const closing = closeStore()
  left.tell({ sending: new Set(['1']) })
  await closing
  left.tell({})
  expect([outboxItems.value, syncState.value.waiting]).toEqual([[], 0])
})

test('a photo on its way is marked so from its first byte on', async () => {
  let sha256 = ''
  const marks: unknown[] = []
  const sendPart: typeof server.sendPart = (...part) => {
    marks.push(mark.value)
    return server.sendPart(...part)
  }
  await openStore(ME, options(server, { sendPart }))
  sha256 = (await stagePhoto(new ArrayBuffer(400_000), null, { mime: 'image/jpeg', width: 1, height: 1 })).sha256
  await dispatch('things.add', { id: 'b', text: 'b' }, { photos: [{ sha256 }] })
  const mark = scope.run(() => usePhotoMark(() => `photo-${sha256}`))!
  await currentEngine.value!.loop.now()
  expect(marks).toEqual(['sending', 'sending'])
  await currentEngine.value!.loop.now()
  expect(mark.value).toBe('received')
})
