// Finds the recipient's address in the pieces of a message: where it begins, what still belongs to it, and what makes it unsure.

import { type Address, splitAddress } from '../../../customers/addresses'
import { isFiller } from '../chatter'
import { type Span, shownAt, trimmed } from '../text'
import { nameLikeness, SHOP } from './names'
import { type Piece, wordsOf } from './pieces'
import { addressStart, goesOn, hasNoCounties, isDetail, isUnfinished } from './places'
import { beginsWithGoods, countsPacks, type Place, type Reading } from './reading'

export interface ReadAddress extends Address {
  is_sure: boolean
}

/** Where what follows an address without a space may begin. */
const CLOSED = /[号室楼层栋幢座元店厦院村园\da-z)）]$/
const LONGEST_NAME = 40
const THANKS = /(?:谢谢|多谢|感谢|辛苦|麻烦|尽快|加急|急用|拜托)[^\d]*$/
/** Characters that hang on a house number. */
const TAIL = /\d(?:号楼?|弄|室|层|楼|栋|幢|座|单元)(\p{Script=Han}{2,6})$/u
/** What begins a piece that is a wish and no part of an address. */
const WISH = /^(?:放|送|请|麻烦|明|今|后天|下|上午|周|要|急|到|找|联系|电话|不|别|尽|谢|辛苦|发|寄|货|留|备)/
const SOMEWHERE = /^(?:我?们?店里?|家里?|公司|仓库|门口|楼下|前台|我?们?这里?|这边|我?们?那里?|物业|门卫|驿站|快递柜)/

/** Takes the address of a piece, or what goes on with the one before. */
export function readPlace(reading: Reading, piece: Piece): void {
  const { text, around, places } = reading
  const start = addressStart(around.divisions, text.plain, piece)
  const last = places[places.length - 1]
  const is_open = last !== undefined && splitAddress(around.divisions, wholeOf(reading, last)).street === ''
  if (start >= 0 && !isGoodsAt(reading, start, piece.end) && !(is_open && follows(reading, last, piece))) {
    const place = takenFrom(reading, start, piece)
    const is_repeat = last && wholeOf(reading, last) === wholeOf(reading, place)
    if (!is_repeat) places.push(place)
    return
  }
  if (last && follows(reading, last, piece)) {
    const { spans, is_sure } = takenFrom(reading, piece.start, piece)
    last.spans.push(...spans)
    last.is_sure &&= is_sure
    return
  }
  const plain = text.plain.slice(piece.start, piece.end)
  if (piece.label === 'detail' || piece.label === 'region') {
    const [first] = wordsOf(text.plain, piece)
    if (isDetail(plain) || piece.label === 'region')
      places.push({ ...takenFrom(reading, piece.start, piece), is_sure: false })
    else if (!SOMEWHERE.test(plain) && !isFiller(plain) && first && !isPerson(reading, first)) {
      reading.is_somewhere_unknown = true
    }
  } else if (piece.phone_after || piece.phone_before) {
    const begin = wordsOf(text.plain, piece).find((word) => !isPerson(reading, word))
    const place = begin && takenFrom(reading, begin.start, piece)
    const [span] = place?.spans ?? []
    if (place && span && isDetail(text.plain.slice(span.start, span.end))) places.push({ ...place, is_sure: false })
  } else if (isEnglish(plain)) {
    if (last && !last.is_sure && isEnglish(shownAt(text, last.spans[0] as Span).toLowerCase())) last.spans.push(piece)
    else places.push({ spans: [piece], is_sure: false })
  }
}

function isPerson({ text }: Reading, word: Span): boolean {
  return nameLikeness(shownAt(text, word)) === 'full'
}

