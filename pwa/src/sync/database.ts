// One person's database on this phone: how it is opened, how a transaction survives a browser that loses its connection, what happens
// when another build of the app wants it. What is in it is in layout.ts.

import { isLaidOut, layOut, type StoreName, type Stores, VERSION } from './layout'
import { answerOf, Table } from './table'

/** Why the database cannot be used just now; the screen says what to do about it. */
export type Trouble =
  /** Another tab with an older build holds the database: close it. */
  | 'blocked'
  /** A newer build upgraded the database under us: load the page again. */
  | 'superseded'
  /** A save failed for good: do not close this page. */
  | 'could_not_save'

export class StoreFailure extends Error {
  readonly code: 'sync.could_not_save' | 'sync.no_room' | 'sync.superseded'
  constructor(code: StoreFailure['code'], cause: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** Named so, an error says that the browser lost its connection: the transaction never committed, and opening again may help. */
const LOST = new Set(['InvalidStateError', 'UnknownError', 'TransactionInactiveError', 'AbortError'])

function nameOf(error: unknown): string {
  return (error as { name?: string } | null)?.name ?? ''
}

/** The stores of one transaction. */
export type Tables<N extends StoreName> = Pick<Stores, N>

const TRIES = 3

export class Database {
  readonly name: string
  /** Told when the database becomes unusable (or usable again: null). */
  onTrouble: (trouble: Trouble | null) => void
  private connecting: Promise<IDBDatabase> | null = null
  private current: IDBDatabase | null = null
  private isSuperseded = false
  private isClosed = false

  private constructor(name: string, onTrouble: (trouble: Trouble | null) => void) {
    this.name = name
    this.onTrouble = onTrouble
  }

  /** Raises StoreFailure "sync.superseded" when a newer build left nothing this one could use. */
  static async open(name: string, onTrouble: (trouble: Trouble | null) => void = () => {}): Promise<Database> {
    const database = new Database(name, onTrouble)
    for (let tries = 1; ; tries++) {
      try {
        await database.connection()
        break
      } catch (error) {
        if (tries >= TRIES || !LOST.has(nameOf(error))) throw error
      }
    }
    onTrouble(null)
    return database
  }

  /**
   * Runs `work` in one strict read-write transaction and resolves only when it has committed. Nothing else may be waited for in
   * `work`: the browser commits as soon as no request is open. A lost connection is opened again and the work repeated, twice;
   * `work` must therefore be repeatable. Raises StoreFailure when it cannot be saved.
   */
  write<N extends StoreName, T>(names: readonly N[], work: (tables: Tables<N>) => Promise<T>): Promise<T> {
    return this.guarded('readwrite', names, work)
  }

  read<N extends StoreName, T>(names: readonly N[], work: (tables: Tables<N>) => Promise<T>): Promise<T> {
    return this.guarded('readonly', names, work)
  }

  private async guarded<N extends StoreName, T>(
    mode: 'readonly' | 'readwrite',
    names: readonly N[],
    work: (tables: Tables<N>) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      if (this.isSuperseded) throw new StoreFailure('sync.superseded', null)
      let connection: IDBDatabase | undefined
      try {
        connection = await this.connection()
        const given = await transact(connection, mode, names, work)
        if (tries > 1) this.onTrouble(null)
        return given
      } catch (error) {
        if (nameOf(error) === 'QuotaExceededError') throw new StoreFailure('sync.no_room', error)
        if (!LOST.has(nameOf(error)) || this.isClosed || this.isSuperseded) throw error
        if (tries >= TRIES) {
          this.onTrouble('could_not_save')
          throw new StoreFailure('sync.could_not_save', error)
        }
        if (connection) this.leave(connection)
      }
    }
  }

  /** The open connection, made when there is none. */
  private connection(): Promise<IDBDatabase> {
    if (this.isClosed) return Promise.reject(new Error(`${this.name} is closed`))
    if (!this.connecting) {
      const connecting = this.connect()
      this.connecting = connecting
      connecting.catch(() => {
        if (this.connecting === connecting) this.connecting = null
      })
    }
    return this.connecting
  }

  private async connect(): Promise<IDBDatabase> {
    await safariAwake()
    const connection = await this.opened(VERSION).catch((error: unknown) => {
      // A newer build was here and this one came back. Later versions only add to what must not be lost.
      if (nameOf(error) === 'VersionError') return this.opened()
      throw error
    })
    connection.onversionchange = () => this.supersede(connection)
    connection.onclose = () => this.leave(connection)
    if (!isLaidOut(connection)) {
      this.supersede(connection)
      throw new StoreFailure('sync.superseded', null)
    }
    if (this.isClosed) connection.close()
    this.current = connection
    return connection
  }

  private opened(version?: number): Promise<IDBDatabase> {
    const request = indexedDB.open(this.name, version)
    request.onupgradeneeded = () => {
      if (request.transaction) layOut(request.result, request.transaction)
    }
    request.onblocked = () => this.onTrouble('blocked')
    return answerOf(request)
  }

  /** Another tab with a newer build upgrades or erases the database: let it. */
  private supersede(connection: IDBDatabase): void {
    this.isSuperseded = true
    connection.close()
    this.onTrouble('superseded')
  }

  /** The next transaction opens a connection of its own. */
  private leave(connection: IDBDatabase): void {
    connection.close()
    // Another transaction may have been quicker.
    if (this.current !== connection) return
    this.current = null
    this.connecting = null
  }

  /** A person asks: opens the connection again and sees whether a write goes through. */
  async tryAgain(): Promise<void> {
    await this.write(['meta'], ({ meta }) => meta.put({ name: 'tried', value: null }))
    this.onTrouble(null)
  }

  /** For good: what is asked afterwards is refused. What was begun is still finished by the browser. */
  close(): void {
    this.isClosed = true
    this.connecting?.then((connection) => connection.close()).catch(() => {})
  }

  /** Deletes it with everything in it. */
  async destroy(): Promise<void> {
    const open = this.connecting
    this.close()
    await open?.catch(() => {})
    await answerOf(indexedDB.deleteDatabase(this.name))
  }
}

async function transact<N extends StoreName, T>(
  connection: IDBDatabase,
  mode: 'readonly' | 'readwrite',
  names: readonly N[],
  work: (tables: Tables<N>) => Promise<T>,
): Promise<T> {
  // "Saved on this phone" must survive an empty battery: a write waits for the disk, whatever the browser's default is.
  const durability = mode === 'readwrite' ? ({ durability: 'strict' } as const) : undefined
  const transaction = connection.transaction([...names], mode, durability)
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('the transaction was aborted', 'AbortError'))
  })
  committed.catch(() => {})
  let given: T
  try {
    const tables = names.map((name) => [name, new Table(transaction.objectStore(name))])
    given = await work(Object.fromEntries(tables) as Tables<N>)
  } catch (error) {
    try {
      transaction.abort()
    } catch {
      // It has ended by itself.
    }
    await committed.catch(() => {})
    // A request says "aborted" when another one failed; the transaction knows why.
    throw transaction.error ?? error
  }
  await committed
  return given
}

/** Safari 14 may never answer the first request of a page unless it was poked before. */
function safariAwake(): Promise<unknown> {
  const { userAgent } = navigator
  if (!/Safari\//.test(userAgent) || /Chrom/.test(userAgent) || !indexedDB.databases) return Promise.resolve()
  return new Promise<void>((resolve) => {
    const poke = (): void => {
      indexedDB.databases().then(awake, awake)
    }
    const timer = setInterval(poke, 100)
    const awake = (): void => {
      clearInterval(timer)
      resolve()
    }
    poke()
  })
}
