// Photos on the phone: only the rows that refer to them, how one is given up, and the words of what can go wrong. Their bytes are the upload lane's
// business (sync/blobs.ts), taking them is the visit's.

import type { Domain } from '../core/domain'

export const files: Domain = {
  name: 'files',
  stores: { photos: {} },
  effects: async () => (await import('./commands')).effects,
  descriptions: async () => (await import('./commands')).descriptions,
}
