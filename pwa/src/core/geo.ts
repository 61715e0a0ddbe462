// Positions on the earth as they stand in our tables (WGS-84 degrees × 10⁷, integers) and the metres between them. Conversion
// to GCJ-02 belongs to the edge where a Chinese map is drawn and is not here.

export interface Position {
  /** Degrees north × 10⁷. */
  latitude_e7: number
  /** Degrees east × 10⁷. */
  longitude_e7: number
}

/** Mean earth radius in metres (IUGG R1). */
const EARTH_RADIUS = 6_371_008.8

/** Great-circle distance in whole metres (haversine on the mean earth radius; within 0.5 % of the ellipsoid). */
export function distanceMetres(one: Position, other: Position): number {
  const radians = Math.PI / 180e7
  const north = Math.sin(((other.latitude_e7 - one.latitude_e7) * radians) / 2)
  const east = Math.sin(((other.longitude_e7 - one.longitude_e7) * radians) / 2)
  const chord =
    north * north + Math.cos(one.latitude_e7 * radians) * Math.cos(other.latitude_e7 * radians) * east * east
  return Math.round(2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord))))
}

/** Degrees × 10⁷ from the float degrees a browser gives. */
export function toE7(degrees: number): number {
  return Math.round(degrees * 1e7)
}

/** A distance as a number and its unit: whole metres below a kilometre ("86 m"), one decimal up to 100 km, whole beyond. */
export function formatDistance(metres: number): string {
  const whole = Math.round(metres)
  if (whole < 1000) return `${whole} m`
  const kilometres = metres / 1000
  return kilometres < 99.95 ? `${kilometres.toFixed(1)} km` : `${Math.round(kilometres)} km`
}