function isEnglish(plain: string): boolean {
  return (
    /^[a-z\d\s.#-]+$/.test(plain) &&
    /\b(?:room|rm|road|rd|street|st|avenue|ave|building|bldg|district|floor|lane|no)\b/.test(plain)
  )
}

/** Whether what could be an address is goods: 青岛纯生2箱. */
function isGoodsAt(reading: Reading, start: number, end: number): boolean {
  const [first] = wordsOf(reading.text.plain, { start, end })
  return (
    first !== undefined &&
    beginsWithGoods(reading, first) &&
    !isDetail(reading.text.plain.slice(first.start, first.end))
  )
}

/** Whether a piece goes on with an address: a house, a floor, a road behind a county. */
function follows(reading: Reading, place: Place, piece: Piece): boolean {
  const { text, pieces } = reading
  if (piece.label && piece.label !== 'detail') return false
  const end = (place.spans[place.spans.length - 1] as Span).end
  const before = pieces[pieces.indexOf(piece) - 1]
  const is_next = before !== undefined && before.end <= end + 1 && before.end >= end && !piece.phone_before
  if (!is_next && piece.label !== 'detail') return false
  const plain = text.plain.slice(piece.start, piece.end)
  const [first] = wordsOf(text.plain, piece)
  if (!first || WISH.test(plain) || beginsWithGoods(reading, first) || isPerson(reading, first)) return false
  return isDetail(plain) || goesOn(plain.split(/\s/)[0] as string) || piece.label === 'detail'
}

/** The address from a place to where it ends in its piece. */
function takenFrom(reading: Reading, start: number, piece: Piece): Place {
  const { plain } = reading.text
  const words = wordsOf(plain, { start, end: piece.end })
  let is_sure = true
  let end = start
  for (const [at, word] of words.entries()) {
    const cut = goodsCut(reading, word)
    if (at > 0) {
      const said = plain.slice(word.start, word.end)
      const is_last = at === words.length - 1
      if (beginsWithGoods(reading, word) || isFiller(said)) break
      if (is_last && SHOP.test(said) && piece.phone_after && !isDetail(said)) {
        is_sure = false
        reading.shops.push({ span: word, text: shownAt(reading.text, word), is_sure: false })
        break
      }
      const is_part = goesOn(said)
      if (!is_part && (isPerson(reading, word) || !isUnfinished(plain.slice(start, end)))) break
    }
    end = cut ?? word.end
    if (cut !== null) {
      if (!CLOSED.test(plain.slice(start, cut))) is_sure = false
      break
    }
  }
  const thanks = THANKS.exec(plain.slice(start, end))
  if (thanks) end = start + thanks.index
  const tail = TAIL.exec(plain.slice(start, end))
  const said = tail?.[1] ?? ''
  if (tail && !goesOn(said)) {
    // 92号李雷: the name of a person or of a house.
    is_sure = false
    const span = { start: end - said.length, end }
    if (nameLikeness(said) === 'full') {
      reading.shops.push({ span, text: shownAt(reading.text, span), is_sure: false })
      end -= said.length
    }
  }
  const span = trimmed(plain, { start, end: Math.max(end, start) })
  if (countsPacks(reading, span)) is_sure = false
  return { spans: [span], is_sure }
}

/** Where in a word goods begin that hang on an address: …90号|红牛1箱; null when none do. */
function goodsCut({ text, around }: Reading, word: Span): number | null {
  const quantity = around.quantities.find(
    ({ start, end }) => start > word.start && end <= word.end + 4 && start < word.end,
  )
  if (!quantity) return null
  for (let at = Math.max(word.start + 4, quantity.start - LONGEST_NAME); at < quantity.start - 1; at++) {
    if (around.isGoods(text.plain.slice(at, quantity.start))) return at
  }
  return null
}

/** The stretches of an address as one text: behind a stop as it stood, from the next line joined. */
function wholeOf({ text }: Reading, { spans }: Place): string {
  let whole = ''
  let before: Span | undefined
  for (const span of spans) {
    const between = before ? text.shown.slice(before.end, span.start) : ''
    const is_near = between.length <= 2 && !between.includes('\n')
    whole += `${is_near ? between : ''}${text.shown.slice(span.start, span.end)}`
    before = span
  }
  return whole
}

/** The one address, split; unsure when there are several, when its county is not known or when it has no street. */
export function oneAddress(reading: Reading): ReadAddress {
  const { places, around } = reading
  const [first, ...others] = places
  if (!first) return { province: '', city: '', county: '', street: '', is_sure: !reading.is_somewhere_unknown }
  const address = splitAddress(around.divisions, wholeOf(reading, first))
  const has_county = address.county !== '' || hasNoCounties(around.divisions, address.city)
  const has_street =
    !address.street.includes(':') &&
    !address.street.includes('：') &&
    /\d|[路街道巷村镇乡号楼园区城厦]/.test(address.street)
  const is_sure = first.is_sure && others.length === 0 && has_county && has_street && !reading.is_somewhere_unknown
  return { ...address, is_sure }
}
