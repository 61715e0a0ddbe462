// Identifiers: UUID version 7 (RFC 9562), lower-case text, made where the thing is made.

let lastMoment = 0
let lastCount = 0

/**
 * A new UUIDv7. Ids made on this page sort in the order they were made, also within one millisecond and when the phone's clock
 * goes back: the 12 bits after the version count up (RFC 9562, method 1) and borrow a millisecond when they run out.
 */
export function uuid7(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10))
  if (now > lastMoment) {
    lastMoment = now
    // Start low so that many can follow within the same millisecond.
    lastCount = ((random[0]! << 8) | random[1]!) & 0x3ff
  } else if (++lastCount > 0xfff) {
    lastMoment += 1
    lastCount = 0
  }
  const moment = lastMoment.toString(16).padStart(12, '0')
  const count = lastCount.toString(16).padStart(3, '0')
  random[2] = (random[2]! & 0x3f) | 0x80
  let tail = ''
  for (let at = 2; at < 10; at++) tail += random[at]!.toString(16).padStart(2, '0')
  return `${moment.slice(0, 8)}-${moment.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`
}
