// What arrays of newer browsers can do by themselves; the oldest phones we serve cannot (vite.config.ts).

/** The last of them, undefined when there is none. */
export function lastOf<T>(items: readonly T[]): T | undefined {
  return items[items.length - 1]
}
