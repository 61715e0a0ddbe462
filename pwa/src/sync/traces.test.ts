// The differential test: lives of phones recorded by the protocol's model are played on this core and must end every single event in
// the same state. It runs as soon as the vectors exist; their absence is only excused while nothing has been exported yet.

import 'fake-indexeddb/auto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { CorePlayer, expected, NOTHING_YET, type Player, summary, type Trace } from './testing/replay'
import { StorePlayer } from './testing/store_player'

const folder = fileURLToPath(new URL('../../../tests/vectors/sync/', import.meta.url))
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^(seed|story)-.+\.json$/.test(name)) : []

async function replay(name: string, trace: Trace, player: Player): Promise<void> {
  let state: Record<string, unknown> = NOTHING_YET
  for (const [index, step] of trace.events.entries()) {
    const drawn = [...step.ids]
    const where = `${name}, event ${index} (${step.event.kind})`
    const output = await player.play(step.event, () => {
      const id = drawn.shift()
      if (id === undefined) throw new Error(`${where}: an id was drawn that the model did not draw`)
      return id
    })
    state = expected(state, step.expect)
    expect(output, `${where}: output`).toEqual(step.output)
    expect(await summary(player, trace.user), where).toEqual(state)
    expect(drawn, `${where}: ids left`).toEqual([])
  }
}

describe('the model and this core', () => {
  test('there are traces to compare with', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  test.each(files)('%s', async (name) => {
    await replay(name, JSON.parse(readFileSync(folder + name, 'utf8')) as Trace, new CorePlayer())
  })

  test.each(files)(
    '%s, on disk',
    async (name) => {
      const player = await StorePlayer.open(name)
      await replay(name, JSON.parse(readFileSync(folder + name, 'utf8')) as Trace, player)
      await player.close()
    },
    30_000,
  )
})
