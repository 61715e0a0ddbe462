// An amount in Chinese capital numerals (大写金额), as documents carry it beside the figures so that nobody alters them. The rules are
// those for filling in bills of the People's Bank of China (支付结算办法, annex 1): where they leave a choice, the shorter way is taken.

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']

/** Below ten thousand, without leading zeros; zeros inside stand once, those at its end not at all. */
function ofGroup(group: number): string {
  let said = ''
  let hasGap = false
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10
    if (digit === 0) {
      hasGap = said !== ''
      continue
    }
    said += `${hasGap ? DIGITS[0] : ''}${DIGITS[digit]}${PLACES[place]}`
    hasGap = false
  }
  return said
}

function ofYuan(yuan: number): string {
  let said = ''
  let hasGap = false
  for (let index = GROUPS.length - 1; index >= 0; index -= 1) {
    const group = Math.floor(yuan / 10_000 ** index) % 10_000
    if (group === 0) {
      // A whole group of nothing is a gap like any other zero.
      hasGap = said !== ''
      continue
    }
    const isGap = hasGap || (said !== '' && group < 1000)
    // 亿 is said once for both of its groups: 叁万伍仟亿, and alone where there is nothing below.
    const name = index === 3 && Math.floor(yuan / 10_000 ** 2) % 10_000 ? '万' : GROUPS[index]
    said += `${isGap ? DIGITS[0] : ''}${ofGroup(group)}${name}`
    hasGap = false
  }
  return said
}

/** "壹仟陆佰捌拾元叁角贰分" of 168032 fen, "零元整" of none; below zero it leads with 负. Throws RangeError when it is no whole fen. */
export function moneyInWords(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`not whole fen: ${fen}`)
  const whole = Math.abs(fen)
  const yuan = Math.floor(whole / 100)
  const jiao = Math.floor(whole / 10) % 10
  const rest = whole % 10
  const sign = fen < 0 ? '负' : ''
  if (whole === 0) return '零元整'
  const said = yuan ? `${ofYuan(yuan)}元` : ''
  if (!jiao && !rest) return `${sign}${said}整`
  if (!jiao) return `${sign}${said}${said && DIGITS[0]}${DIGITS[rest]}分`
  return `${sign}${said}${DIGITS[jiao]}角${rest ? `${DIGITS[rest]}分` : '整'}`
}
