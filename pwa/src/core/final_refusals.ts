// Which refusals stay what they are. Only the page of what waits asks, so that no other screen carries the list.

/** Refused for what was written: sent again as it is, it will be refused again, so there is nothing to do but to change or discard it. */
const FINAL = new Set([
  'invalid',
  'sync.too_large',
  'customers.already_there',
  'customers.contact_already_there',
  'customers.name_missing',
  'customers.not_editable',
  'customers.own_pin',
  'customers.pin_already_decided',
  'customers.pin_already_there',
  'customers.place_wrong',
  'customers.reason_missing',
  'customers.too_long',
  'orders.above_maximum',
  'orders.below_minimum',
  'orders.line_twice',
  'orders.line_unknown',
  'orders.more_than_left',
  'orders.no_lines',
  'orders.no_such_day',
  'orders.not_a_step',
  'orders.not_on_sale',
  'orders.number_missing',
  'orders.number_wrong',
  'orders.other_visit',
  'orders.quantity_not_positive',
  'orders.reason_missing',
  'orders.too_large',
  'orders.too_long',
  'orders.unit_unknown',
  'orders.variant_unknown',
  'receivables.already_there',
  'receivables.amount_missing',
  'receivables.day_ahead',
  'receivables.no_such_day',
  'receivables.reason_missing',
  'visits.already_there',
  'visits.bad_settings',
  'visits.closed',
  'visits.ends_before_it_begins',
  'visits.no_such_day',
  'visits.reason_missing',
  'visits.step_twice',
  'visits.stop_twice',
  'visits.title_missing',
])

/** Whether trying again later may help: rights are given, a visit is checked out, a code becomes free. Also for codes this build does not know. */
export function mayPassLater(code: string): boolean {
  return !FINAL.has(code)
}
