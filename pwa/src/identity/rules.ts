// How names and passwords are compared or judged, the twin of backend/roundsman/identity/rules.py where a phone needs it; pure.

export const PASSWORD_LENGTH_MIN = 8
export const PASSWORD_LENGTH_MAX = 256

export const ROLES = ['rep', 'agent', 'courier', 'clerk', 'manager', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** The form in which names are compared: compatibility-normalised, lower case, without white space. */
export function nameKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}

/** Whether a password is long enough and neither one of the person's own words nor two keys repeated; length is what counts. */
export function isPasswordAcceptable(password: string, ownWords: readonly (string | null)[]): boolean {
  const letters = [...password]
  if (letters.length < PASSWORD_LENGTH_MIN || letters.length > PASSWORD_LENGTH_MAX || new Set(letters).size < 3) {
    return false
  }
  return !ownWords.some((word) => word && nameKey(word) === nameKey(password))
}
