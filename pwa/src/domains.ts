// The list of domains, lowest first, in the order of backend/roundsman/domains.py.

import { agents } from './agents'
import { catalog } from './catalog'
import type { Domain } from './core/domain'
import { customers } from './customers'
import { figures } from './figures'
import { files } from './files'
import { identity } from './identity'
import { inventory } from './inventory'
import { messages } from './messages'
import { orders } from './orders'
import { receivables } from './receivables'
import { sync } from './sync/domain'
import { targets } from './targets'
import { visits } from './visits'

export const domains: Domain[] = [
  sync,
  identity,
  files,
  messages,
  customers,
  agents,
  catalog,
  inventory,
  receivables,
  visits,
  orders,
  figures,
  targets,
]
