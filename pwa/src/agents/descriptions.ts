// What each command of agents is called in the outbox.

import type { Describe } from '../core/domain'
import { useWords } from '../core/words'
import type { Payloads } from '../wire/commands'

const { t } = useWords()

const aboutUpgrade: Describe = (args: Payloads['agents.ask_upgrade'], view) => ({
  title: t('agents.said.ask_upgrade'),
  note: String(view.get('price_levels', args.price_level_id)?.name ?? ''),
  ...(args.reason ? { typed: [args.reason] } : {}),
  to: { name: 'agent-mine' },
})

const aboutProfile: Describe = ({ profile }: Payloads['agents.set_profile']) => ({
  title: t('agents.said.set_profile'),
  note: profile.sender ?? '',
  typed: [[profile.mobile, profile.province, profile.city, profile.county, profile.street].filter(Boolean).join(' ')],
})

export const DESCRIPTIONS: Record<string, Describe> = {
  'agents.invite': (args: Payloads['agents.invite']) => ({ title: t('agents.said.invite'), note: args.note ?? '' }),
  'agents.ask_upgrade': aboutUpgrade,
  'agents.set_profile': aboutProfile,
}
