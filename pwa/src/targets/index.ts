// Targets on the phone: nothing is kept here, since how far one is is asked of the server when it is looked at; only the words of what can go wrong.

import type { Domain } from '../core/domain'

export const targets: Domain = { name: 'targets', stores: {} }
