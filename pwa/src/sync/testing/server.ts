// A server for tests, small but honest: commands decided once, one feed of one bucket, one snapshot a pull, and faults on demand. The
// protocol's corners are the traces' business; this one serves the engine, the loop and the photo lane.

import type { Result } from '../protocol'
import { type Ask, type Told, type Transport, TransportError } from '../transport'

// biome-ignore lint/suspicious/noExplicitAny: requests are JSON
type Json = any

export class TestServer implements Transport {
  epoch = 'epoch-1'
  person = 'person-1'
  seq = 0
  rows = new Map<string, Json>()
  feed = new Map<string, { table: string; key: string; seq: number; op: 1 | 2 }>()
  replicas = new Map<string, { person: string; last: number; status: string }>()
  decided = new Map<string, Result>()
  numbers = new Map<string, string>()
  blobs = new Map<string, { size: number; part_size: number; parts: Map<number, Uint8Array>; isComplete: boolean }>()
  /** Every request that arrived, oldest first. */
  heard: { path: string; body: Json }[] = []
  /** What happens to the next requests on a path: lose the request, lose the answer, or throw a fault. */
  faults: { path: string; fate: 'lost' | 'answer_lost' | 'signed_out' | 'busy' }[] = []
  executed: string[] = []
  /** The code with which every command is refused that is not decided yet. */
  refuses: string | null = null
  time = 1_800_000_000_000
  /** The name it gives a phone's list of tables, and the only one it knows; null when it gives none. */
  tablesName: string | null = null
  /** What hello answers to an empty store that says how much it still knows of. */
  loses: (known: number) => { replica: string; count: number } | null = () => null
  newId = 0

  async ask<T>(path: string, ask: Ask = {}): Promise<Told<T>> {
    await Promise.resolve()
    const at = this.faults.findIndex((fault) => path.startsWith(fault.path))
    const [fault] = at >= 0 ? this.faults.splice(at, 1) : []
    if (fault?.fate === 'lost') throw new TransportError({ kind: 'offline' })
    if (fault?.fate === 'signed_out') throw new TransportError({ kind: 'signed_out' })
    if (fault?.fate === 'busy') throw new TransportError({ kind: 'busy', after_ms: 5000 })
    const body = ask.text ? JSON.parse(ask.text) : null
    this.heard.push({ path, body })
    this.refuseAnother(ask.headers ?? {})
    const answer = this.answer(path, body)
    if (fault?.fate === 'answer_lost') throw new TransportError({ kind: 'offline' })
    return { body: structuredClone(answer) as T, took: 40 }
  }

  private refuseAnother({ 'x-person-id': person = this.person }: Record<string, string>): void {
    if (person !== this.person) {
      throw new TransportError({ kind: 'refused', status: 403, code: 'sync.other_person', detail: null })
    }
  }

  private answer(path: string, body: Json): Json {
    if (body?.person_id) this.refuseAnother({ 'x-person-id': body.person_id })
    if (path === '/api/sync/hello') return this.hello(body)
    if (path === '/api/sync/push') return this.push(body)
    if (path === '/api/sync/pull') return this.pull(body)
    if (path === '/api/files/blobs') return this.offer(body)
    const complete = /^\/api\/files\/blobs\/(\w+)\/complete$/.exec(path)
    if (complete) return this.complete(complete[1]!)
    if (path === '/api/sync/report') return null
    throw new Error(path)
  }

  private hello(body: Json) {
    const known = this.replicas.get(body.replica)
    const id = body.replica && (!known || known.person === this.person) ? body.replica : `replica-${++this.newId}`
    if (!this.replicas.has(id)) this.replicas.set(id, { person: this.person, last: 0, status: 'active' })
    const suspected_loss = body.replica ? null : this.loses(body.lost?.outbox_depth_last_known ?? 0)
    return {
      replica: id,
      epoch: this.epoch,
      server_time: this.time,
      min_schema: 1,
      features: [],
      status: 'active',
      suspected_loss,
    }
  }

  private own(id: string) {
    const replica = this.replicas.get(id)
    if (!replica || replica.person !== this.person) {
      throw new TransportError({ kind: 'refused', status: 410, code: 'sync.replica_unknown', detail: null })
    }
    return replica
  }

  put(table: string, row: Json): void {
    this.rows.set(`${table}/${row.id}`, row)
    this.feed.set(`${table}/${row.id}`, { table, key: row.id, seq: ++this.seq, op: 1 })
  }

  remove(table: string, id: string): void {
    this.rows.delete(`${table}/${id}`)
    this.feed.set(`${table}/${id}`, { table, key: id, seq: ++this.seq, op: 2 })
  }

  private push(body: Json) {
    const replica = this.own(body.replica)
    const results: Result[] = []
    const answer = (stop?: Json) => ({
      epoch: this.epoch,
      server_time: this.time,
      last_number: replica.last,
      results,
      ...(stop ? { stop } : {}),
    })
    if (body.epoch !== this.epoch) return answer({ reason: 'epoch' })
    for (const command of body.commands) {
      const used = this.numbers.get(`${body.replica}/${command.number}`)
      if (used && used !== command.uuid) return answer({ reason: 'forked' })
      if (!used) {
        if (command.number !== replica.last + 1) return answer({ reason: 'gap', expected_number: replica.last + 1 })
        if (!this.decided.has(command.uuid)) this.decided.set(command.uuid, this.decide(command))
        this.numbers.set(`${body.replica}/${command.number}`, command.uuid)
        replica.last = command.number
      }
      results.push(this.decided.get(command.uuid)!)
    }
    return answer()
  }

