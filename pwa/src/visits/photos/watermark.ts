// What is written on a photo taken here: time, customer, rep, place.

import type { Position } from '../../core/geo'
import { clockTime, dayOn } from '../../core/times'

export interface WatermarkOf {
  taken_at: number
  customer: string
  person: string
  address: string
  position: (Position & { accuracy_m: number | null }) | null
}

function degrees(value_e7: number): string {
  return (value_e7 / 1e7).toFixed(5)
}

/** The lines of the mark, top to bottom; empty ones are left out. */
export function watermarkLines({ taken_at, customer, person, address, position }: WatermarkOf): string[] {
  const accuracy = position?.accuracy_m ? ` ±${position.accuracy_m} m` : ''
  const place = position ? `${degrees(position.latitude_e7)}, ${degrees(position.longitude_e7)}${accuracy}` : ''
  return [
    `${dayOn(taken_at)} ${clockTime(taken_at)}`,
    [customer, person].filter(Boolean).join(' · '),
    [address, place].filter(Boolean).join(' '),
  ].filter(Boolean)
}
