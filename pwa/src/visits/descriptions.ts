// What each command of visits is called in the outbox, with the customer or route it is about.

import type { Describe, View } from '../core/domain'
import { useWords } from '../core/words'
import type { Payloads } from '../wire/commands'
import { typedOf } from './queries/visit'

const { t } = useWords()

function customerOf(view: View, customer_id: string | undefined): string {
  const customer = customer_id ? view.get('customers', customer_id) : undefined
  return customer?.short_name || customer?.name || ''
}

function ofVisit(view: View, visit_id: string): string {
  return customerOf(view, view.get('visits', visit_id)?.customer_id)
}

function toVisit(id: string) {
  return { name: 'visit', params: { id } }
}

export const DESCRIPTIONS: Record<string, Describe> = {
  'visits.check_in': (args, view) => ({
    title: t('visits.does.check_in'),
    note: [customerOf(view, args.customer_id), args.reason].filter(Boolean).join(' · '),
  }),
  'visits.record_step': (args, view) => ({
    title: args.photos?.length
      ? t('visits.does.photo', { title: args.title }, args.photos.length)
      : t('visits.does.step', { title: args.title }),
    note: ofVisit(view, args.visit_id),
    typed: typedOf(view, args),
    // Of a picture nothing was typed that could be put right.
    ...(args.kind !== 'photo' && view.get('visits', args.visit_id) ? { to: toVisit(args.visit_id) } : {}),
  }),
  'visits.skip_step': (args, view) => ({
    title: t('visits.does.skip_step', { title: args.title }),
    note: [ofVisit(view, args.visit_id), args.reason].filter(Boolean).join(' · '),
  }),
  'visits.check_out': (args, view) => ({
    title: t('visits.does.check_out'),
    note: ofVisit(view, args.visit_id),
    ...(args.note ? { typed: [args.note] } : {}),
    ...(view.get('visits', args.visit_id)?.state === 'open' ? { to: toVisit(args.visit_id) } : {}),
  }),
  'visits.ask_follow_up': (args, view) => ({
    title: t('visits.does.ask_follow_up'),
    note: customerOf(view, args.customer_id),
    typed: [args.text],
  }),
  'visits.withdraw_follow_up': (args, view) => ({
    title: t('visits.does.withdraw_follow_up'),
    note: view.get('follow_ups', args.follow_up_id)?.text ?? '',
  }),
  'visits.skip': (args, view) => ({
    title: t('visits.does.skip'),
    note: [customerOf(view, args.customer_id), args.reason].filter(Boolean).join(' · '),
  }),
  'visits.plan_route': (args: Payloads['visits.plan_route'], view) => ({
    title: t('visits.does.plan_route'),
    note: args.name,
    typed: args.stops.map((stop) => customerOf(view, stop.customer_id)).filter(Boolean),
  }),
  'visits.end_route': (args, view) => ({
    title: t('visits.does.end_route'),
    note: view.get('routes', args.route_id)?.name ?? '',
  }),
  'visits.arrange_stops': (args, view) => ({
    title: t('visits.does.arrange_stops'),
    note: view.get('routes', args.route_id)?.name ?? '',
  }),
}
