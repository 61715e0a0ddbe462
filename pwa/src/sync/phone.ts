// What push, pull, greeting and the photo lane share: one replica with its store, its clock and its way to the server.

import type { Checkpoints } from './checkpoints'
import type { Clock } from './clock'
import type { Device } from './device'
import type { RowsStore } from './rows_store'
import type { Store } from './store'
import type { Transport } from './transport'

export interface Settings {
  /** Version of this build's command formats. */
  schema: number
  /** Feeds this build understands, with their versions. */
  tables: Readonly<Record<string, number>>
  push: { items: number; bytes: number }
  pull: { rows: number; bytes: number }
  part_size: number
}

export const DEFAULT_LIMITS: Pick<Settings, 'push' | 'pull' | 'part_size'> = {
  push: { items: 100, bytes: 200 * 1024 },
  pull: { rows: 1000, bytes: 512 * 1024 },
  part_size: 256 * 1024,
}

export interface Phone {
  person_id: string
  store: Store
  rows: RowsStore
  checkpoints: Checkpoints
  clock: Clock
  transport: Transport
  settings: Settings
  newId: () => string
  /** Told after every committed change of the device, with the tables whose base rows changed. */
  changed(device: Device, tables?: Iterable<string>): void
  /** The commands in the request on its way; empty when there is none. */
  sending(uuids: ReadonlySet<string>): void
  /** The server answered just now. */
  met(serverTime: number, took: number): void
  log(kind: string, body: unknown): void
  /** How many photos still wait, for the server's lost-work detector. */
  photosWaiting(): number
}
