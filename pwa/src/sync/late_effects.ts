// What commands do to the phone's own rows, loaded a domain at a time when one of its commands is first met: the first screen of a day
// with an empty outbox needs none of it.

import type { Domain, Effect } from '../core/domain'

export class LateEffects {
  /** By command; grows. */
  readonly loaded: Record<string, Effect> = {}
  private readonly waiting = new Map<string, () => Promise<Record<string, Effect>>>()

  constructor(domains: readonly Pick<Domain, 'name' | 'effects'>[]) {
    for (const { name, effects } of domains) {
      if (typeof effects === 'function') this.waiting.set(name, effects)
      else Object.assign(this.loaded, effects)
    }
  }

  /** The domain that has to be loaded before it is known what a command does; undefined when that is known. */
  readonly lacking = (command: string): string | undefined => {
    const domain = command.split('.', 1)[0] ?? ''
    return this.waiting.has(domain) ? domain : undefined
  }

  /** Raises when a part could not be fetched; it is tried again at the next need. */
  async load(domains: Iterable<string>): Promise<void> {
    await Promise.all(
      [...domains].map(async (domain) => {
        Object.assign(this.loaded, await this.waiting.get(domain)?.())
        this.waiting.delete(domain)
      }),
    )
  }
}
