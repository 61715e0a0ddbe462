// Phone numbers in a message: mobiles, which an order can carry, and what only looks like one.

import { overlaps, type Span, spansOf } from '../text'

export interface Phone extends Span {
  /** Eleven digits; with the extension after a dash where a shop hid the number; of `doubtful` whatever digits stood there. */
  digits: string
  kind: 'mobile' | 'hidden' | 'landline' | 'doubtful'
}

const COUNTRY = '(?:\\+? ?(?:00)?86[ -]?)?'
const GROUPED =
  '1[3-9]\\d{9}|1[3-9]\\d[ .-]\\d{4}[ .-]\\d{4}|1[3-9]\\d{2}[ .-]\\d{4}[ .-]\\d{3}|1[3-9]\\d[ .-]\\d{8}|1[3-9]\\d{5}[ .-]\\d{4}|1[3-9]\\d[ .-]\\d{3}[ .-]\\d{5}'
const HIDDEN = new RegExp(`${COUNTRY}(1[3-9]\\d{9}) ?(?:转|-|ext\\.?) ?(\\d{3,5})`, 'g')
const MOBILE = new RegExp(`${COUNTRY}(${GROUPED})`, 'g')
const LANDLINE =
  /(?:\(0\d{2,3}\) ?|0\d{2,3}[ -]?)\d{7,8}(?:(?:转|-) ?\d{1,6})?|400[ -]?\d{3,4}[ -]?\d{3,4}|[2-8]\d{6,7}/g
const DOUBTFUL = /1[3-9]\d{8,10}|1[3-9]\d-?\d{3,4}-?\d{3,5}/g

/** The phone numbers of a plain text, in order. `isCode` tells numbers of the catalogue, which are left alone. */
export function phonesIn(plain: string, isCode: (digits: string) => boolean): Phone[] {
  const phones: Phone[] = []
  for (const [kind, pattern] of [
    ['hidden', HIDDEN],
    ['mobile', MOBILE],
    ['landline', LANDLINE],
    ['doubtful', DOUBTFUL],
  ] as const) {
    for (const { start, end, found } of spansOf(pattern, plain)) {
      // What goes on at once is a longer number or a code.
      if (/[a-z\d]/.test(plain[start - 1] ?? '') || /[a-z\d]/.test(plain[end] ?? '')) continue
      if (phones.some((phone) => overlaps(phone, { start, end }))) continue
      const digits = (found[1] ?? found[0]).replace(/\D/g, '')
      if (isCode(digits)) continue
      phones.push({ start, end, kind, digits: kind === 'hidden' ? `${digits}-${found[2] as string}` : digits })
    }
  }
  return phones.sort((one, other) => one.start - other.start)
}
