// IndexedDB's requests as promises, for use inside one transaction. Nothing here opens a database or ends a transaction.

/** What one request answers. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Of many requests only the last is waited for: they are done in order, and one that fails takes the transaction with it. */
async function lastOf(requests: Iterable<IDBRequest>): Promise<void> {
  let last: IDBRequest | undefined
  for (const request of requests) last = request
  if (last) await answerOf(last)
}

/** One object store within the transaction that gave it; `T` has its key inside. */
export class Table<T, K extends IDBValidKey> {
  private readonly store: IDBObjectStore

  constructor(store: IDBObjectStore) {
    this.store = store
  }

  get(key: K): Promise<T | undefined> {
    return answerOf<T | undefined>(this.store.get(key))
  }

  /** Everything, or what lies in a range of keys, in the order of the keys. */
  all(range?: IDBKeyRange): Promise<T[]> {
    return answerOf<T[]>(this.store.getAll(range))
  }

  /** Everything whose indexed field has this value. */
  allWith(field: string, value: IDBValidKey): Promise<T[]> {
    return answerOf<T[]>(this.store.index(field).getAll(value))
  }

  count(): Promise<number> {
    return answerOf(this.store.count())
  }

  countWith(field: string, value: IDBValidKey): Promise<number> {
    return answerOf(this.store.index(field).count(value))
  }

  /** Adds or replaces; the answer is its key, which some stores make themselves. */
  put(value: T): Promise<K> {
    return answerOf(this.store.put(value) as IDBRequest<IDBValidKey>) as Promise<K>
  }

  putAll(values: readonly T[]): Promise<void> {
    return lastOf(values.map((value) => this.store.put(value)))
  }

  async delete(key: K | IDBKeyRange): Promise<void> {
    await answerOf(this.store.delete(key))
  }

  deleteAll(keys: readonly K[]): Promise<void> {
    return lastOf(keys.map((key) => this.store.delete(key)))
  }

  async clear(): Promise<void> {
    await answerOf(this.store.clear())
  }
}
