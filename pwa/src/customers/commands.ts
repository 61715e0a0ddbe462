// Every write of customers from a phone: the payload, and what it does at once to the phone's own rows. Desk pages send the same
// commands online, from office/.

import type { Draft, Effect } from '../core/domain'
import { uuid7 } from '../core/ids'
import type { Fix } from '../core/position'
import { discardIssue, dispatch, fixIssue, undecided } from '../sync'
import type { Payloads } from '../wire/commands'
import type { CustomerPinRow, CustomerRow } from '../wire/feeds'
import { changesOf, cleanTags, type Editable } from './rules'

type Add = Payloads['customers.add']
type Edit = Payloads['customers.edit']
type SetContact = Payloads['customers.set_contact']
type AskPin = Payloads['customers.ask_pin']
type DecidePin = Payloads['customers.decide_pin']

/** A new customer as the person typed it in. `fix` is where he stood; it becomes the first pin. */
export interface NewCustomer {
  name: string
  territory_id: string
  class_id: string | null
  phone: string
  contact_name: string
  address: string
  remark: string
  fix: Fix | null
}

function addArgs(fresh: NewCustomer, customer_id: string, contact_id: string) {
  const { fix, contact_name, ...rest } = fresh
  return {
    customer_id,
    ...rest,
    ...(contact_name.trim() ? { contact_id, contact_name } : {}),
    ...(fix ? { latitude_e7: fix.latitude_e7, longitude_e7: fix.longitude_e7, accuracy_m: fix.accuracy_m } : {}),
  } satisfies Partial<Add>
}

/** Adds a customer; answers its id. */
export async function addCustomer(fresh: NewCustomer, draft?: string): Promise<string> {
  const customer_id = uuid7()
  await dispatch('customers.add', addArgs(fresh, customer_id, uuid7()), draft ? { draft } : {})
  return customer_id
}

/** A new customer the server refused, as it was typed in. */
export interface RefusedCustomer {
  issue: string
  args: Add
}

/** Sends a refused new customer again as it was mended, with all that hangs on it; answers its id, which stays. */
export async function mendCustomer(refused: RefusedCustomer, fresh: NewCustomer): Promise<string> {
  const { customer_id, contact_id, latitude_e7, longitude_e7, accuracy_m } = refused.args
  const place = latitude_e7 == null ? {} : { latitude_e7, longitude_e7, accuracy_m }
  await fixIssue(refused.issue, { ...place, ...addArgs(fresh, customer_id, contact_id ?? uuid7()) })
  return customer_id
}

/** What is done to a customer hangs on his being added: refused, mended and given up together. */
function afterAdding(customer_id: string): { deps: string[] } {
  return { deps: undecided('customers.add', 'customer_id', customer_id) }
}

/** Changes fields; answers whether there was anything to change. */
export async function editCustomer(before: CustomerRow, after: Partial<Pick<CustomerRow, Editable>>): Promise<boolean> {
  const changes = changesOf<Pick<CustomerRow, Editable>>(before, after)
  if (!Object.keys(changes).length) return false
  await dispatch('customers.edit', { customer_id: before.id, changes }, afterAdding(before.id))
  return true
}

/** Sends refused changes again as they were mended; answers whether anything is left to change. */
export async function mendEdit(
  issue: string,
  before: CustomerRow,
  after: Partial<Pick<CustomerRow, Editable>>,
): Promise<boolean> {
  const changes = changesOf<Pick<CustomerRow, Editable>>(before, after)
  if (Object.keys(changes).length) await fixIssue(issue, { customer_id: before.id, changes })
  else await discardIssue(issue)
  return Object.keys(changes).length > 0
}

export async function setContact(contact: Omit<SetContact, 'contact_id'> & { contact_id?: string }): Promise<void> {
  const args: SetContact = { ...contact, contact_id: contact.contact_id ?? uuid7() }
  await dispatch('customers.set_contact', args, afterAdding(contact.customer_id))
}

/** A contact the server refused, as it was typed in. */
export interface RefusedContact {
  issue: string
  args: SetContact
}

/** Sends a refused contact again as it was mended. */
export async function mendContact(refused: RefusedContact, mended: Partial<SetContact>): Promise<void> {
  await fixIssue(refused.issue, { ...refused.args, ...mended })
}

export async function removeContact(contact_id: string): Promise<void> {
  const made = ['customers.add', 'customers.set_contact'].flatMap((name) => undecided(name, 'contact_id', contact_id))
  await dispatch('customers.remove_contact', { contact_id }, { deps: made })
}

/** Sets the first pin, or asks for a better one with the reason. */
export async function askPin(customer_id: string, fix: Fix, reason: string): Promise<void> {
  const { latitude_e7, longitude_e7, accuracy_m } = fix
  const args: AskPin = { pin_id: uuid7(), customer_id, latitude_e7, longitude_e7, accuracy_m, reason }
  await dispatch('customers.ask_pin', args, afterAdding(customer_id))
}

export async function decidePin(pin_id: string, is_approved: boolean, reason = ''): Promise<void> {
  await dispatch('customers.decide_pin', { pin_id, is_approved, reason })
}

export async function archiveCustomer(customer_id: string, is_active = false): Promise<void> {
  await dispatch('customers.archive', { customer_id, is_active }, afterAdding(customer_id))
}

