// The same lives played through the store on disk (IndexedDB, one strict transaction a step, every state read back from the database),
// so that what is kept is proved to be what the pure core decided.

import type { Base } from '../base'
import { Checkpoints } from '../checkpoints'
import { pushAnswered, sealed } from '../core'
import { type Device, openEntries } from '../device'
import { greeted } from '../greet'
import { cancelled, enqueued } from '../outbox'
import type { PullRequest } from '../protocol'
import { RowsStore } from '../rows_store'
import { pullRequest, type Staging } from '../staging'
import { Store } from '../store'
import { commandOf, type Player, pushRequestOf, type Step, TABLES } from './replay'

// biome-ignore lint/suspicious/noExplicitAny: a trace is JSON; what is in it is what the test is about
type Json = any

const PACKED = new Set(['products', 'customers'])

export class StorePlayer implements Player {
  private store: Store
  private rows!: RowsStore
  private checkpoints!: Checkpoints
  private readonly sent = new Map<string, Json>()
  private readonly asked = new Map<number, PullRequest>()

  private constructor(store: Store) {
    this.store = store
    this.wake()
  }

  /** Memory is empty: what is on disk has to be enough. */
  private wake(): void {
    this.rows = rowsOf(this.store)
    this.checkpoints = new Checkpoints(this.store, this.rows, TABLES)
  }

  static async open(name: string): Promise<StorePlayer> {
    return new StorePlayer(await Store.open(name))
  }

  device(): Promise<Device> {
    return this.store.device(true)
  }

  async staging(): Promise<Staging | null> {
    const staging = await this.checkpoints.staging(await this.device())
    return staging.pages.length > 0 ? staging : null
  }

  /** Read from disk by a second reader, and compared with what the writer keeps in memory. */
  async base(): Promise<Base> {
    const fresh = rowsOf(this.store)
    await fresh.load(Object.keys(TABLES))
    for (const [table, rows] of this.rows.base) {
      const other = fresh.base.get(table)
      if (JSON.stringify([...rows].sort(byKey)) !== JSON.stringify([...(other ?? [])].sort(byKey))) {
        throw new Error(`memory and disk differ in ${table}`)
      }
    }
    return fresh.base
  }

  close(): Promise<void> {
    return this.store.database.destroy()
  }

  private async step(change: (device: Device) => Device): Promise<Device> {
    return (await this.store.change((device) => [change(device), null]))[0]
  }

  async play(event: Step['event'], newId: () => string): Promise<Json> {
    switch (event.kind) {
      case 'hello': {
        const { replica } = (await this.device()).meta
        await this.step((now) => greeted(now, replica, { replica: replica ?? newId(), epoch: event.epoch }, 0))
        return null
      }
      case 'enqueue':
        this.sent.set(event.command.uuid, event.command)
        await this.step((now) => enqueued(now, commandOf(event.command)))
        return null
      case 'cancel': {
        const before = openEntries(await this.device())
        const after = await this.step((now) => cancelled(now, event.uuid))
        return before.map((entry) => entry.uuid).filter((uuid) => !after.outbox.has(uuid))
      }
      case 'resolve':
        await this.step((now) => {
          const issues = new Map(now.issues)
          issues.delete(event.uuid)
          return { ...now, issues }
        })
        return null
      case 'build_push': {
        const limit = { items: event.limit, bytes: 1e9 }
        const [device, commands] = await this.store.change((now) => {
          const batch = sealed(now, limit, event.now)
          return batch ? [batch.device, batch.commands] : [now, null]
        })
        return commands && pushRequestOf(device, commands, event.now, this.sent)
      }
      case 'push_response':
        await this.step((now) => pushAnswered(now, event.request, event.response, 0, newId).device)
        return null
      case 'build_pull': {
        const device = await this.device()
        const limit = { rows: event.rows, bytes: 262144 }
        const request = pullRequest(device, await this.checkpoints.staging(device), {
          schema: 1,
          tables: TABLES,
          limit,
        })
        if (request) this.asked.set(request.gen, request)
        return request
      }
      case 'pull_response': {
        const sent = this.asked.get(event.response.gen)
        if (!sent) return false
        return (await this.checkpoints.take(sent, event.response, 0, newId)).kind === 'committed'
      }
      case 'tab_killed':
        if (event.discard) await this.checkpoints.discard()
        this.wake()
        return null
      case 'evicted': {
        const { name } = this.store.database
        await this.store.database.destroy()
        this.store = await Store.open(name.replace('rm-u-', ''))
        this.wake()
        this.asked.clear()
        return null
      }
      default:
        throw new Error(event.kind)
    }
  }
}

function rowsOf(store: Store): RowsStore {
  return new RowsStore(store, (table) => PACKED.has(table))
}

function byKey(one: [string, unknown], other: [string, unknown]): number {
  return one[0] < other[0] ? -1 : 1
}
