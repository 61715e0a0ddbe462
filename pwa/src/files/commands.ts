// The one write of files from a phone: to wait no longer for a picture that will not come.

import type { Describe, Effect } from '../core/domain'
import { useWords } from '../core/words'
import { dispatch } from '../sync'
import type { Payloads } from '../wire/commands'

type GiveUp = Payloads['files.give_up_photo']

const { t } = useWords()

/** Waits for none of these pictures any longer. Should one come after all, it is shown. */
export async function giveUpPhotos(ids: readonly string[]): Promise<void> {
  for (const photo_id of ids) await dispatch('files.give_up_photo', { photo_id } satisfies GiveUp)
}

const giveUp: Effect = (draft, { photo_id }: GiveUp) => {
  if (draft.get('photos', photo_id)?.state !== 'awaited') return
  draft.patch('photos', photo_id, { state: 'refused', refused_code: 'files.given_up' })
}

export const effects: Record<string, Effect> = { 'files.give_up_photo': giveUp }

export const descriptions: Record<string, Describe> = {
  'files.give_up_photo': () => ({ title: t('files.said.give_up_photo') }),
}
