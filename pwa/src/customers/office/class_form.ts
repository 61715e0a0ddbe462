// A customer class as its fields hold it (texts) and as customers.set_class takes it; what is wrong with it. Pure.

import type { Payloads } from '../../wire/commands'
import type { CustomerClassRow } from '../../wire/feeds'

export const GEOFENCES = ['none', 'flag', 'hard'] as const
export const PHOTO_SOURCES = ['any', 'camera'] as const

/** The server's bounds of a radius, metres. */
const RADIUS_M = { least: 20, most: 20_000 }
const POSITION_MOST = 10_000

export interface ClassForm {
  name: string
  geofence: string
  radius_m: string
  photo_source: string
  position: string
  is_active: boolean
}

/** A class as it is shown; a new one flags from 200 m and stands last. */
export function formOf(row: CustomerClassRow | null, next_position: number): ClassForm {
  return {
    name: row?.name ?? '',
    geofence: row?.geofence ?? 'flag',
    radius_m: String(row?.radius_m ?? 200),
    photo_source: row?.photo_source ?? 'any',
    position: String(row?.position ?? next_position),
    is_active: row?.is_active ?? true,
  }
}

/** A place among others as it is typed; null when it is none. */
export function positionOf(text: string): number | null {
  const position = whole(text)
  return position <= POSITION_MOST ? position : null
}

function whole(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN
}

/** What is wrong, by field, as keys of customers.*. `names` are those of the other classes. */
export function wrongInClass(form: ClassForm, names: readonly string[]): Partial<Record<keyof ClassForm, string>> {
  const wrong: Partial<Record<keyof ClassForm, string>> = {}
  const name = form.name.trim()
  if (!name) wrong.name = 'name_missing'
  else if (names.includes(name)) wrong.name = 'class_twice'
  const radius = whole(form.radius_m)
  if (form.geofence !== 'none' && !(radius >= RADIUS_M.least && radius <= RADIUS_M.most)) wrong.radius_m = 'radius_bad'
  if (positionOf(form.position) === null) wrong.position = 'position_bad'
  return wrong
}

/** What customers.set_class takes; a fence that is off keeps a radius for when it is on again. */
export function classOf(class_id: string, form: ClassForm): Payloads['customers.set_class'] {
  const radius = whole(form.radius_m)
  return {
    class_id,
    name: form.name.trim(),
    geofence: form.geofence,
    radius_m: radius >= RADIUS_M.least && radius <= RADIUS_M.most ? radius : 200,
    photo_source: form.photo_source,
    position: whole(form.position),
    is_active: form.is_active,
  }
}
