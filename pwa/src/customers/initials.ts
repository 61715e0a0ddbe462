// The first letters of a Chinese name's syllables, near enough to find a customer by before the server has spelt him: the order of
// characters by sound, which every browser knows, says the letter. A character of several readings gets its common one.

/** The first character of each letter in that order; i, u and v begin no syllable. */
const FIRST: readonly (readonly [string, string])[] = [
  ['阿', 'a'],
  ['八', 'b'],
  ['嚓', 'c'],
  ['咑', 'd'],
  ['妸', 'e'],
  ['发', 'f'],
  ['旮', 'g'],
  ['哈', 'h'],
  ['丌', 'j'],
  ['咔', 'k'],
  ['垃', 'l'],
  ['妈', 'm'],
  ['拏', 'n'],
  ['噢', 'o'],
  ['妑', 'p'],
  ['七', 'q'],
  ['呥', 'r'],
  ['仨', 's'],
  ['他', 't'],
  ['屲', 'w'],
  ['夕', 'x'],
  ['丫', 'y'],
  ['帀', 'z'],
]

let collator: Intl.Collator | undefined

/** Lower case, letters and digits as they are, anything else left out. */
export function roughInitials(name: string): string {
  collator ??= new Intl.Collator('zh-Hans-CN-u-co-pinyin')
  const order = collator
  let letters = ''
  for (const character of name.normalize('NFKC').toLowerCase()) {
    if (/[a-z0-9]/.test(character)) letters += character
    else if (/\p{Script=Han}/u.test(character)) {
      letters += FIRST.reduce((last, [first, letter]) => (order.compare(character, first) < 0 ? last : letter), 'a')
    }
  }
  return letters
}
