// Paste to order: a text out of a chat becomes order lines, a recipient, a mobile number and a split address. What is not beyond doubt is
// marked unsure and comes with what may be meant. Pure and offline; nothing here is drawn or stored.

import type { Divisions } from '../../customers/divisions'
import { type Block, readBlock } from './block'
import type { Catalogue } from './goods/catalogue'
import { phonesIn } from './recipients/phones'
import { type Text, textOf } from './text'
import { notedIn, type Wish } from './wishes'

export { type Catalogue, catalogueOf } from './goods/catalogue'
export type { GoodsProduct, GoodsVariant } from './goods/goods'
export type { Match } from './lines/choice'
export type { PastedLine } from './lines/drafts'
export type { ReadAddress } from './recipients/places_in'
export type { Read } from './recipients/recipients'
export type { Wish } from './wishes'

/** A message as it was read. */
export interface Pasted extends Block {
  /**
   * Where blank lines part several complete recipients: one for each. Outside of them then stands only what belongs to none, and the
   * whole is unsure.
   */
  blocks: Block[]
}

/** Of a longer message only so many characters are read; the rest of it is left over, and the whole unsure. */
export const LONGEST = 10_000

/**
 * Reads a message against a catalogue; `divisions` come from loadDivisions(), `today` is the ISO day 明天 comes after. Never throws, whatever
 * the text.
 */
export function parsePaste(message: string, catalogue: Catalogue, divisions: Divisions, today = ''): Pasted {
  const read = readWhole(message.slice(0, LONGEST), catalogue, divisions, today)
  if (message.length <= LONGEST) return read
  return { ...read, rest: [...read.rest, message.slice(LONGEST).trim()], is_sure: false }
}

function readWhole(message: string, catalogue: Catalogue, divisions: Divisions, today: string): Pasted {
  const text = textOf(message)
  const paragraphs = paragraphsOf(text)
  // Only where several of them have a number can there be several recipients.
  const numbered = paragraphs.filter(({ plain }) => phonesIn(plain, () => false).length > 0)
  const read =
    numbered.length < 2 ? [] : numbered.map((one) => ({ one, block: readBlock(one, catalogue, divisions, today) }))
  const complete = read.filter(({ block }) => isComplete(block))
  if (complete.length < 2) return { ...readBlock(text, catalogue, divisions, today), blocks: [] }
  const outside = paragraphs.filter((one) => !complete.some((other) => other.one === one))
  const others = readBlock(joinedOf(outside), catalogue, divisions, today)
  return {
    ...others,
    // Whose they are is not said.
    lines: others.lines.map((line) => ({ ...line, is_sure: false })),
    is_sure: false,
    // What is said beside them all is meant for each that says nothing else.
    blocks: complete.map(({ block }) => (block.wish || !others.wish ? block : wished(block, others.wish))),
  }
}

function wished(block: Block, wish: Wish): Block {
  return { ...block, wish, rest: notedIn(block.rest, wish) }
}

function isComplete({ mobile, address }: Block): boolean {
  return mobile.text !== '' && (address.street !== '' || address.county !== '')
}

function paragraphsOf({ shown, plain }: Text): Text[] {
  const blank = /\n[^\S\n]*(?:\n[^\S\n]*)+/g
  const paragraphs: Text[] = []
  let from = 0
  const add = (to: number): void => {
    if (plain.slice(from, to).trim()) paragraphs.push({ shown: shown.slice(from, to), plain: plain.slice(from, to) })
  }
  for (let found = blank.exec(plain); found; found = blank.exec(plain)) {
    add(found.index)
    from = found.index + found[0].length
  }
  add(plain.length)
  return paragraphs
}

function joinedOf(texts: readonly Text[]): Text {
  return {
    shown: texts.map(({ shown }) => shown).join('\n\n'),
    plain: texts.map(({ plain }) => plain).join('\n\n'),
  }
}
