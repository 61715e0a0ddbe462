// What names of goods and the words for them are compared by: single Han characters, Latin words, numbers, and measures (550ml, 128g) in
// one spelling.

export type TokenKind = 'han' | 'word' | 'number' | 'measure'

export interface Token {
  /** The one spelling: small letters, ml for 毫升, 2xl for XXL. */
  text: string
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

// A unit of one letter stands at its number and before no other letter or figure: in "M2 L3" nothing is two litres.
const TOKEN =
  /(\d+(?:\.\d+)?|[一二两三四五](?=米(?![白饭粉线酒醋])))(?: ?(毫升|公升|升|千克|公斤|克|瓦|毫安|厘米|公分|毫米|米|英寸|吋|寸|mah|ml|gb|tb|kg|cm|mm)(?![a-z])|([glmtw])(?![a-z\d恤]))|(\dxl|x{1,4}l)(?![a-z])|(\d+(?:\.\d+)?)|([a-z]+)|([一二两三四五])(?=段)|(\p{Script=Han})/gu

/** The tokens of a plain text (small letters, ASCII); everything else only parts them. */
export function tokensOf(plain: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(plain); found; found = TOKEN.exec(plain)) {
    const [all, amount, long_unit, letter, size, number, word, stage, han] = found
    const unit = long_unit ?? letter
    const end = found.index + all.length
    const add = (text: string, kind: TokenKind): void => {
      tokens.push({ text, kind, start: found?.index ?? 0, end })
    }
    if (amount !== undefined && unit !== undefined)
      add(`${Number(FIGURE[amount] ?? amount)}${MEASURE[unit] ?? unit}`, 'measure')
    else if (size !== undefined) add(SIZE[size] ?? size, 'word')
    else if (number !== undefined) add(String(Number(number)), 'number')
    else if (word !== undefined) add(word, 'word')
    else if (stage !== undefined) add(FIGURE[stage] as string, 'number')
    else add(han as string, 'han')
  }
  return tokens
}

/** A token as it stands inside a joined text: Han as it is, anything else between marks, so that 5l is never found in 1.5l. */
export function joined(tokens: readonly Token[]): string {
  let text = ''
  for (const token of tokens) text += token.kind === 'han' ? token.text : `\u0001${token.text}\u0002`
  return text
}
