// The three clocks of an offline act: the phone's wall clock, a clock that cannot be set, and the server's time at the last contact.
// From them the server tells the true time later. Nothing in the protocol is ordered by any of them.

/** Where time comes from; tests bring their own. */
export interface TimeSource {
  /** Epoch milliseconds of the phone's wall clock. */
  wall(): number
  /** Milliseconds that only ever grow while the page lives. */
  monotonic(): number
}

export const SYSTEM_TIME: TimeSource = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
}

/** The last contact: both sides' clocks at the same moment. */
export interface Contact {
  contact_wall_at: number
  contact_server_at: number
  /** The clock that cannot be set, and the page it belongs to: it starts anew with every page. */
  monotonic: number
  page: string
}

/** What goes into the args of a fact. `monotonic_ms` since the last contact; null when the page was loaded after it. */
export interface Moment {
  wall_at: number
  monotonic_ms: number | null
  contact_wall_at: number | null
  contact_server_at: number | null
}

export class Clock {
  private readonly time: TimeSource
  private readonly page: string
  private contact: Contact | null = null

  constructor(time: TimeSource, page: string) {
    this.time = time
    this.page = page
  }

  wall(): number {
    return this.time.wall()
  }

  monotonic(): number {
    return this.time.monotonic()
  }

  /** What an earlier page remembered. */
  recall(contact: Contact | null | undefined): void {
    this.contact = contact ?? null
  }

  /** The server answered; `took` milliseconds of travel, of which half is taken as the way back. */
  met(serverTime: number, took: number): Contact {
    this.contact = {
      contact_wall_at: this.time.wall(),
      contact_server_at: Math.round(serverTime + took / 2),
      monotonic: this.time.monotonic(),
      page: this.page,
    }
    return this.contact
  }

  get lastContactAt(): number | null {
    return this.contact?.contact_wall_at ?? null
  }

  /** Milliseconds to add to the wall clock to get the server's; null before the first contact. */
  get skew(): number | null {
    return this.contact ? this.contact.contact_server_at - this.contact.contact_wall_at : null
  }

  now(): Moment {
    const { contact } = this
    const isSamePage = contact?.page === this.page
    return {
      wall_at: this.time.wall(),
      monotonic_ms: contact && isSamePage ? Math.round(this.time.monotonic() - contact.monotonic) : null,
      contact_wall_at: contact?.contact_wall_at ?? null,
      contact_server_at: contact?.contact_server_at ?? null,
    }
  }
}
