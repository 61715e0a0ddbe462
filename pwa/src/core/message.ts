// One text as the app holds it, and how its places are filled. The build turns the texts of the words files (vue-i18n's syntax: "{name}",
// "one | many") into this with that library's own compiler; anything else it knows is refused there.

/** A plain text, or its cases ("one | many"), each by turns a text and the name of a place: ["距离 ", "metres", " 米"]. */
export type Message = string | readonly (readonly string[])[]

/**
 * The text with its places filled; a place without a value stays empty. Without a `count`, here or among the named, it is said of one. Of two cases the
 * first is for one and the other for any other number; of three the first is for none.
 */
export function formatted(message: Message, named: Readonly<Record<string, unknown>>, count?: number): string {
  if (typeof message === 'string') return message
  const told = [count, named.count, named.n].find((one) => typeof one === 'number') as number | undefined
  const parts = message[caseOf(message.length, told ?? 1)] ?? []
  return parts.map((part, index) => (index % 2 ? String(named[part] ?? '') : part)).join('')
}

function caseOf(cases: number, count: number): number {
  const many = Math.abs(count)
  if (cases === 2) return many === 1 ? 0 : 1
  return cases === 1 ? 0 : Math.min(Math.floor(many), cases - 1)
}
