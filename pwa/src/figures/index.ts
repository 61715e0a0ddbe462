// Figures on the phone: rankings, asked online whenever they are looked at.

import type { Domain } from '../core/domain'

export const figures: Domain = { name: 'figures' }
