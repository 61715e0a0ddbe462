// Shares as people read them, reckoned in integers. Pure.

/** "40.0 %" for 400 of 1000, rounded half away from zero; empty of nothing. */
export function permille(part: number, whole: number): string {
  if (whole <= 0) return ''
  const scaled = (Math.abs(part) * 1000) / whole
  const rounded = Math.floor(scaled + 0.5)
  return `${part < 0 && rounded ? '−' : ''}${Math.floor(rounded / 10)}.${rounded % 10} %`
}
