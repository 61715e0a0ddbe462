// The plain digest against the standard's own examples and against the platform's, at every length around a block.

import { describe, expect, test, vi } from 'vitest'
import { hex as asHex, base64, plainSha256, sha256 } from './sha256'

function hex(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex')
}

function bytesOf(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer as ArrayBuffer
}

describe('plainSha256', () => {
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('FIPS 180-4 example %j', (text, digest) => {
    expect(hex(plainSha256(bytesOf(text)))).toBe(digest)
  })

  test('is what the platform says, for every length around a block and for a picture', async () => {
    for (const length of [...Array.from({ length: 131 }, (_, at) => at), 300_001]) {
      const bytes = new Uint8Array(length).map((_, at) => (at * 31) & 0xff).buffer
      expect(hex(plainSha256(bytes)), String(length)).toBe(hex(await crypto.subtle.digest('SHA-256', bytes)))
    }
  })
})

test('sha256 works where the browser hides crypto.subtle', async () => {
  vi.stubGlobal('crypto', {})
  expect(hex(await sha256(bytesOf('abc')))).toMatch(/^ba7816bf/)
})

test('bytes as text, also more of them than a function takes arguments', () => {
  const bytes = Uint8Array.from({ length: 300_001 }, (_, at) => (at * 7) & 0xff)
  expect(asHex(bytes.buffer)).toBe(hex(bytes.buffer))
  expect(base64(bytes.buffer)).toBe(Buffer.from(bytes).toString('base64'))
})
