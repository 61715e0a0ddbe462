// Who receives an order and where: labelled or not, in any order, on one line or several. What only may be so is marked unsure.

import { isFiller } from '../chatter'
import { overlaps, type Span, type Text } from '../text'
import { type Label, labelsIn } from './labels'
import { findBesidePhones, oneName, readLabelled } from './names_in'
import { type Phone, phonesIn } from './phones'
import { piecesOf } from './pieces'
import { oneAddress, type ReadAddress, readPlace } from './places_in'
import type { Around, Reading } from './reading'

/** Something read, and whether it is sure. Not said at all: an empty text that is sure. */
export interface Read {
  text: string
  is_sure: boolean
}

export interface Recipient {
  recipient: Read
  mobile: Read
  address: ReadAddress
  /** What belongs to it or is a note, so that no goods are looked for there. */
  used: Span[]
  /** Of those, what the order still has to be read for: notes, landlines, further numbers. */
  rest: Span[]
  /** Labels of goods and counts, which are no words of them. */
  labels: Label[]
}

/** Who receives it and where, as one block of a message says. */
export function recipientIn(text: Text, around: Around): Recipient {
  const { plain } = text
  const labels = labelsIn(plain)
  const notes = notesOf(plain, labels)
  const isOutside = (span: Span): boolean => !notes.some((note) => overlaps(note, span))
  const phones = phonesIn(plain, around.isCode).filter(isOutside)
  const naming = labels.filter(isOutside)
  const reading: Reading = {
    text,
    around,
    labels: naming,
    phones,
    pieces: piecesOf(plain, naming, phones, notes),
    names: [],
    places: [],
    shops: [],
    is_somebody_unknown: false,
    is_somewhere_unknown: false,
  }
  for (const piece of reading.pieces) {
    if (piece.label === 'name') readLabelled(reading, piece)
    if (piece.label !== 'goods' && piece.label !== 'count') readPlace(reading, piece)
  }
  if (!reading.names.length) findBesidePhones(reading)
  if (!reading.names.length) reading.names.push(...reading.shops)

  const recipient = oneName(reading)
  const address = oneAddress(reading)
  const { mobile, others } = mobileOf(reading)
  if (reading.phones.some(({ kind }) => kind === 'hidden')) {
    // The shop's extension stands in all three, and all three are needed to deliver.
    recipient.is_sure = false
    address.is_sure = false
  }
  const places = reading.places.flatMap(({ spans }) => spans)
  const about_goods = labels.filter(({ kind }) => kind === 'goods' || kind === 'count')
  const used = [
    ...notes,
    ...phones,
    ...reading.names.map(({ span }) => span),
    ...places,
    ...naming.filter(({ kind, end }) => {
      if (kind === 'name' || kind === 'phone') return true
      return (kind === 'detail' || kind === 'region') && places.some(({ start }) => start >= end && start - end < 3)
    }),
  ]
  return { recipient, mobile, address, used, rest: [...notes, ...others], labels: about_goods }
}

/** Stretches that a label says are no goods and nobody: 备注：…, 运费：…. */
function notesOf(plain: string, labels: readonly Label[]): Span[] {
  const notes: Span[] = []
  for (const [index, { kind, start, end }] of labels.entries()) {
    if (kind !== 'note' && kind !== 'other') continue
    const line_end = plain.indexOf('\n', end)
    notes.push({
      start,
      end: Math.min(labels[index + 1]?.start ?? plain.length, line_end < 0 ? plain.length : line_end),
    })
  }
  return notes.filter(({ start, end }) => !isFiller(plain.slice(start, end)))
}

function mobileOf({ phones }: Reading): { mobile: Read; others: Span[] } {
  const ofKind = (wanted: Phone['kind']): Phone | undefined => phones.find(({ kind }) => kind === wanted)
  const first = ofKind('mobile') ?? ofKind('hidden') ?? ofKind('doubtful')
  const others = phones.filter(({ digits }) => digits !== first?.digits)
  if (!first) return { mobile: { text: '', is_sure: true }, others }
  const is_sure =
    first.kind === 'mobile' && phones.every(({ kind, digits }) => kind === 'landline' || digits === first.digits)
  return { mobile: { text: first.digits, is_sure }, others }
}
