// Pack words: what counts as one behind a numeral, and which pack of a variant such a word means.

/** Words people count goods with, beside the units of the catalogue. 块 is money unless goods are sold by it. */
const COUNTED =
  '箱件瓶罐听盒包袋桶提板排条支枝根个只双对套台部打卡盘筐扎捆卷张本把片杯碗坛壶份组株粒颗串头尾枚盆床顶副付辆斤吨'

const LONG = ['公斤', '千克', 'kg', '盒子', '箱子', '袋子', '瓶子', '麻袋']

/** Sold by weight or length, so that a part of one is a quantity like any other. */
const MEASURED = new Set(['斤', '公斤', '千克', 'kg', '吨', '米', '升', '克', '两'])

/** The same thing by another word. */
const SAME = [
  ['罐', '听'],
  ['支', '枝'],
  ['台', '部'],
  ['盒', '盒子'],
  ['箱', '箱子'],
  ['瓶', '瓶子'],
  ['袋', '袋子'],
  ['公斤', '千克', 'kg'],
]

/** Words for one of anything: right where it comes in one unit only. 件 is none of them, since it is also a case. */
const ANY = new Set(['个', '只', '份'])

/** A pattern part that matches a pack word, longest first. */
export function unitPattern(units: readonly string[]): string {
  const words = new Set([...LONG, ...COUNTED, ...units.map((unit) => unit.toLowerCase())])
  return [...words]
    .filter((word) => word && !/[\d\s]/.test(word))
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')
}

export function isMeasured(word: string): boolean {
  return MEASURED.has(word)
}

/** The unit of these that a pack word means, null when that cannot be told. No word means the only one there is. */
export function unitMeant(units: readonly string[], word: string | null): string | null {
  const only = units.length === 1 ? (units[0] as string) : null
  if (word === null) return only
  for (const unit of units) if (unit.toLowerCase() === word) return unit
  const same = SAME.find((words) => words.includes(word))
  if (same) for (const unit of units) if (same.includes(unit.toLowerCase())) return unit
  return ANY.has(word) ? only : null
}
