// The carts of whoever is signed in, kept on this phone beside his unfinished forms: each change is on its way to the disk before the
// finger leaves, and a page that is killed finds all of it again. A cart that became an order is gone with the same save.

import { computed, type Ref, shallowRef, watch } from 'vue'
import { uuid7 } from '../core/ids'
import { sayError } from '../core/refusals'
import { useToast } from '../core/ui/toast'
import { currentEngine, draftsLike, dropDraft, issues, keepDraft } from '../sync'
import { type Cart, type CartLine, emptyCart, withQuantity } from './cart'

const PREFIX = 'orders.cart/'
/** An empty cart is kept so long: a page that is loaded again finds the cart it showed. */
const EMPTY_KEPT = 24 * 3_600_000

const held = shallowRef<ReadonlyMap<string, Cart> | null>(null)

/** The id under which a cart is kept; what dispatch is given as its draft. */
export function draftIdOf(cart_id: string): string {
  return PREFIX + cart_id
}

async function read(): Promise<void> {
  const engine = currentEngine.value
  if (!engine) return
  const found = await draftsLike<Cart>(PREFIX).catch(() => [])
  // Somebody else may have signed in meanwhile, and what is being written is newer than what was read.
  if (currentEngine.value !== engine) return
  const next = new Map<string, Cart>()
  for (const cart of found) {
    if (cart.lines.length || Date.now() - cart.changed_at < EMPTY_KEPT) next.set(cart.id, cart)
    else dropDraft(draftIdOf(cart.id)).catch(() => undefined)
  }
  for (const [id, cart] of unwritten) {
    if (cart) next.set(id, cart)
    else next.delete(id)
  }
  held.value = next
}

/** What is on its way to the disk; null for a cart that leaves. */
const unwritten = new Map<string, Cart | null>()
const writing = new Map<string, Promise<void>>()

async function writeOut(id: string): Promise<void> {
  try {
    for (;;) {
      const cart = unwritten.get(id)
      if (cart === undefined) return
      if (cart) await keepDraft(draftIdOf(id), cart)
      else await dropDraft(draftIdOf(id))
      // Quick taps are written once: the last one.
      if (unwritten.get(id) === cart) unwritten.delete(id)
    }
  } catch (error) {
    unwritten.delete(id)
    useToast().say(sayError(error))
  } finally {
    writing.delete(id)
  }
}

/** Resolves when what was changed of a cart so far is on the disk, or was said not to have got there. */
export function cartWritten(id: string): Promise<void> {
  const already = writing.get(id)
  if (already || !unwritten.has(id)) return already ?? Promise.resolve()
  const work = writeOut(id)
  writing.set(id, work)
  return work
}

function put(id: string, cart: Cart | null): void {
  const next = new Map(held.value)
  if (cart) next.set(id, cart)
  else next.delete(id)
  held.value = next
  unwritten.set(id, cart)
  void cartWritten(id)
}

watch(
  currentEngine,
  () => {
    held.value = null
    unwritten.clear()
    void read()
  },
  { immediate: true },
)
// Another tab may have changed them.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void read()
})

/** Resolves when the carts have been read. */
async function cartsRead(): Promise<void> {
  if (held.value) return
  await new Promise<void>((resolve) => {
    const stop = watch(held, (now) => {
      if (!now) return
      stop()
      resolve()
    })
  })
}

/** A cart brought back from a refused order lives as long as that waits to be mended. */
function isAlive(cart: Cart): boolean {
  return !cart.issue || issues.value.some(({ uuid }) => uuid === cart.issue)
}

/** Carts with something in them, the last one touched first; null until they have been read. */
export const carts: Readonly<Ref<readonly Cart[] | null>> = computed(
  () =>
    held.value &&
    [...held.value.values()]
      .filter((cart) => cart.lines.length && isAlive(cart))
      .sort((one, other) => other.changed_at - one.changed_at),
)

/** One cart: undefined when there is none, null until that is known. */
export function useCart(id: Readonly<Ref<string>>): Readonly<Ref<Cart | undefined | null>> {
  return computed(() => {
    const cart = held.value?.get(id.value)
    return held.value && (cart && isAlive(cart) ? cart : undefined)
  })
}

/** The cart in which somebody orders for a customer: the one begun before, or a new one. It belongs to the visit he is in now, if any. */
export async function openCart(customer_id: string, visit_id: string | null = null): Promise<string> {
  await cartsRead()
  const mine = [...(held.value?.values() ?? [])]
    .filter((cart) => cart.customer_id === customer_id && !cart.issue && !cart.name)
    .sort((one, other) => other.lines.length - one.lines.length || other.changed_at - one.changed_at)[0]
  if (!mine) return newCart({ customer_id, visit_id })
  if (mine.visit_id !== visit_id) changeCart(mine.id, { visit_id })
  return mine.id
}

/** A new cart, empty or with what it is given; one of that id that is there already stays when `is_kept`. Answers its id. */
export async function newCart(own: Partial<Cart> & Pick<Cart, 'customer_id'>, is_kept = false): Promise<string> {
  await cartsRead()
  const cart = emptyCart({ id: uuid7(), changed_at: Date.now(), ...own })
  if (is_kept && held.value?.has(cart.id)) return cart.id
  put(cart.id, cart)
  return cart.id
}

/** Changes what is said of a cart. */
export function changeCart(id: string, change: Partial<Omit<Cart, 'id'>>): void {
  const cart = held.value?.get(id)
  if (cart) put(id, { ...cart, ...change, changed_at: Date.now() })
}

/** Takes so much of a variant's unit; nothing of it takes the line out. */
export function takeInto(id: string, wanted: Omit<CartLine, 'line_id'>): void {
  const cart = held.value?.get(id)
  if (cart) changeCart(id, { lines: withQuantity(cart.lines, wanted, uuid7()) })
}

/** Throws a cart away; answers how to take that back. */
export function dropCart(id: string): () => void {
  const cart = held.value?.get(id)
  put(id, null)
  return () => {
    if (cart) put(id, cart)
  }
}

/** Forgets a cart that was saved as an order together with its being dropped. */
export function cartPlaced(id: string): void {
  unwritten.delete(id)
  const next = new Map(held.value)
  next.delete(id)
  held.value = next
}
