// Barcodes of goods as text: their check digits, and the one spelling that what was scanned, typed and stored share. What a code stands
// for is the catalogue's affair; numbers of parcels are none of these and must not go through here.

const GOODS = /^(?:\d{8}|\d{12,14})$/
const FULL_WIDTH = /[！-～]/g

/** The last digit of a code whose other digits are these (GS1 General Specifications, section 7.9: mod 10, weights 3 and 1 from the right). */
export function checkDigitOf(digits: string): string {
  let sum = 0
  for (let at = 0; at < digits.length; at++) sum += Number(digits[digits.length - 1 - at]) * (at % 2 ? 1 : 3)
  return String((10 - (sum % 10)) % 10)
}

/** Whether this is a whole EAN-8, UPC-A, EAN-13 or ITF-14 (digits only) with the check digit it must have. */
export function isCheckDigitRight(code: string): boolean {
  return GOODS.test(code) && checkDigitOf(code.slice(0, -1)) === code.slice(-1)
}

/**
 * The spelling under which a code of goods is kept and looked up: ASCII; figures without spaces; UPC-A, and ITF-14 of a single piece
 * (indicator 0), as the EAN-13 they stand for. What is no code of goods, such as a shop's own, only loses the space around it.
 * Doing it twice changes nothing.
 */
export function normalizedBarcode(text: string): string {
  const plain = text
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim()
  if (!/^[\d\s-]+$/.test(plain)) return plain
  const figures = plain.replace(/\s/g, '')
  const digits = figures.replace(/-/g, '')
  // Hyphens are how people print an ISBN, and belong to other codes.
  if (!isCheckDigitRight(digits)) return figures
  if (digits.length === 12) return `0${digits}`
  return digits.length === 14 && digits.startsWith('0') ? digits.slice(1) : digits
}
