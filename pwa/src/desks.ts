// The desk's halves of the domains, by the domain's name, in the order of domains.ts; fetched when one is asked for.

import { desk as agents } from './agents/office'
import { desk as catalog } from './catalog/office'
import type { Desk } from './core/domain'
import { desk as customers } from './customers/office'
import { desk as figures } from './figures/office'
import { desk as identity } from './identity/office'
import { desk as inventory } from './inventory/office'
import { desk as orders } from './orders/office'
import { desk as receivables } from './receivables/office'
import { desk as targets } from './targets/office'
import { desk as visits } from './visits/office'

export const desks: Record<string, Desk> = {
  identity,
  customers,
  agents,
  catalog,
  inventory,
  receivables,
  visits,
  orders,
  figures,
  targets,
}
