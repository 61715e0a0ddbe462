// An engine against the test server, with a clock and ids that tests control.

import type { Effect } from '../../core/domain'
import type { Entry, Issue } from '../device'
import { Engine, type EngineOptions } from '../engine'
import { DEFAULT_LIMITS } from '../phone'
import type { TestServer } from './server'

export const EFFECTS: Record<string, Effect> = {
  'things.add': (draft, args) => draft.put('things', { id: args.id, text: args.text }),
}

let ids = 0

export function options(server: TestServer, own: Partial<EngineOptions> = {}): EngineOptions {
  return {
    person_id: 'person-1',
    settings: { schema: 1, tables: { things: 1, photos: 1 }, ...DEFAULT_LIMITS },
    effects: EFFECTS,
    isPacked: () => false,
    transport: server,
    time: { wall: () => server.time - 1000, monotonic: () => 0 },
    // Nothing runs by itself: tests say when.
    timing: { set: () => 0, clear: () => {}, random: () => 0.5 },
    newId: () => `id-${++ids}`,
    tz: 'Asia/Shanghai',
    aboutDevice: async () => ({ ua: 'test', standalone: false, persisted: false, quota: { used: 0, total: 1 } }),
    sendPart: server.sendPart,
    ...own,
  }
}

export function openEngine(server: TestServer, own: Partial<EngineOptions> = {}): Promise<Engine> {
  return Engine.open(options(server, own))
}

/** The text of a thing as the screen shows it, with its mark. */
export async function shown(engine: Engine): Promise<string[]> {
  await engine.need(['things'])
  return [...engine.overlays.view.all('things')]
    .map((row) => `${row.text} ${engine.overlays.view.state('things', row.id)}`)
    .sort()
}

/** What is in the outbox, in the order of making. */
export function outboxOf(engine: Engine): Entry[] {
  return [...engine.state.device.outbox.values()].sort((one, other) => one.order - other.order)
}

/** What was refused, in the order of making. */
export function issuesOf(engine: Engine): Issue[] {
  return [...engine.state.device.issues.values()].sort((one, other) => one.entry.order - other.entry.order)
}
