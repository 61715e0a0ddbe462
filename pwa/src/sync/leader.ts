// Which of several tabs runs the loop. This only saves work: two loops at once are harmless, so a lost lock, a frozen tab or a browser
// without locks never costs more than a doubled request.

import type { Store } from './store'

const LEASE = 30_000

interface Lease {
  tab: string
  until: number
}

export class Leader {
  private readonly name: string
  private readonly tab: string
  private readonly store: Store
  private readonly now: () => number
  private readonly locks: LockManager | undefined
  private isHolding = false
  private release: (() => void) | null = null
  private heardAt: number
  /** Told when this tab becomes the one. */
  onElected: () => void = () => {}

  /** `now` is the wall clock: it is the only one that tabs share. That it may jump costs a round at most. */
  constructor(name: string, tab: string, store: Store, now: () => number, locks?: LockManager) {
    this.name = name
    this.tab = tab
    this.store = store
    this.now = now
    this.locks = locks
    this.heardAt = now()
  }

  /** Stands in the queue for the lock; the browser hands it on when the tab that holds it closes. */
  stand(): void {
    if (!this.locks) return
    this.locks
      .request(this.name, () => {
        this.isHolding = true
        this.onElected()
        return new Promise<void>((resolve) => {
          this.release = resolve
        })
      })
      .catch(() => {})
  }

  /** The tab that runs the loop gave a sign of life. */
  heard(): void {
    this.heardAt = this.now()
  }

  /**
   * Whether this tab may run a round now. A tab that is frozen keeps its lock: after half a minute without a sign of life the others
   * stop waiting for it.
   */
  async mayRun(): Promise<boolean> {
    if (this.locks) return this.isHolding || Math.abs(this.now() - this.heardAt) > LEASE
    return this.store.database.write(['meta'], async ({ meta }) => {
      const lease = (await meta.get('lease'))?.value as Lease | undefined
      if (lease && lease.tab !== this.tab && lease.until > this.now() && lease.until - this.now() <= LEASE) return false
      await meta.put({ name: 'lease', value: { tab: this.tab, until: this.now() + LEASE } })
      return true
    })
  }

  async resign(): Promise<void> {
    this.release?.()
    this.isHolding = false
    if (this.locks) return
    await this.store.database.write(['meta'], async ({ meta }) => {
      const lease = (await meta.get('lease'))?.value as Lease | undefined
      if (lease?.tab === this.tab) await meta.delete('lease')
    })
  }
}
