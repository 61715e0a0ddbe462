// The list of domains, lowest first, in the order of backend/roundsman/domains.py.

import type { Domain } from './core/domain'
import { sync } from './sync/domain'

export const domains: Domain[] = [sync]
