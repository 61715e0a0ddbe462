// What products are found by: pairs of Han characters beside each other, words, measures and the numbers in them. Every gram has a number,
// and each product its list of them in one long row, since there are hundreds of thousands of them in a catalogue.

import { plainOf } from '../text'
import { numberIn, type Token, tokensOf } from './tokens'

const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fff
const HAN_COUNT = LAST_HAN - FIRST_HAN + 1

type Gram = string | number

/** A pair of Han as one number. */
function pairOf(first: number, second: number): number {
  return (first - FIRST_HAN) * HAN_COUNT + (second - FIRST_HAN)
}

function isHan(code: number): boolean {
  return code >= FIRST_HAN && code <= LAST_HAN
}

/** A number with the character before it: 纸 10. Only names have this gram; it tells whether a numeral is part of one. */
export function behind(han: string, number: string): string {
  return `${han}#${number}`
}

/** The grams of tokens, each once. */
export function gramsOf(tokens: readonly Token[]): Set<Gram> {
  const grams = new Set<Gram>()
  let before = 0
  for (const { kind, text } of tokens) {
    const code = kind === 'han' ? text.charCodeAt(0) : 0
    if (kind === 'han') {
      if (isHan(before) && isHan(code)) grams.add(pairOf(before, code))
    } else {
      grams.add(text)
      if (kind === 'measure') grams.add(numberIn(text))
    }
    before = code
  }
  return grams
}

const NONE = new Int32Array(0)

/** Which of some names have a gram. */
export class Grams {
  private readonly ids = new Map<Gram, number>()
  /** Gram and name by turns, until they are put in order. */
  private pairs = new Int32Array(1 << 16)
  private count = 0
  private starts = NONE
  private places = NONE

  /** Notes the grams of a name, which is the `at`-th; names come in order. */
  add(name: string, at: number): void {
    let before = 0
    let has_others = false
    for (let index = 0; index < name.length; index++) {
      const code = name.charCodeAt(index)
      if (isHan(code)) {
        if (before) this.note(pairOf(before, code), at)
        before = code
      } else {
        // Spaces and stops part no two characters; letters and figures do.
        if (code > 0x2f && !(code >= 0x3000 && code <= 0x303f)) before = 0
        has_others = true
      }
    }
    if (!has_others) return
    let han = ''
    for (const { kind, text } of tokensOf(plainOf(name))) {
      if (kind === 'han') {
        han = text
        continue
      }
      this.note(text, at)
      const number = kind === 'word' ? '' : numberIn(text)
      if (kind === 'measure') this.note(number, at)
      if (han && number) this.note(behind(han, number), at)
      han = ''
    }
  }

  private note(gram: Gram, at: number): void {
    let id = this.ids.get(gram)
    if (id === undefined) {
      id = this.ids.size
      this.ids.set(gram, id)
    }
    if (this.count + 2 > this.pairs.length) {
      const larger = new Int32Array(this.pairs.length * 2)
      larger.set(this.pairs)
      this.pairs = larger
    }
    this.pairs[this.count++] = id
    this.pairs[this.count++] = at
  }

  /** Puts what was noted in order of the grams; nothing can be added after it. */
  close(): void {
    const starts = new Int32Array(this.ids.size + 1)
    for (let pair = 0; pair < this.count; pair += 2) starts[(this.pairs[pair] as number) + 1]! += 1
    for (let id = 1; id < starts.length; id++) starts[id]! += starts[id - 1] as number
    const next = starts.slice()
    const places = new Int32Array(this.count / 2)
    for (let pair = 0; pair < this.count; pair += 2) {
      const id = this.pairs[pair] as number
      places[next[id] as number] = this.pairs[pair + 1] as number
      next[id]! += 1
    }
    this.starts = starts
    this.places = places
    this.pairs = NONE
  }

  has(gram: Gram): boolean {
    return this.ids.has(gram)
  }

  /** The names that have a gram, in their order; one that has it twice stands there twice. */
  placesOf(gram: Gram): Int32Array {
    const id = this.ids.get(gram)
    return id === undefined ? NONE : this.places.subarray(this.starts[id], this.starts[id + 1])
  }
}