function isRep(draft: Draft, personId: string): boolean {
  const roles = draft.get('people', personId)?.roles
  return Array.isArray(roles) && roles.includes('rep')
}

const add: Effect = (draft, args: Add, meta) => {
  const has_pin = args.latitude_e7 != null && args.longitude_e7 != null
  draft.put('customers', {
    id: args.customer_id,
    code: args.code ?? '',
    name: args.name.trim(),
    short_name: args.short_name ?? '',
    class_id: args.class_id ?? null,
    tags: cleanTags(args.tags ?? []),
    phone: args.phone?.trim() ?? '',
    province: args.province ?? '',
    city: args.city ?? '',
    county: args.county ?? '',
    // The server splits the one line; until then it is shown as it was typed.
    street: args.street || (args.address ?? ''),
    owner_id: isRep(draft, meta.person_id) ? meta.person_id : null,
    territory_id: args.territory_id,
    latitude_e7: has_pin ? args.latitude_e7 : null,
    longitude_e7: has_pin ? args.longitude_e7 : null,
    pin_accuracy_m: has_pin ? (args.accuracy_m ?? null) : null,
    pin_source: has_pin ? 'new_customer' : null,
    // The server knows how a name is spelt in letters.
    pinyin: '',
    initials: '',
    remark: args.remark ?? '',
    is_active: true,
    created_at: meta.captured_at,
    price_level_id: null,
  } satisfies Record<keyof CustomerRow, unknown>)
  if (args.contact_id && args.contact_name?.trim()) {
    draft.put('contacts', {
      id: args.contact_id,
      customer_id: args.customer_id,
      name: args.contact_name.trim(),
      phone: args.phone?.trim() ?? '',
      position: '',
      is_main: true,
    })
  }
}

const edit: Effect = (draft, args: Edit) => {
  const fields: Record<string, unknown> = {}
  for (const [field, change] of Object.entries(args.changes)) fields[field] = (change as [unknown, unknown])[1]
  if (Array.isArray(fields.tags)) fields.tags = cleanTags(fields.tags)
  draft.patch('customers', args.customer_id, fields)
}

const setContactEffect: Effect = (draft, args: SetContact) => {
  if (args.is_main) {
    for (const other of draft.where('contacts', 'customer_id', args.customer_id)) {
      if (other.is_main && other.id !== args.contact_id) draft.patch('contacts', other.id, { is_main: false })
    }
  }
  draft.put('contacts', {
    id: args.contact_id,
    customer_id: args.customer_id,
    name: args.name.trim(),
    phone: args.phone?.trim() ?? '',
    position: args.position?.trim() ?? '',
    is_main: args.is_main ?? false,
  })
}

/** Moves a customer's pin to a request's place. */
function movePin(
  draft: Draft,
  customer_id: string,
  pin: Pick<CustomerPinRow, 'latitude_e7' | 'longitude_e7' | 'accuracy_m' | 'source'>,
): void {
  draft.patch('customers', customer_id, {
    latitude_e7: pin.latitude_e7,
    longitude_e7: pin.longitude_e7,
    pin_accuracy_m: pin.accuracy_m,
    pin_source: pin.source,
  })
}

const askPinEffect: Effect = (draft, args: AskPin, meta) => {
  const customer = draft.get('customers', args.customer_id)
  if (!customer) return
  const is_first = customer.latitude_e7 === null
  draft.put('customer_pins', {
    id: args.pin_id,
    customer_id: args.customer_id,
    latitude_e7: args.latitude_e7,
    longitude_e7: args.longitude_e7,
    accuracy_m: args.accuracy_m,
    source: 'person',
    reason: args.reason?.trim() ?? '',
    state: is_first ? 'current' : 'asked',
    person_id: meta.person_id,
    asked_at: meta.captured_at,
    decided_by: null,
    decided_at: null,
    decision_reason: '',
  } satisfies CustomerPinRow)
  if (is_first) movePin(draft, args.customer_id, { ...args, source: 'person' })
}

const decidePinEffect: Effect = (draft, args: DecidePin, meta) => {
  const pin = draft.get('customer_pins', args.pin_id) as CustomerPinRow | undefined
  if (pin?.state !== 'asked') return
  if (args.is_approved) {
    for (const other of draft.where('customer_pins', 'customer_id', pin.customer_id)) {
      if (other.state === 'current') draft.patch('customer_pins', other.id, { state: 'past' })
    }
    movePin(draft, pin.customer_id, pin)
  }
  draft.patch('customer_pins', args.pin_id, {
    state: args.is_approved ? 'current' : 'refused',
    decided_by: meta.person_id,
    decided_at: meta.captured_at,
    decision_reason: args.reason?.trim() ?? '',
  })
}

export const effects: Record<string, Effect> = {
  'customers.add': add,
  'customers.edit': edit,
  'customers.set_contact': setContactEffect,
  'customers.remove_contact': (draft, args: Payloads['customers.remove_contact']) =>
    draft.remove('contacts', args.contact_id),
  'customers.ask_pin': askPinEffect,
  'customers.decide_pin': decidePinEffect,
  'customers.archive': (draft, args: Payloads['customers.archive']) =>
    draft.patch('customers', args.customer_id, { is_active: args.is_active ?? false }),
}
