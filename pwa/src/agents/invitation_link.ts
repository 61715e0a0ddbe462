// The link of an invitation. Its token is made here and goes nowhere but into the link; the company is told its digest.

import { base64, hex, sha256 } from '../core/sha256'

const BYTES = 32

export interface Link {
  url: string
  expires_at: number
  /** The command that tells the company of it; until that has arrived the link opens nothing. */
  uuid: string
}

/** 256 random bits as text that fits into an address. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return base64(bytes.buffer).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** SHA-256 of a token, in hexadecimal: what the server keeps. */
export async function tokenHash(token: string): Promise<string> {
  return hex(await sha256(new TextEncoder().encode(token).buffer))
}

export function linkOf(token: string, origin: string = location.origin): string {
  return `${origin}/join/${token}`
}
