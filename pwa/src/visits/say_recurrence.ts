// When a route is walked, as people say it.

import { useWords } from '../core/words'
import type { Recurrence } from './rules'

const { t } = useWords()

/** "每周一、三", "每 2 周周五", "每天". */
export function sayRecurrence({ weekdays, every_weeks }: Pick<Recurrence, 'weekdays' | 'every_weeks'>): string {
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => weekdays & (1 << (day - 1)))
  const said =
    days.length === 7
      ? t('visits.every_day')
      : days.map((day) => t(`visits.weekday.${day}`)).join(t('visits.list_comma'))
  return every_weeks === 1 ? said : t('visits.every_weeks_on', { n: every_weeks, days: said })
}
