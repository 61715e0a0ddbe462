// Which rows of a long list are near the screen, and how much room the others take. Arithmetic only; BaseList measures and draws.

export interface Window {
  /** First row to draw. */
  from: number
  /** One past the last row to draw. */
  until: number
  /** Pixels above the first and below the last drawn row. */
  above: number
  below: number
}

/**
 * The rows that overlap `top`…`top + height` (pixels from the start of the list), with `spare` pixels more on either side.
 * `heightOf` gives a row's measured height, or a guess while it has none.
 */
export function windowOf(
  count: number,
  heightOf: (index: number) => number,
  top: number,
  height: number,
  spare = 400,
): Window {
  const first = top - spare
  const last = top + height + spare
  let from = 0
  let above = 0
  while (from < count) {
    const next = above + heightOf(from)
    if (next > first) break
    above = next
    from++
  }
  let until = from
  let end = above
  while (until < count && end < last) end += heightOf(until++)
  // Scrolled past the end while the list grew shorter: still draw its last row.
  if (from === count && count > 0) {
    from = count - 1
    above -= heightOf(from)
  }
  let below = 0
  for (let index = until; index < count; index++) below += heightOf(index)
  return { from, until, above, below }
}
