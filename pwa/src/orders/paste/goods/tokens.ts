// What names of goods and the words for them are compared by: single Han characters, Latin words, numbers, and measures (550ml, 128g) in
// one spelling.

export type TokenKind = 'han' | 'word' | 'number' | 'measure'

export interface Token {
  /** The one spelling: small letters, ml for 毫升, 2xl for XXL. */
  text: string
  /** As it stands inside a joined text: Han as it is, anything else between marks, so that 5l is never found in 1.5l. */
  part: string
  kind: TokenKind
  /** Where it stood in the text. */
  start: number
  end: number
}

const MEASURE: Record<string, string> = {
  毫升: 'ml',
  升: 'l',
  公升: 'l',
  克: 'g',
  千克: 'kg',
  公斤: 'kg',
  gb: 'g',
  tb: 't',
  瓦: 'w',
  毫安: 'mah',
  厘米: 'cm',
  公分: 'cm',
  毫米: 'mm',
  米: 'm',
  英寸: '寸',
  吋: '寸',
}
const SIZE: Record<string, string> = { xxl: '2xl', xxxl: '3xl', xxxxl: '4xl' }
const FIGURE: Record<string, string> = { 一: '1', 二: '2', 两: '2', 三: '3', 四: '4', 五: '5' }

// A unit of one letter stands at its number; what is a size too, before no figure: in "M2L3" nothing is two litres.
const NO_HAN =
  /(?:(\d+(?:\.\d+)?|[一二两三四五](?=米(?![白饭粉线酒醋])))(?: ?(毫升|公升|升|千克|公斤|克|瓦|毫安|厘米|公分|毫米|米|英寸|吋|寸|mah|ml|gb|tb|kg|cm|mm)(?![a-z])|([gw](?![a-z])|[lmt](?![a-z\d恤])))|(\dxl|x{1,4}l)(?![a-z])|(\d+(?:\.\d+)?)|([a-z]+)|([一二两三四五])(?=段))/y

const MARK = '\u0001'
const END = '\u0002'

function isFigureOrLetter(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a)
}

/** Han, also the rarer ones. */
function isHan(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || code === 0x3005 || code === 0x3007
}

type Take = (text: string, kind: TokenKind, start: number, end: number) => void

/** Gives every token of a plain text (small letters, ASCII) in turn; everything else only parts them. */
function eachToken(plain: string, take: Take): void {
  for (let at = 0; at < plain.length; at++) {
    const code = plain.charCodeAt(at)
    const is_han = isHan(code)
    // Only a few Han are figures.
    const may_count = is_han && /[米段]/.test(plain[at + 1] ?? '') && FIGURE[plain[at] as string] !== undefined
    if (is_han && !may_count) take(plain[at] as string, 'han', at, at + 1)
    else if (may_count || isFigureOrLetter(code)) {
      NO_HAN.lastIndex = at
      const found = NO_HAN.exec(plain)
      if (found) {
        const end = at + found[0].length
        takeFound(found, take, at, end)
        at = end - 1
      } else take(plain[at] as string, 'han', at, at + 1)
    }
  }
}

function takeFound(found: RegExpExecArray, take: Take, start: number, end: number): void {
  const [, amount, long_unit, letter, size, number, word, stage] = found
  const unit = long_unit ?? letter
  if (amount !== undefined && unit !== undefined) {
    take(`${Number(FIGURE[amount] ?? amount)}${MEASURE[unit] ?? unit}`, 'measure', start, end)
  } else if (size !== undefined) take(SIZE[size] ?? size, 'word', start, end)
  else if (number !== undefined) take(String(Number(number)), 'number', start, end)
  else if (word !== undefined) take(word, 'word', start, end)
  else take(FIGURE[stage as string] as string, 'number', start, end)
}

function partOf(text: string, kind: TokenKind): string {
  return kind === 'han' ? text : `${MARK}${text}${END}`
}

/** The tokens of a plain text. */
export function tokensOf(plain: string): Token[] {
  const tokens: Token[] = []
  eachToken(plain, (text, kind, start, end) => tokens.push({ text, part: partOf(text, kind), kind, start, end }))
  return tokens
}

/** The joined text of a plain text's tokens. */
export function joinedOf(plain: string): string {
  let joined = ''
  eachToken(plain, (text, kind) => {
    joined += partOf(text, kind)
  })
  return joined
}

export function joined(tokens: readonly Token[]): string {
  let text = ''
  for (const token of tokens) text += token.part
  return text
}

/** Whether a joined text has this number, by itself or in a measure. */
export function hasNumber(joined_text: string, number: string): boolean {
  const at = joined_text.indexOf(MARK + number)
  return at >= 0 && !/[\d.]/.test(joined_text[at + 1 + number.length] as string)
}

/** The number a measure begins with: 550 of 550ml. */
export function numberIn(measure: string): string {
  return /^[\d.]*/.exec(measure)?.[0] ?? ''
}
