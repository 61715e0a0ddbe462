// Search as you type over a whole list: a plain array of lines looked through from front to back, which stays far below 50 ms for
// 20,000 of them on a slow phone. What a line is made of is its domain's affair, what is drawn the page's. Pure.

/** The words of a query as a line must contain them, in lower case and one width; all of them have to match. */
export function searchWords(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
}

/** The fields of one thing as the line a search looks through; a tab before every further field says where it begins. */
export function lineOf(fields: readonly string[]): string {
  return fields.join('\t').normalize('NFKC').toLowerCase()
}

/** Whether a line holds every word. */
export function matches(line: string, words: readonly string[]): boolean {
  for (const word of words) if (!line.includes(word)) return false
  return true
}

export interface Fitting {
  /** Places in the array of lines, the best first, not more than were asked for. */
  at: number[]
  /** How many match, also those not given. */
  count: number
}

/** The lines that hold every word: those the first word begins, then those with a field it begins, then the rest; else in their order. */
export function bestFitting(
  lines: readonly string[],
  words: readonly string[],
  most: number,
  keep?: (at: number) => boolean,
): Fitting {
  const first = words[0] ?? ''
  const begins = `\t${first}`
  const ranks: [number[], number[], number[]] = [[], [], []]
  let count = 0
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    if (!matches(line, words) || (keep && !keep(at))) continue
    count += 1
    // Where a rank is full nothing below it is given, so it need not be told apart any more.
    if (ranks[0].length === most) continue
    const rank = line.startsWith(first) ? 0 : ranks[1].length < most && line.includes(begins) ? 1 : 2
    if (ranks[rank].length < most) ranks[rank].push(at)
  }
  return { at: ranks.flat().slice(0, most), count }
}
