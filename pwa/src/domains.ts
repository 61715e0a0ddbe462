// The list of domains, lowest first, in the order of backend/roundsman/domains.py.

import type { Domain } from './core/domain'
import { customers } from './customers'
import { files } from './files'
import { identity } from './identity'
import { sync } from './sync/domain'
import { visits } from './visits'

export const domains: Domain[] = [sync, identity, files, customers, visits]
