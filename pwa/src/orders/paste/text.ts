// A pasted message made readable for the parser without losing how it stood: two texts of the same length, one shown, one plain, so that a
// place found in the plain one can be cut out of the shown one.

export interface Text {
  /** As it stood, without what only decorates. */
  shown: string
  /** The same in ASCII where there is one, in small letters. */
  plain: string
}

/** A stretch of both texts. */
export interface Span {
  start: number
  end: number
}

const INVISIBLE = /[\uFE0E\uFE0F\u20E3\u200B-\u200D\u2060\uFEFF]/g
const DECORATION = /(?!✘)\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[①-⑳❶-❿]/gu
// What WeChat copies in place of its own faces.
const FACE =
  /\[(?:微笑|撇嘴|色|发呆|得意|流泪|害羞|闭嘴|睡|大哭|尴尬|发怒|调皮|呲牙|惊讶|难过|囧|抓狂|吐|偷笑|愉快|白眼|傲慢|困|惊恐|憨笑|悠闲|咒骂|疑问|嘘|晕|衰|骷髅|敲打|再见|擦汗|抠鼻|鼓掌|坏笑|右哼哼|鄙视|委屈|快哭了|阴险|亲亲|可怜|笑脸|生病|脸红|破涕为笑|恐惧|失望|无语|嘿哈|捂脸|奸笑|机智|皱眉|耶|吃瓜|加油|汗|天啊|Emm|社会社会|旺柴|好的|打脸|哇|翻白眼|666|让我看看|叹气|苦涩|裂开|嘴唇|爱心|心碎|拥抱|强|弱|握手|胜利|抱拳|勾引|拳头|OK|合十|啤酒|咖啡|蛋糕|玫瑰|凋谢|菜刀|炸弹|便便|月亮|太阳|庆祝|礼物|红包|發|福|烟花|爆竹|猪头|跳跳|发抖|转圈)\]/g

/** Crossed out: the mark in front of what is not wanted. */
export const NOT = '✘'

/** Between two clauses, whatever the writer took for it. */
const STOP = '；'

// So long a gap or rule says no more than a short one.
const GAP = /[ \u3000\u00a0]{4,}/g
const RULE = /([-—_~.…=*#])\1{5,}/g

/** The two texts of a message. */
export function textOf(message: string): Text {
  const shown = message
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, '')
    .replace(GAP, '   ')
    .replace(RULE, '$1$1$1')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/[✖✕╳]/g, '×')
    .replace(/[➕＋]/g, '+')
    .replace(/[❌🚫⛔✗]/gu, NOT)
    .replace(DECORATION, STOP)
    .replace(FACE, STOP)
  return { shown, plain: plainOf(shown) }
}

/** Full-width signs as ASCII, spaces of any kind as one kind, small letters; every character stays where it is. */
export function plainOf(shown: string): string {
  return shown.replace(/[！-～\u3000\u00a0\u2002-\u200aA-Z＊✱]/g, (sign) => {
    const code = sign.charCodeAt(0)
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase()
    if (sign === '✱') return '*'
    return code < 0x80 ? sign.toLowerCase() : ' '
  })
}

/** What stood at a place, without space and stops around it. */
export function shownAt(text: Text, span: Span): string {
  return text.shown.slice(span.start, span.end).replace(/^[\s，,、；;：:。.|]+|[\s，,、；;：:。.|]+$/g, '')
}

/** The span without space at its ends; empty when there is nothing else. */
export function trimmed(plain: string, span: Span): Span {
  let { start, end } = span
  while (start < end && /\s/.test(plain[start] as string)) start += 1
  while (end > start && /\s/.test(plain[end - 1] as string)) end -= 1
  return { start, end }
}

/** Every match of a pattern with the flag g as a span with what it captured. */
export function spansOf(pattern: RegExp, plain: string): (Span & { found: RegExpExecArray })[] {
  const spans: (Span & { found: RegExpExecArray })[] = []
  pattern.lastIndex = 0
  for (let found = pattern.exec(plain); found; found = pattern.exec(plain)) {
    if (found[0]) spans.push({ start: found.index, end: found.index + found[0].length, found })
    else pattern.lastIndex += 1
  }
  return spans
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}

/** The text with these stretches written over by one sign. */
export function blanked(plain: string, spans: readonly Span[], sign: string): string {
  let out = ''
  let at = 0
  for (const { start, end } of [...spans].sort((one, other) => one.start - other.start)) {
    if (end <= at) continue
    const from = Math.max(at, start)
    out += plain.slice(at, from) + sign.repeat(end - from)
    at = end
  }
  return out + plain.slice(at)
}
