// The list of domains, lowest first, in the order of backend/roundsman/domains.py.

import type { Domain } from './core/domain'

export const domains: Domain[] = []
