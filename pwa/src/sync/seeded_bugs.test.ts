// Whether the recorded lives would notice: with one defence taken out of the core at a time, a life must end in another state than the
// model says. A mistake that goes unnoticed fails here.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { newDevice } from './device'
import type * as StagingModule from './staging'
import type * as Replay from './testing/replay'
import type { Trace } from './testing/replay'
import { SEEDED_BUGS } from './testing/seeded_bugs'

const folder = fileURLToPath(new URL('../../../tests/vectors/sync/', import.meta.url))
let traces: [string, Trace][] = []

beforeAll(() => {
  const names = readdirSync(folder).filter((name) => /^(seed|story)-.+\.json$/.test(name))
  traces = names.map((name) => [name, JSON.parse(readFileSync(folder + name, 'utf8')) as Trace])
})

function asJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}

/** The first moment at which a core leaves the model's way; null when it never does. */
async function parting(seeded: string): Promise<string | null> {
  const path = `./testing/replay.ts?seeded=${seeded}`
  const { CorePlayer, NOTHING_YET, expected, summary } = (await import(/* @vite-ignore */ path)) as typeof Replay
  for (const [name, trace] of traces) {
    const player = new CorePlayer()
    let state: Record<string, unknown> = NOTHING_YET
    for (const [index, step] of trace.events.entries()) {
      const drawn = [...step.ids]
      const where = `${name}, event ${index} (${step.event.kind})`
      const newId = () => drawn.shift() ?? 'an id the model did not draw'
      let output: unknown
      try {
        output = await player.play(step.event, newId)
      } catch (error) {
        return `${where}: ${error}`
      }
      state = expected(state, step.expect)
      if (!isDeepStrictEqual(asJson(output), asJson(step.output))) return `${where}: output`
      if (!isDeepStrictEqual(asJson(await summary(player, trace.user)), asJson(state))) return where
      if (drawn.length > 0) return `${where}: ids left`
    }
  }
  return null
}

test('the core as it is goes the model’s way', async () => {
  expect(traces.length).toBeGreaterThan(40)
  expect(await parting('nothing')).toBeNull()
})

/** In the recorded lives the numbers of a push tell first; this is the moment the pull has to. */
async function hearsOfThePast(seeded: string): Promise<boolean> {
  const path = `./staging.ts?seeded=${seeded}`
  const { newStaging, pageTaken, pullRequest } = (await import(/* @vite-ignore */ path)) as typeof StagingModule
  const device = newDevice({ replica: 'r', epoch: 'e', head: 10, acked_number: 3 })
  const staging = newStaging(device)
  const request = pullRequest(device, staging, { schema: 1, tables: {}, limit: { rows: 1, bytes: 1 } })
  if (!request) throw new Error('nothing to ask')
  const page = { epoch: 'e', gen: device.meta.gen, server_time: 0, more: false, rows: {}, entries: [], buckets: [] }
  const rest = { cursors: {}, drop: [], reset: [], restarted: [], results: [] }
  const kinds = [
    { head: 9, last_number: 3 },
    { head: 10, last_number: 2 },
  ].map((told) => pageTaken(device, staging, request, { ...page, ...rest, ...told }).kind)
  return kinds.every((kind) => kind === 'recovering')
}

test('a server that went back is noticed by the pull too', async () => {
  expect(await hearsOfThePast('nothing')).toBe(true)
  expect(await hearsOfThePast('went_back')).toBe(false)
})

test.each(SEEDED_BUGS.map((bug) => bug.name).filter((name) => name !== 'went_back'))('%s is noticed', async (name) => {
  expect(await parting(name), `nobody noticed ${name}`).not.toBeNull()
})
