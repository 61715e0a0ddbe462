// Written by `roundsman wire` from the server's code; never edited.

/** A row of contacts as a phone holds it. */
export interface ContactRow {
  id: string
  customer_id: string
  name: string
  phone: string
  position: string
  is_main: boolean
}

/** A row of customer_classes as a phone holds it. */
export interface CustomerClassRow {
  id: string
  name: string
  geofence: string
  radius_m: number
  photo_source: string
  position: number
  is_active: boolean
}

/** A row of customer_pins as a phone holds it. */
export interface CustomerPinRow {
  id: string
  customer_id: string
  latitude_e7: number
  longitude_e7: number
  accuracy_m: number | null
  source: string
  reason: string
  state: string
  person_id: string | null
  asked_at: number
  decided_by: string | null
  decided_at: number | null
  decision_reason: string
}

/** A row of customers as a phone holds it. */
export interface CustomerRow {
  id: string
  code: string
  name: string
  short_name: string
  class_id: string | null
  tags: unknown
  phone: string
  province: string
  city: string
  county: string
  street: string
  owner_id: string | null
  territory_id: string
  latitude_e7: number | null
  longitude_e7: number | null
  pin_accuracy_m: number | null
  pin_source: string | null
  pinyin: string
  initials: string
  remark: string
  is_active: boolean
  created_at: number
}

/** A row of holidays as a phone holds it. */
export interface HolidayRow {
  id: string
  name: string
}

/** A row of memberships as a phone holds it. */
export interface MembershipRow {
  id: string
  person_id: string
  territory_id: string
  kind: string
  from_at: number
  until_at: number | null
}

/** A row of people as a phone holds it. */
export interface PersonRow {
  id: string
  name: string
  roles: unknown
  is_active: boolean
}

/** A row of photos as a phone holds it. */
export interface PhotoRow {
  id: string
  owner_table: string
  owner_id: string
  kind: string
  sha256: string
  size: number
  state: string
  refused_code: string | null
  person_id: string
  territory_id: string | null
  month: string
  taken_at: number
  width: number | null
  height: number | null
  is_reused: boolean
  stored_at: number | null
}

/** A row of route_stops as a phone holds it. */
export interface RouteStopRow {
  id: string
  route_id: string
  customer_id: string
  position: number
}

/** A row of routes as a phone holds it. */
export interface RouteRow {
  id: string
  name: string
  person_id: string
  territory_id: string
  weekdays: number
  every_weeks: number
  from_on: string
  until_on: string | null
  skips_holidays: boolean
  is_active: boolean
}

/** A row of step_templates as a phone holds it. */
export interface StepTemplateRow {
  id: string
  class_id: string
  kind: string
  title: string
  is_must: boolean
  settings: unknown
  position: number
  is_active: boolean
}

/** A row of territories as a phone holds it. */
export interface TerritoryRow {
  id: string
  parent_id: string | null
  name: string
  path: string
  depth: number
}

/** A row of visit_steps as a phone holds it. */
export interface VisitStepRow {
  id: string
  visit_id: string
  template_id: string | null
  kind: string
  title: string
  state: string
  answers: unknown
  reason: string
  done_at: number
  person_id: string
}

/** A row of visits as a phone holds it. */
export interface VisitRow {
  id: string
  person_id: string
  customer_id: string
  territory_id: string
  day_on: string
  route_id: string | null
  is_planned: boolean
  state: string
  checked_in_at: number | null
  in_wall_at: number | null
  in_latitude_e7: number | null
  in_longitude_e7: number | null
  in_accuracy_m: number | null
  in_fix_count: number | null
  in_distance_m: number | null
  in_fence: string | null
  in_reason: string
  checked_out_at: number | null
  out_latitude_e7: number | null
  out_longitude_e7: number | null
  out_accuracy_m: number | null
  out_distance_m: number | null
  out_fence: string | null
  closed_by: string | null
  skip_reason: string
  note: string
  flags: unknown
  received_at: number
}

export interface Feeds {
  contacts: ContactRow
  customer_classes: CustomerClassRow
  customer_pins: CustomerPinRow
  customers: CustomerRow
  holidays: HolidayRow
  memberships: MembershipRow
  people: PersonRow
  photos: PhotoRow
  route_stops: RouteStopRow
  routes: RouteRow
  step_templates: StepTemplateRow
  territories: TerritoryRow
  visit_steps: VisitStepRow
  visits: VisitRow
}

export type FeedName = keyof Feeds

export const FEED_VERSIONS: Readonly<Record<FeedName, number>> = {
  contacts: 1,
  customer_classes: 1,
  customer_pins: 1,
  customers: 1,
  holidays: 1,
  memberships: 1,
  people: 1,
  photos: 1,
  route_stops: 1,
  routes: 1,
  step_templates: 1,
  territories: 1,
  visit_steps: 1,
  visits: 1,
}

/** Feeds whose rows are stored many per record. */
export const PACKED_FEEDS: readonly FeedName[] = ['customers']
