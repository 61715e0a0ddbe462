// What the camera sees, look after look, made into scans: one for each time a code comes into view.

import { isCheckDigitRight } from '../../barcodes'
import type { Found } from './scanned'

/** A code that was not seen for so long, in milliseconds, has left the view: less may be a shaking hand. */
const AWAY = 600
/** What stands further out is the neighbour of what is meant. */
const OUTSIDE = 0.7

/** Part of an ITF code looks like a shorter one, and nothing in it tells: a carton's has a check digit. */
function isSure({ format, text }: Found): boolean {
  return format !== 'itf' || (text.length === 14 && isCheckDigitRight(text))
}

export class Sightings {
  /** Codes handed out that are still in view → when they were last seen. */
  private readonly inView = new Map<string, number>()
  private unsure = ''

  /**
   * What one look adds: the code nearest to the middle, if it has come into view, else null. A code that stays in view is one scan
   * however long it is held there, so that nothing is counted twice. `at` in milliseconds.
   */
  add(codes: readonly Found[], at: number): Found | null {
    for (const { text } of codes) if (this.inView.has(text)) this.inView.set(text, at)
    for (const [text, seenAt] of this.inView) if (at - seenAt >= AWAY) this.inView.delete(text)
    const meant = codes
      .filter(({ offset }) => offset <= OUTSIDE)
      .reduce<Found | null>((best, one) => (best && best.offset <= one.offset ? best : one), null)
    const isRepeated = meant?.text === this.unsure
    this.unsure = meant && !isSure(meant) ? meant.text : ''
    if (!meant || this.inView.has(meant.text) || (!isSure(meant) && !isRepeated)) return null
    this.inView.set(meant.text, at)
    return meant
  }
}
