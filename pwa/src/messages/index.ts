// Messages on the phone: what others did that concerns this person, read or not; the count of what is not stands at "me".

import type { Domain } from '../core/domain'

export const messages: Domain = {
  name: 'messages',
  stores: { messages: {}, message_settings: {} },
}
