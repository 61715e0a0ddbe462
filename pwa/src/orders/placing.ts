// From a cart to an order and back: handing it in, bringing a refused one back to be mended, taking back one that was never sent.

import { uuid7 } from '../core/ids'
import { dayOn } from '../core/times'
import { cancelCommand, captureMoment, dropDraft, outboxItems, refusedArgs } from '../sync'
import type { Payloads } from '../wire/commands'
import { type Cart, emptyCart, NOWHERE } from './cart'
import { cartPlaced, cartWritten, draftIdOf, dropCart, newCart } from './carts'
import { mendOrder, placeOrder, type Wanted } from './commands'
import type { ShownCart } from './queries/cart'
import type { Party } from './queries/party'

type Place = Payloads['orders.place']

/** What is handed in: the cart with the prices its page showed, which came from the company on `priced_on`. */
export function wantedOf(cart: Cart, shown: ShownCart, party: Party, priced_on: string): Wanted {
  const { id, customer_id, visit_id, recipient, delivery_method, wanted_on, install_at, note, expenses } = cart
  return {
    order_id: id,
    customer_id,
    lines: shown.lines.map(({ line, priced }) => ({
      ...line,
      price_e4: priced?.price_e4 ?? null,
      list_id: priced?.list_id ?? null,
    })),
    goods_amount: shown.goods_amount,
    priced_on,
    recipient: recipient ?? party.home,
    delivery_method,
    wanted_on,
    install_at,
    note,
    expenses: [...expenses],
    visit_id,
  }
}

/** The day the prices here came from the company, by its clock: this phone's may be set to anything. */
export function pricedOn(): string {
  return dayOn(captureMoment().contact_server_at ?? Date.now())
}

/** The cart an order came from, as it was handed in. */
function cartOf(args: Place): Cart {
  const { order_id, customer_id, lines, visit_id, recipient, expenses, delivery_method, wanted_on, install_at, note } =
    args
  return emptyCart({
    id: order_id,
    customer_id,
    visit_id: visit_id ?? null,
    lines: lines.map(({ line_id, variant_id, unit, quantity_e3 }) => ({ line_id, variant_id, unit, quantity_e3 })),
    recipient: recipient ? { ...NOWHERE, ...recipient } : null,
    delivery_method: delivery_method ?? '',
    wanted_on: wanted_on ?? null,
    install_at: install_at ?? null,
    note: note ?? '',
    expenses: (expenses ?? []).map(({ name, amount, remark = '' }) => ({ name, amount, remark })),
  })
}

/** Hands in a cart; it is gone with the same save. Raises what dispatch raises, and then nothing has changed. */
export async function placeCart(cart: Cart, shown: ShownCart, party: Party): Promise<void> {
  const wanted = wantedOf(cart, shown, party, pricedOn())
  // What is still being written would come after the save and bring the cart back.
  await cartWritten(cart.id)
  const refused = cart.issue ? await refusedArgs<Place>(cart.issue) : undefined
  if (cart.issue && refused) {
    await mendOrder(cart.issue, refused, wanted)
    await dropDraft(draftIdOf(cart.id))
  } else await placeOrder(wanted, draftIdOf(cart.id))
  cartPlaced(cart.id)
}

/** Makes a cart of a refused order, to be mended; what was changed of it before stays. Answers its id, null when it is no longer refused. */
export async function bringBack(issue: string): Promise<string | null> {
  const args = await refusedArgs<Place>(issue)
  if (!args) return null
  return newCart({ ...cartOf(args), issue, changed_at: Date.now() }, true)
}

/** The uuid of the command that waits here to place an order; undefined once it may have been sent. */
export function waitingPlace(order_id: string): string | undefined {
  return outboxItems.value.find(
    (entry) =>
      entry.name === 'orders.place' &&
      entry.state === 'queued' &&
      (JSON.parse(entry.args) as Place).order_id === order_id,
  )?.uuid
}

/** Makes an order that was never sent a cart again. Raises TooLate once it may have been sent. */
export async function takeBack(order_id: string): Promise<void> {
  const entry = outboxItems.value.find(({ uuid }) => uuid === waitingPlace(order_id))
  if (!entry) return
  // Kept before the order is let go: whatever dies in between, one of both is there.
  await newCart({ ...cartOf(JSON.parse(entry.args) as Place), changed_at: Date.now() })
  await cartWritten(order_id)
  try {
    await cancelCommand(entry.uuid)
  } catch (error) {
    dropCart(order_id)
    throw error
  }
}

/** A new cart with the goods of an order; what is no longer sold is told there. Answers its id. */
export function reorder(
  order: { customer_id: string },
  lines: readonly { variant_id: string; unit: string; quantity_e3: number; is_gift: boolean }[],
): Promise<string> {
  return newCart({
    customer_id: order.customer_id,
    lines: lines
      .filter((line) => !line.is_gift)
      .map(({ variant_id, unit, quantity_e3 }) => ({
        line_id: uuid7(),
        variant_id,
        unit,
        quantity_e3,
      })),
  })
}
