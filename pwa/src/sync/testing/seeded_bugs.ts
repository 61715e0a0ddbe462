// The mistakes a phone's core could make, as switches: each takes one defence out of the source as a test loads it. A module asked for
// with `?seeded=<name>` comes with that mistake in it, and so does whatever it imports. Only vitest knows of this; the app is built without.

import type { Plugin } from 'vite'

export interface SeededBug {
  /** As the protocol's model calls it, where it knows it too. */
  name: string
  file: 'core' | 'staging' | 'base' | 'device' | 'greet'
  /** Stands exactly once in the file. */
  from: string
  to: string
}

export const SEEDED_BUGS: readonly SeededBug[] = [
  {
    name: 'ack_by_mid',
    file: 'core',
    from: 'const entry = device.outbox.get(result.uuid)\n  if (!entry) return device\n',
    to: 'const entry = [...device.outbox.values()].find((one) => one.number === result.number)\n  if (!entry) return device\n',
  },
  {
    name: 'early_drop',
    file: 'core',
    from: "if (state === 'applied') return withOutbox(device, [told])",
    to: "if (state === 'applied') return filed(withOutbox(device, [], [entry.uuid]), told, result, now)",
  },
  {
    name: 'eat_transient',
    file: 'core',
    from: "return { device: after, outcome: { kind: 'wait'",
    to: "return { device: withOutbox(after, [], openEntries(after).slice(0, 1).map((one) => one.uuid)), outcome: { kind: 'wait'",
  },
  {
    name: 'no_dedupe',
    file: 'core',
    from: '    const result = results.get(entry.uuid)\n    if (result) {',
    to: '    const result = results.get(entry.uuid)\n    if (result && entry.uuid === "") {',
  },
  {
    name: 'no_journal',
    file: 'core',
    from: "journal.set(entry.uuid, { ...told, state: 'journal', journalled_at: now })",
    to: 'journal.delete(entry.uuid)',
  },
  {
    name: 'no_epoch',
    file: 'core',
    from: "if (answer.epoch !== meta.epoch || answer.stop?.reason === 'epoch') {",
    to: "if (answer.epoch === '') {",
  },
  {
    name: 'no_gap',
    file: 'core',
    from: "return { device: recovering(after, answer.epoch), outcome: { kind: 'recovering', because: 'gap' } }",
    to: "return { device: after, outcome: { kind: 'done' } }",
  },
  {
    name: 'old_answer',
    file: 'core',
    from: 'if (sent.replica !== meta.replica || sent.epoch !== meta.epoch || meta.is_recovering) {',
    to: 'if (meta.is_recovering) {',
  },
  {
    name: 'wait_for_dead',
    file: 'core',
    from: '} else if (entry.deps.some((uuid) => !again.has(uuid) && !results.has(uuid))) {',
    to: "} else if (entry.uuid === '') {",
  },
  {
    name: 'refile',
    file: 'core',
    from: "if (entry.state === 'seen' && entry.decision === 'rejected') continue",
    to: '',
  },
  {
    name: 'no_group',
    file: 'core',
    from: '  if (refused.size === 0) return device\n',
    to: '  if (refused.size >= 0) return device\n',
  },
  {
    name: 'ask_sealed',
    file: 'core',
    from: 'return [...new Set([...pending.map((entry) => entry.uuid), ...decided])]',
    to: "return [...new Set([...pending.filter((one) => one.state !== 'queued').map((entry) => entry.uuid), ...decided])]",
  },
  {
    name: 'same_replica',
    file: 'device',
    from: '{ replica, prev_replica: device.meta.replica, next_number',
    to: '{ replica: replica && device.meta.replica, prev_replica: device.meta.replica, next_number',
  },
  {
    name: 'number_gaps',
    file: 'device',
    from: 'moved.push({ ...entry, number: entry.number - shift })',
    to: 'moved.push(entry)',
  },
  {
    name: 'no_ask',
    file: 'staging',
    from: '    ask: asks(device, staging),\n',
    to: '    ask: asks(device, staging).slice(0, 0),\n',
  },
  {
    name: 'stale_pull',
    file: 'staging',
    from: 'if (answer.gen !== meta.gen || staging.gen !== meta.gen || sent.gen !== meta.gen)',
    to: 'if (answer.gen !== sent.gen)',
  },
  {
    name: 'page_gen',
    file: 'staging',
    from: 'const taken = withMeta(device, { gen: meta.gen + 1, tables_name',
    to: 'const taken = withMeta(device, { tables_name',
  },
  {
    name: 'keep_name',
    file: 'staging',
    from: 'withMeta(device, { tables_name: null })',
    to: 'device',
  },
  {
    name: 'went_back',
    file: 'staging',
    from: 'if (!meta.is_recovering && (answer.head < meta.head || answer.last_number < meta.acked_number)) {',
    to: 'if (answer.head < 0) {',
  },
  {
    name: 'keep_cursor',
    file: 'staging',
    from: '  for (const bucket of answer.drop) delete cursors[bucket]\n',
    to: '',
  },
  {
    name: 'no_sweep',
    file: 'staging',
    from: 'sweeps: [...new Set([...staging.sweeps, ...answer.reset])],',
    to: 'sweeps: [...staging.sweeps],',
  },
  {
    name: 'no_cut',
    file: 'staging',
    from: 'for (const bucket of [...answer.drop, ...answer.restarted]) cuts[bucket] = index',
    to: 'if (index < 0) cuts.never = index',
  },
  {
    name: 'discard_gen',
    file: 'staging',
    from: 'export function pullDiscarded(device: Device): Device {\n  return withMeta(device, { gen: device.meta.gen + 1 })',
    to: 'export function pullDiscarded(device: Device): Device {\n  return device',
  },
  {
    name: 'no_refcount',
    file: 'base',
    from: 'write(table, key, { row: held.row, b: without(held.b, new Set([bucket])) })',
    to: 'write(table, key, { row: held.row, b: {} })',
  },
  {
    name: 'no_drop',
    file: 'base',
    from: 'const swept = new Set([...staged.sweeps, ...staged.drops])',
    to: 'const swept = new Set([...staged.sweeps])',
  },
  {
    name: 'partial_recovery',
    file: 'base',
    from: 'const left = isFull ? {} : without(held.b, swept)',
    to: 'const left = without(held.b, swept)',
  },
  {
    name: 'hello_epoch',
    file: 'greet',
    from: 'return after.meta.epoch === answer.epoch ? after : recovering(after, answer.epoch)',
    to: 'return { ...after, meta: { ...after.meta, epoch: recovering(after, answer.epoch).meta.epoch } }',
  },
]

const ASKED = /\?seeded=(\w+)$/

/** Gives vitest modules with one mistake in them. */
export function seededBugs(): Plugin {
  return {
    name: 'seeded-bugs',
    enforce: 'pre',
    async resolveId(source, importer) {
      const [asked, name] = ASKED.exec(source) ?? ASKED.exec(importer ?? '') ?? []
      if (!asked || !name || !/^\.\.?\//.test(source)) return null
      const found = await this.resolve(source.replace(ASKED, ''), importer?.replace(ASKED, ''), { skipSelf: true })
      return found && /\.ts$/.test(found.id) ? `${found.id}?seeded=${name}` : found
    },
    transform(code, id) {
      const name = ASKED.exec(id)?.[1]
      const bug = SEEDED_BUGS.find((one) => one.name === name)
      if (!bug || !id.includes(`/sync/${bug.file}.ts?`)) return null
      const parts = code.split(bug.from)
      // A defence that moved must not leave its test passing for nothing.
      if (parts.length !== 2) throw new Error(`${bug.name} stands ${parts.length - 1} times in ${bug.file}.ts`)
      return { code: parts.join(bug.to), map: null }
    },
  }
}
