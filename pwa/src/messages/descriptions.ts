// What each command of messages is called in the outbox.

import type { Describe } from '../core/domain'
import { useWords } from '../core/words'
import type { Payloads } from '../wire/commands'

const { t } = useWords()

export const DESCRIPTIONS: Record<string, Describe> = {
  'messages.read': () => ({ title: t('messages.said.read') }),
  'messages.mute': ({ kind }: Payloads['messages.mute']) => ({
    title: t('messages.said.mute'),
    note: t(`messages.kind.${kind}`),
  }),
  'messages.set_quiet_hours': () => ({ title: t('messages.said.quiet') }),
  'messages.subscribe': () => ({ title: t('messages.said.subscribe') }),
  'messages.unsubscribe': () => ({ title: t('messages.said.unsubscribe') }),
}
