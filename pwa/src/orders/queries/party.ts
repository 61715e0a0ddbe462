// Whom an order is for: a customer of the person signed in, or he himself when he is an agent.

import type { Ref } from 'vue'
import type { Buyer } from '../../catalog/rules/pricing'
import type { View } from '../../core/domain'
import { useLive } from '../../sync'
import type { AgentRow, ContactRow, CustomerRow } from '../../wire/feeds'
import { NOWHERE, type Recipient } from '../cart'

export interface Party {
  name: string
  buyer: Buyer
  /** Where his goods go when an order says nothing else. */
  home: Recipient
}

const PARTY_TABLES = ['customers', 'contacts', 'agents']

/** How an agent's own orders are shipped, as far as he said. */
function profileOf(agent: AgentRow): Recipient {
  const { sender, ...profile } = (agent.profile ?? {}) as Partial<Recipient> & { sender?: string }
  return { ...NOWHERE, ...profile, name: sender || agent.name, mobile: profile.mobile || agent.mobile }
}

function homeOf(view: View, customer: CustomerRow): Recipient {
  const contacts = view.where('contacts', 'customer_id', customer.id) as unknown as ContactRow[]
  const main = contacts.find((one) => one.is_main) ?? contacts[0]
  const { province, city, county, street } = customer
  return {
    name: main?.name || customer.name,
    mobile: main?.phone || customer.phone,
    province,
    city,
    county,
    street,
  }
}

/** Whom a customer's id stands for; undefined when this phone does not hold him. */
export function partyIn(view: View, customer_id: string): Party | undefined {
  const customer = view.get('customers', customer_id) as CustomerRow | undefined
  if (customer) {
    return {
      name: customer.short_name || customer.name,
      buyer: { customer_id, level_id: customer.price_level_id },
      home: homeOf(view, customer),
    }
  }
  // An agent's own phone holds him as an agent only.
  const agent = view.get('agents', customer_id) as AgentRow | undefined
  return agent && { name: agent.name, buyer: { customer_id, level_id: agent.price_level_id }, home: profileOf(agent) }
}

/** The same, live; null until it is known. */
export function useParty(customer_id: Readonly<Ref<string>>): Readonly<Ref<Party | undefined | null>> {
  return useLive<Party | undefined | null>(PARTY_TABLES, (view) => partyIn(view, customer_id.value), null)
}

/** The names of some customers, as far as this phone holds them. */
export function usePartyNames(
  customer_ids: Readonly<Ref<readonly string[]>>,
): Readonly<Ref<ReadonlyMap<string, string>>> {
  return useLive<ReadonlyMap<string, string>>(
    PARTY_TABLES,
    (view) => new Map(customer_ids.value.map((id) => [id, partyIn(view, id)?.name ?? ''])),
    new Map(),
  )
}
