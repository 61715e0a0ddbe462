// What is in a cart and how it changes, and what it asks the company for. Pure: a cart is never changed in place.

import { lineKey } from '../catalog/rows'

/** So much of a variant in one of its units; the id becomes that of the order's line. */
export interface CartLine {
  line_id: string
  variant_id: string
  unit: string
  quantity_e3: number
}

export interface Recipient {
  name: string
  mobile: string
  province: string
  city: string
  county: string
  street: string
}

/** Something charged beside the goods; `amount` in fen. */
export interface Expense {
  name: string
  amount: number
  remark: string
}

/** What is said of a delivery. Without a recipient of its own an order goes where the customer is. */
export interface Delivery {
  recipient: Recipient | null
  delivery_method: string
  wanted_on: string | null
  install_at: number | null
  note: string
  expenses: readonly Expense[]
}

/** A cart on this phone. Its id becomes the order's, so that however often it is handed in there is one order. */
export interface Cart extends Delivery {
  id: string
  customer_id: string
  /** What its owner calls it; empty for the one cart of a customer. */
  name: string
  visit_id: string | null
  lines: readonly CartLine[]
  /** The refused command this cart was brought back from. */
  issue: string | null
  changed_at: number
}

export const NOWHERE: Recipient = { name: '', mobile: '', province: '', city: '', county: '', street: '' }

export function emptyCart(own: Pick<Cart, 'id' | 'customer_id'> & Partial<Cart>): Cart {
  return {
    name: '',
    visit_id: null,
    lines: [],
    recipient: null,
    delivery_method: '',
    wanted_on: null,
    install_at: null,
    note: '',
    expenses: [],
    issue: null,
    changed_at: 0,
    ...own,
  }
}

/** The lines with so much of a variant's unit; nothing of it takes the line out. A new line stands last, with this id. */
export function withQuantity(
  lines: readonly CartLine[],
  wanted: Omit<CartLine, 'line_id'>,
  line_id: string,
): CartLine[] {
  const key = lineKey(wanted)
  const at = lines.findIndex((line) => lineKey(line) === key)
  if (at < 0) return wanted.quantity_e3 > 0 ? [...lines, { ...wanted, line_id }] : [...lines]
  if (wanted.quantity_e3 <= 0) return lines.filter((_, place) => place !== at)
  return lines.map((line, place) => (place === at ? { ...line, quantity_e3: wanted.quantity_e3 } : line))
}

/** How much of each variant's unit there is, by lineKey. */
export function takenOf(lines: readonly CartLine[]): Map<string, number> {
  return new Map(lines.map((line) => [lineKey(line), line.quantity_e3]))
}

/** The recipient as one line, in the order in which a parcel is addressed. */
export function wholeRecipient(recipient: Recipient): string {
  const { name, mobile, province, city, county, street } = recipient
  const parts = province === city ? [city, county] : [province, city, county]
  const place = parts.filter((part) => part && !street.includes(part)).join('')
  return [name, mobile, place + street].filter(Boolean).join(' ')
}
