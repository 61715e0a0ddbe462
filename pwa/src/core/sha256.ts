// SHA-256 (FIPS 180-4): the browser's own where there is one, else in plain code, because over plain http in a company's own network
// the browser hides crypto.subtle. And bytes as text, in hex and Base64.

const ROUND = new Uint32Array(64)
const START = new Uint32Array(8)

function isPrime(number: number): boolean {
  for (let by = 2; by * by <= number; by++) if (number % by === 0) return false
  return true
}

/** The first 32 bits of the fractional part of a root, as the standard derives its constants. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) >>> 0
}

for (let number = 2, at = 0; at < 64; number++) {
  if (!isPrime(number)) continue
  ROUND[at] = fraction(Math.cbrt(number))
  if (at < 8) START[at] = fraction(Math.sqrt(number))
  at += 1
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function mix(state: Uint32Array, words: Uint32Array): void {
  for (let at = 16; at < 64; at++) {
    const [w15, w2] = [words[at - 15] as number, words[at - 2] as number]
    const s0 = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >>> 3)
    const s1 = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >>> 10)
    words[at] = (words[at - 16] as number) + s0 + (words[at - 7] as number) + s1
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let at = 0; at < 64; at++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[at] as number) + (words[at] as number)) >>> 0
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0
    h = g
    g = f
    f = e
    e = (d + one) >>> 0
    d = c
    c = b
    b = a
    a = (one + two) >>> 0
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at] as number) + value
}

/** The digest in plain code. */
export function plainSha256(bytes: ArrayBuffer): ArrayBuffer {
  const length = bytes.byteLength
  const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6)
  padded.set(new Uint8Array(bytes))
  padded[length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29))
  view.setUint32(padded.length - 4, (length << 3) >>> 0)
  const state = START.slice()
  const words = new Uint32Array(64)
  for (let block = 0; block < padded.length; block += 64) {
    for (let at = 0; at < 16; at++) words[at] = view.getUint32(block + at * 4)
    mix(state, words)
  }
  const digest = new DataView(new ArrayBuffer(32))
  for (const [at, word] of state.entries()) digest.setUint32(at * 4, word)
  return digest.buffer
}

/** The digest, 32 bytes. */
export async function sha256(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  return globalThis.crypto?.subtle ? crypto.subtle.digest('SHA-256', bytes) : plainSha256(bytes)
}

export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** As many bytes at a time as a function takes arguments everywhere. */
const CHUNK = 0x8000

export function base64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}
