// What somebody makes of a message that was read: which lines he takes as what, and the carts that come of it. What is unsure is taken as
// nothing until he says so. Pure.

import { lineKey } from '../catalog/rows'
import { uuid7 } from '../core/ids'
import { type CartLine, NOWHERE, type Recipient } from './cart'
import type { Pasted, PastedLine } from './paste'
import type { Block } from './paste/block'

/** What a line is taken as. */
export interface Chosen {
  variant_id: string
  unit: string
  quantity_e3: number
}

/** One line of a message with what is made of it. */
export interface Item {
  /** The same for the same words after more was typed. */
  key: string
  line: PastedLine
  /** Null while it is open, and for a line that is left out. */
  chosen: Chosen | null
  is_left_out: boolean
}

/** One order of a message. */
export interface Section {
  key: string
  block: Block
  items: Item[]
  /** Null when nobody was named. */
  recipient: Recipient | null
  is_recipient_sure: boolean
}

/** What the person said of lines, by key: what it is, or that it is left out. */
export type Said = ReadonlyMap<string, Chosen | 'out'>

/** What a sure line is. */
function sureOf({ is_sure, matches, unit, quantity_e3 }: PastedLine): Chosen | null {
  const [only] = matches
  return is_sure && only && unit && quantity_e3 ? { variant_id: only.variant_id, unit, quantity_e3 } : null
}

function recipientOf({ recipient, mobile, address }: Block): Recipient | null {
  const { province, city, county, street } = address
  const given = { ...NOWHERE, name: recipient.text, mobile: mobile.text, province, city, county, street }
  return Object.values(given).some(Boolean) ? given : null
}

/** The orders in a message, with what was said of their lines. */
export function sectionsOf(pasted: Pasted, said: Said): Section[] {
  const blocks: Block[] = pasted.blocks.length ? [...pasted.blocks, ...(pasted.lines.length ? [pasted] : [])] : [pasted]
  return blocks.map((block, at) => {
    const seen = new Map<string, number>()
    const items = block.lines.map((line): Item => {
      const count = (seen.get(line.text) ?? 0) + 1
      seen.set(line.text, count)
      const key = `${at}/${line.text}/${count}`
      const own = said.get(key)
      return {
        key,
        line,
        chosen: own === 'out' ? null : (own ?? sureOf(line)),
        is_left_out: own === 'out',
      }
    })
    return {
      key: String(at),
      block,
      items,
      recipient: recipientOf(block),
      is_recipient_sure: block.recipient.is_sure && block.mobile.is_sure && block.address.is_sure,
    }
  })
}

/** How many lines are still open. */
export function openCount(sections: readonly Section[]): number {
  return sections.reduce((sum, { items }) => sum + items.filter((one) => !one.chosen && !one.is_left_out).length, 0)
}

/** What the chosen lines of a section come to, the same goods in the same unit as one line, on top of what is there. */
export function addedTo(lines: readonly CartLine[], { items }: Section): CartLine[] {
  const all = new Map(lines.map((line) => [lineKey(line), line]))
  for (const { chosen } of items) {
    if (!chosen) continue
    const before = all.get(lineKey(chosen))
    const quantity_e3 = (before?.quantity_e3 ?? 0) + chosen.quantity_e3
    all.set(lineKey(chosen), { ...chosen, line_id: before?.line_id ?? uuid7(), quantity_e3 })
  }
  return [...all.values()]
}
