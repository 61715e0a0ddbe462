// A command goes in the version its args are written in: the build's when they are made or mended, the old one when they are sent as they are.

import 'fake-indexeddb/auto'
import { afterEach, expect, test, vi } from 'vitest'
import { issuesOf, openEngine, outboxOf } from './testing/open'
import { TestServer } from './testing/server'

const versions = vi.hoisted(() => ({ COMMAND_VERSIONS: { 'things.add': 1 } }))
vi.mock('../wire/commands', () => versions)

afterEach(async () => {
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

test('what is made, changed or mended takes the present version; what goes again as it was keeps its own', async () => {
  versions.COMMAND_VERSIONS['things.add'] = 1
  const engine = await openEngine(new TestServer())
  const refused = await engine.dispatch('things.add', { id: 'r', text: 'old', refuse: 'conflict' })
  const again = await engine.dispatch('things.add', { id: 's', text: 'old', refuse: 'conflict' })
  await engine.loop.now()
  expect(issuesOf(engine).map((one) => [one.uuid, one.entry.v])).toEqual([
    [refused, 1],
    [again, 1],
  ])
  const waiting = await engine.dispatch('things.add', { id: 'w', text: 'old' })
  versions.COMMAND_VERSIONS['things.add'] = 2
  await engine.edit(waiting, { id: 'w', text: 'new' })
  await engine.dispatch('things.add', { id: 'x', text: 'new' })
  await engine.fixIssue(refused, { id: 'r', text: 'new' })
  await engine.fixIssue(again)
  const sent = outboxOf(engine).filter((one) => one.state === 'queued')
  expect(sent.map((one) => [JSON.parse(one.args).id, one.v])).toEqual([
    ['w', 2],
    ['x', 2],
    ['r', 2],
    ['s', 1],
  ])
  await engine.close()
})
