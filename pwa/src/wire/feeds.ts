// Written by `roundsman wire` from the server's code; never edited.

/** A row of accounts as a phone holds it. */
export interface AccountRow {
  id: string
  debt: number
  committed: number
  credit_limit: number | null
  credit_days: number
  policy: string
}

/** A row of agents as a phone holds it. */
export interface AgentRow {
  id: string
  person_id: string | null
  name: string
  mobile: string
  province: string
  city: string
  county: string
  state: string
  price_level_id: string
  upline_id: string | null
  profile: unknown
  note: string
  asked_at: number
  decided_at: number | null
  decision_reason: string
  territory_id: string
  owner_id: string | null
}

/** A row of categories as a phone holds it. */
export interface CategoryRow {
  id: string
  parent_id: string | null
  name: string
  axes: unknown
  starter: string
  position: number
  is_active: boolean
}

/** A row of collections as a phone holds it. */
export interface CollectionRow {
  id: string
  customer_id: string
  person_id: string
  amount: number
  unallocated: number
  method: string
  note: string
  visit_id: string | null
  state: string
  void_reason: string
  collected_at: number
  day_on: string
}

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
  price_level_id: string | null
}

/** A row of follow_ups as a phone holds it. */
export interface FollowUpRow {
  id: string
  customer_id: string
  person_id: string
  asked_by: string
  text: string
  kind: string
  asked_at: number
  state: string
  visit_id: string | null
  step_id: string | null
  answer: string
  answered_at: number | null
  skip_reason: string
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

/** A row of message_settings as a phone holds it. */
export interface MessageSettingsRow {
  id: string
  muted: unknown
  quiet_from: number | null
  quiet_until: number | null
}

/** A row of messages as a phone holds it. */
export interface MessageRow {
  id: string
  kind: string
  about: string
  args: unknown
  at: number
  read_at: number | null
}

/** A row of order_lines as a phone holds it. */
export interface OrderLineRow {
  id: string
  order_id: string
  position: number
  variant_id: string
  name: string
  code: string
  unit: string
  factor: number
  quantity_e3: number
  price_e4: number
  list_price_e4: number
  amount: number
  is_gift: boolean
  gift_of: string | null
  source: string
  list_id: string | null
  reserved_e3: number
  shipped_e3: number
  returned_e3: number
}

/** A row of order_moves as a phone holds it. */
export interface OrderMoveRow {
  id: string
  order_id: string
  verb: string
  from_state: string
  to_state: string
  mover_id: string
  at: number
  reason: string
  detail: unknown
}

/** A row of order_policy as a phone holds it. */
export interface OrderPolicyRow {
  id: string
  tolerance_permille: number
  on_difference: string
  list_age_days: number
}

/** A row of order_return_lines as a phone holds it. */
export interface OrderReturnLineRow {
  id: string
  return_id: string
  order_line_id: string
  quantity_e3: number
  amount: number
}

/** A row of order_returns as a phone holds it. */
export interface OrderReturnRow {
  id: string
  order_id: string
  state: string
  reason: string
  amount: number
  asked_by: string
  asked_at: number
  decided_by: string | null
  decided_at: number | null
  decision_reason: string
}

/** A row of orders as a phone holds it. */
export interface OrderRow {
  id: string
  number: string
  customer_id: string
  agent_id: string | null
  person_id: string
  owner_id: string | null
  day_on: string
  state: string
  visit_id: string | null
  currency: string
  goods_amount: number
  expense_amount: number
  total_amount: number
  returned_amount: number
  expenses: unknown
  recipient: unknown
  delivery_method: string
  wanted_on: string | null
  install_at: number | null
  note: string
  price_changes: unknown
  hold_codes: unknown
  short_count: number
  placed_at: number
  changed_at: number
  version: number
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

/** A row of price_levels as a phone holds it. */
export interface PriceLevelRow {
  id: string
  name: string
  position: number
  is_active: boolean
}

/** A row of price_lists as a phone holds it. */
export interface PriceListRow {
  id: string
  name: string
  kind: string
  level_id: string | null
  customer_id: string | null
  from_on: string
  until_on: string | null
  is_active: boolean
  version: number
}

/** A row of prices as a phone holds it. */
export interface PriceRow {
  id: string
  list_id: string
  variant_id: string
  unit: string
  breaks: unknown
  gifts: unknown
  may_rise: boolean
  level_id: string | null
  customer_id: string | null
  from_on: string
  until_on: string | null
  is_active: boolean
}

/** A row of products as a phone holds it. */
export interface ProductRow {
  id: string
  code: string
  name: string
  brand: string
  category_id: string | null
  axes: unknown
  description: string
  picture_ids: unknown
  pinyin: string
  initials: string
  position: number
  is_on_sale: boolean
}

/** A row of push_subscriptions as a phone holds it. */
export interface PushSubscriptionRow {
  id: string
  language: string
  created_at: number
}

/** A row of receivable_items as a phone holds it. */
export interface ReceivableItemRow {
  id: string
  customer_id: string
  source_table: string
  source_id: string
  number: string
  amount: number
  open_amount: number
  due_on: string
  at: number
  day_on: string
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

/** A row of stocks as a phone holds it. */
export interface StockRow {
  id: string
  warehouse_id: string
  variant_id: string
  on_hand_e3: number
  reserved_e3: number
}

/** A row of territories as a phone holds it. */
export interface TerritoryRow {
  id: string
  parent_id: string | null
  name: string
  path: string
  depth: number
}

/** A row of upgrade_requests as a phone holds it. */
export interface UpgradeRequestRow {
  id: string
  agent_id: string
  price_level_id: string
  reason: string
  state: string
  asked_at: number
  decided_at: number | null
  decision_reason: string
}

/** A row of variants as a phone holds it. */
export interface VariantRow {
  id: string
  product_id: string
  code: string
  name: string
  spec: unknown
  packs: unknown
  price_e4: number
  position: number
  is_on_sale: boolean
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
  follow_up_id: string | null
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

/** A row of warehouses as a phone holds it. */
export interface WarehouseRow {
  id: string
  name: string
  is_default: boolean
  is_active: boolean
}

export interface Feeds {
  accounts: AccountRow
  agents: AgentRow
  categories: CategoryRow
  collections: CollectionRow
  contacts: ContactRow
  customer_classes: CustomerClassRow
  customer_pins: CustomerPinRow
  customers: CustomerRow
  follow_ups: FollowUpRow
  holidays: HolidayRow
  memberships: MembershipRow
  message_settings: MessageSettingsRow
  messages: MessageRow
  order_lines: OrderLineRow
  order_moves: OrderMoveRow
  order_policy: OrderPolicyRow
  order_return_lines: OrderReturnLineRow
  order_returns: OrderReturnRow
  orders: OrderRow
  people: PersonRow
  photos: PhotoRow
  price_levels: PriceLevelRow
  price_lists: PriceListRow
  prices: PriceRow
  products: ProductRow
  push_subscriptions: PushSubscriptionRow
  receivable_items: ReceivableItemRow
  route_stops: RouteStopRow
  routes: RouteRow
  step_templates: StepTemplateRow
  stocks: StockRow
  territories: TerritoryRow
  upgrade_requests: UpgradeRequestRow
  variants: VariantRow
  visit_steps: VisitStepRow
  visits: VisitRow
  warehouses: WarehouseRow
}

export type FeedName = keyof Feeds

export const FEED_VERSIONS: Readonly<Record<FeedName, number>> = {
  accounts: 1,
  agents: 1,
  categories: 2,
  collections: 1,
  contacts: 1,
  customer_classes: 1,
  customer_pins: 1,
  customers: 2,
  follow_ups: 1,
  holidays: 1,
  memberships: 1,
  message_settings: 1,
  messages: 1,
  order_lines: 1,
  order_moves: 1,
  order_policy: 1,
  order_return_lines: 1,
  order_returns: 1,
  orders: 1,
  people: 1,
  photos: 1,
  price_levels: 1,
  price_lists: 1,
  prices: 1,
  products: 2,
  push_subscriptions: 1,
  receivable_items: 1,
  route_stops: 1,
  routes: 1,
  step_templates: 1,
  stocks: 1,
  territories: 1,
  upgrade_requests: 1,
  variants: 1,
  visit_steps: 2,
  visits: 1,
  warehouses: 1,
}

/** Feeds whose rows are stored many per record. */
export const PACKED_FEEDS: readonly FeedName[] = ['customers', 'prices', 'products', 'stocks', 'variants']
