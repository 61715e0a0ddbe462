// Prices, dates, totals and long numbers of a message: what must not be taken for quantities.

import { HAN_NUMERAL } from './lines/numbers'
import { type Span, spansOf } from './text'

const AMOUNT = '\\d+(?:\\.\\d+)?'

function pricePatterns(units: string): RegExp[] {
  const per = `(?:\\s*[/每]\\s*(?:${units})|一(?:${units}))`
  return [
    new RegExp(`[¥$@]\\s*${AMOUNT}(?:\\s*(?:元|块钱|块))?${per}?`, 'g'),
    new RegExp(`${AMOUNT}\\s*(?:元|块钱|块|rmb)(?:[\\d一二三四五六七八九]毛?)?(?:钱)?${per}?`, 'g'),
    new RegExp(`(?:单价|价格|价|原价|现价|特价|批发价|零售价)\\s*[:=是]?\\s*${AMOUNT}${per}?`, 'g'),
    new RegExp(
      `(?:共计|合计|总共|一共|总计|共|总价|货款|实付|应付|已付|付款|付了?|转了?|转账|收款|欠款?)\\s*[:=]?\\s*[¥$]?\\s*${AMOUNT}(?!\\s*(?:${units})|[\\d.])`,
      'g',
    ),
    new RegExp(`每(?:${units})\\s*${AMOUNT}`, 'g'),
    new RegExp(`${AMOUNT}\\s*/\\s*(?:${units})`, 'g'),
  ]
}

/** 9-14kg, 1-3岁 in brackets: whom a size is for. */
const SIZED_FOR =
  /[(]\s*\d+(?:\.\d+)?\s*[-~到至]\s*\d+(?:\.\d+)?\s*(?:kg|公斤|斤|岁|个?月|cm|厘米|码|g|ml)\s*(?:以[上下])?[)]/g

const DATES = [
  /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?/g,
  /(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份|底|初|中旬)?(?:(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[日号]?)?/g,
  /\d{1,2}\.\d{1,2}[日号]/g,
  /\d{1,2}[日号](?=前|要|到|送|发货|之前|下午|上午|晚|早|中午|左右)/g,
  /(?:下?下?个?|这|本)?(?:周|星期|礼拜)[一二三四五六日天末]/g,
  /(?:\d{1,2}|[一二三四五六七八九十两]{1,3})点(?:钟|半|\d{1,2}分?)?(?=前|之前|左右|到|送|来|要|多|\s|$|[,，。.!])/g,
  /(?:\d+|[一二三四五六七八九十两几]+)(?:天|周|个?月|个?小时|分钟|年)(?:内|后|之内|前)?/g,
]

/** 10:30, but not the 8:10 of 手环8：10个. */
function clockTimes(plain: string, units: string): Span[] {
  const counted = new RegExp(`^\\s*(?:${units})`)
  return spansOf(/\d{1,2}:\d{2}(?::\d{2})?/g, plain).filter(
    ({ start, end }) =>
      !/[a-z\d.-]/.test(plain[start - 1] ?? '') &&
      !/\d/.test(plain[end] ?? '') &&
      !counted.test(plain.slice(end, end + 6)),
  )
}

/** Numbers too long to be a quantity, with what names them: waybills, order numbers, tax numbers. */
const LONG_NUMBERS = [
  /(?:订单编?号|订单|快递单?号|运单号?|单号|流水号|税号|卡号|账号|交易号|合同号|发票号)\s*[:：]?\s*[a-z0-9-]{4,}/g,
  /https?:\/\/[\w./?=&%#:-]+/g,
]

/** Phrases with a numeral that count nothing. */
const IDIOMS =
  /一件代发|一件起发|一件起批|一次性|一会儿?|一定|一般|一直|一样(?!\s*[\d一二两三四五六七八九十半])|万一|三方|第[一二三四五六七八九十\d]+/g

const MENTION = /@[^\s@\d]{1,12}/g

/** A numeral in front of an item of a list. */
const ITEM = /(?:^|\n)[ ]*(?:[(（]?\d{1,2}[)）]|\d{1,2}\s*[、）)]|\d{1,2}\.(?!\d)|[一二三四五六七八九十]{1,2}[、.])/g

export interface Noise {
  /** Written over by spaces: what stands on either side still belongs together. */
  soft: Span[]
  /** 45一箱: a price, unless the number belongs to the name of the goods before it. */
  maybe_prices: (Span & { number_end: number })[]
  /** 一共5箱. */
  totals: (Span & { numeral: string; unit: string })[]
}

/** 1 怡宝 10箱 / 2 红牛 5箱: bare numbers that count the lines, two of them at least. */
function numberedLines(plain: string): Span[] {
  const spans: Span[] = []
  let expected = 1
  let at = 0
  for (const line of plain.split('\n')) {
    const [lead = '', number] = /^\s*(\d{1,2})\s+(?=\S)/.exec(line) ?? []
    if (Number(number) === expected) {
      spans.push({ start: at, end: at + lead.length })
      expected += 1
    }
    at += line.length + 1
  }
  return spans.length > 1 ? spans : []
}

/** What is no order in a plain text. `units` is unitPattern's. */
export function noiseIn(plain: string, units: string): Noise {
  const soft: Span[] = [...numberedLines(plain), ...clockTimes(plain, units)]
  for (const pattern of [...pricePatterns(units), ...DATES, ...LONG_NUMBERS, SIZED_FOR, IDIOMS, MENTION, ITEM]) {
    // An item begins after the end of the line before it, which still ends there.
    for (const { start, end } of spansOf(pattern, plain))
      soft.push({ start: plain[start] === '\n' ? start + 1 : start, end })
  }
  const numeral = `(\\d+|[${HAN_NUMERAL}]+)`
  const total = new RegExp(
    `(?:一共|总共|共计|合计|总计|共|加起来|拢共|(?:${units})\\s*=)(?:是|要|有|就)?\\s*${numeral}\\s*(${units})`,
    'g',
  )
  const maybe = new RegExp(`(${AMOUNT})\\s*一(?:${units})`, 'g')
  return {
    soft,
    maybe_prices: spansOf(maybe, plain).map(({ start, end, found }) => ({
      start,
      end,
      number_end: start + (found[1] as string).length,
    })),
    totals: spansOf(total, plain).map(({ start, end, found: [all, numeral = '', unit = ''] }) => ({
      // Of 1箱=6箱 the first belongs to a line.
      start: start + Math.max(0, all.indexOf('=')),
      end,
      numeral,
      unit,
    })),
  }
}