  private decide(command: Json): Result {
    const { number, uuid, name, args } = command
    const isOrphan = (command.deps ?? []).some((dep: string) => this.decided.get(dep)?.status !== 'applied')
    if (isOrphan) return { number, uuid, status: 'rejected', code: 'dependency', seq: ++this.seq }
    const code = args.refuse ?? this.refuses
    if (code) return { number, uuid, status: 'rejected', code, seq: ++this.seq }
    if (name !== 'things.add') return { number, uuid, status: 'quarantined', code: 'unknown_command', seq: ++this.seq }
    this.executed.push(uuid)
    this.put('things', { id: args.id, text: args.text, is_ours: true })
    for (const sha256 of command.blobs ?? []) {
      const state = this.blobs.get(sha256)?.isComplete ? 'stored' : 'awaited'
      this.put('photos', { id: `photo-${sha256}`, sha256, state })
    }
    return { number, uuid, status: 'applied', seq: ++this.seq }
  }

  private pull(body: Json) {
    const replica = this.own(body.replica)
    const isNamed = typeof body.tables === 'string'
    if (isNamed && body.tables !== this.tablesName) return { epoch: body.epoch, gen: body.gen, refused: 'tables' }
    if (body.epoch !== this.epoch) return { epoch: this.epoch, gen: body.gen, refused: 'epoch' }
    const head = this.seq
    const [cursor, floor] = body.cursors.all ?? [0, head]
    const changes = [...this.feed.values()]
      .filter((one) => one.seq > cursor && !(one.op === 2 && one.seq <= floor))
      .sort((one, other) => one.seq - other.seq)
    const page = changes.slice(0, body.limit.rows)
    const more = page.length < changes.length
    const rows: Record<string, Record<string, Json>> = {}
    for (const { table, key, op } of page) {
      if (op === 1) rows[table] = { ...rows[table], [key]: this.rows.get(`${table}/${key}`) }
    }
    const wanted = new Set<string>(body.ask)
    for (let n = body.acked_number + 1; n <= replica.last; n++) wanted.add(this.numbers.get(`${body.replica}/${n}`)!)
    return {
      epoch: this.epoch,
      gen: body.gen,
      server_time: this.time,
      head,
      more,
      rows,
      entries: page.map((one) => [0, one.table, one.key, one.seq, one.op]),
      buckets: ['all'],
      cursors: { all: more ? [page.at(-1)!.seq, floor] : [head, head] },
      drop: [],
      reset: body.resetting,
      restarted: [],
      results: [...wanted].map((uuid) => this.decided.get(uuid)).filter(Boolean),
      last_number: replica.last,
      ...(this.tablesName && !isNamed ? { tables: this.tablesName } : {}),
    }
  }

  /** A backup of the moment; `restore` puts it back under another epoch. */
  backup() {
    return structuredClone({
      seq: this.seq,
      rows: this.rows,
      feed: this.feed,
      replicas: this.replicas,
      decided: this.decided,
      numbers: this.numbers,
    })
  }

  restore(backup: ReturnType<TestServer['backup']>, epoch: string): void {
    Object.assign(this, structuredClone(backup), { epoch })
  }

  private offer(body: Json) {
    const known = this.blobs.get(body.sha256) ?? { ...body, parts: new Map(), isComplete: false }
    this.blobs.set(body.sha256, known)
    return { state: known.isComplete ? 'complete' : 'partial', have: [...known.parts.keys()] }
  }

  readonly sendPart = async (path: string, part: ArrayBuffer, headers: Record<string, string>): Promise<void> => {
    const at = this.faults.findIndex((fault) => path.startsWith(fault.path) && fault.path.includes('blobs'))
    const [fault] = at >= 0 ? this.faults.splice(at, 1) : []
    if (fault?.fate === 'lost') throw new TransportError({ kind: 'offline' })
    this.refuseAnother(headers)
    const [, sha256, n] = /blobs\/(\w+)\/(\d+)$/.exec(path)!
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', part)).toString('base64')
    if (headers['content-digest'] !== `sha-256=:${digest}:`) {
      throw new TransportError({ kind: 'refused', status: 422, code: 'files.part_corrupt', detail: null })
    }
    this.blobs.get(sha256!)!.parts.set(Number(n), new Uint8Array(part))
    if (fault?.fate === 'answer_lost') throw new TransportError({ kind: 'offline' })
  }

  /** Parts to call bad at the next completion. */
  badParts: number[] = []

  private complete(sha256: string) {
    const blob = this.blobs.get(sha256)!
    if (this.badParts.length > 0) {
      const bad = this.badParts.splice(0)
      for (const n of bad) blob.parts.delete(n)
      throw new TransportError({ kind: 'refused', status: 422, code: 'files.parts_bad', detail: { details: { bad } } })
    }
    const count = Math.ceil(blob.size / blob.part_size)
    if (blob.parts.size !== count) throw new Error('completed without all parts')
    blob.isComplete = true
    const photo = this.rows.get(`photos/photo-${sha256}`)
    if (photo) this.put('photos', { ...photo, state: 'stored' })
    return { state: 'complete', have: [] }
  }
}
