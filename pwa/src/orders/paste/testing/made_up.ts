// Messages put together from goods, quantities, ways to write them and people, with what each says. Not shipped.

import fc from 'fast-check'
import type { Shelf } from './goods'
import type { Expected } from './judge'

export interface MadeUp {
  text: string
  expected: Expected
}

const DIGITS = '零一二三四五六七八九'

/** 1 to 199 in characters. */
function inCharacters(count: number): string {
  const hundreds = Math.floor(count / 100)
  const tens = Math.floor((count % 100) / 10)
  const ones = count % 10
  let text = hundreds ? '一百' : ''
  if (tens) text += `${tens > 1 || hundreds ? DIGITS[tens] : ''}十`
  else if (hundreds && ones) text += '零'
  if (ones) text += count === 2 ? '两' : DIGITS[ones]
  return text
}

/** Figures beside each other part of which is a name's and part a quantity's: nobody could tell. */
const SEAM = '\ue000'

function apart(text: string): string {
  return text.replace(/(\d)\ue000+(?=\d)/g, '$1 ').replace(/\ue000/g, '')
}

const PEOPLE = ['张三', '李娜', '王先生', '欧阳雪', '刘姐', '小陈', '赵师傅'] as const
const PLACES: [string, string, string, string, string][] = [
  ['上海市浦东新区世纪大道100号', '上海市', '上海市', '浦东新区', '世纪大道100号'],
  ['浙江省杭州市西湖区文三路90号3幢502室', '浙江省', '杭州市', '西湖区', '文三路90号3幢502室'],
  ['广东省 深圳市 南山区 科技园南路8号', '广东省', '深圳市', '南山区', '科技园南路8号'],
  ['江苏昆山市花桥镇绿地大道1号', '江苏省', '苏州市', '昆山市', '花桥镇绿地大道1号'],
  ['四川省绵阳市三台县潼川镇北河街3号', '四川省', '绵阳市', '三台县', '潼川镇北河街3号'],
  ['青岛市市北区登州路56号', '山东省', '青岛市', '市北区', '登州路56号'],
]

const person = fc.record({
  name: fc.constantFrom(...PEOPLE),
  mobile: fc.stringMatching(/^1[3-9]\d{9}$/),
  place: fc.constantFrom(...PLACES),
  form: fc.nat(7),
})

function written({
  name,
  mobile,
  place: [place],
  form,
}: {
  name: string
  mobile: string
  place: string[]
  form: number
}): string {
  const spaced = `${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`
  return [
    `${name} ${mobile} ${place}`,
    `${name}，${mobile}，${place}`,
    `${place} ${name} ${mobile}`,
    `收货人：${name}\n电话：${mobile}\n地址：${place}`,
    `收件人: ${name} 手机号: ${spaced} 地址: ${place}`,
    `${name}\n${mobile}\n${place}`,
    `${name}${mobile}${place}`,
    `寄到：${place} ${name}收 +86 ${mobile}`,
  ][form] as string
}

const SEPARATORS = ['\n', '，', '；', '、', ' ', ''] as const
const GREETINGS = ['', '老板，', '你好 ', '在吗？', '早上好！\n', '麻烦发一下：\n', '今天要：'] as const
const THANKS = ['', '，谢谢', '\n谢谢老板', ' 🙏', '\n尽快发货', '。明天能到吗'] as const

/** Messages of one to four different goods of a shelf. */
export function madeUp({ products, variants }: Shelf): fc.Arbitrary<MadeUp> {
  const product_of = new Map(products.map((product) => [product.id, product]))
  const item = fc.record({
    variant: fc.constantFrom(...variants),
    how: fc.nat(4),
    unit: fc.nat(3),
    count: fc.integer({ min: 1, max: 199 }),
    in_characters: fc.boolean(),
    form: fc.nat(5),
  })
  return fc
    .record({
      items: fc.uniqueArray(item, { minLength: 1, maxLength: 4, selector: ({ variant }) => variant.id }),
      is_quantity_first: fc.boolean(),
      separator: fc.constantFrom(...SEPARATORS),
      greeting: fc.constantFrom(...GREETINGS),
      thanks: fc.constantFrom(...THANKS),
      to: fc.option(person),
      is_person_first: fc.boolean(),
    })
    .map(({ items, is_quantity_first, separator, greeting, thanks, to, is_person_first }) => {
      const lines: [string, number, string][] = []
      const parts = items.map(({ variant, how, unit, count, in_characters, form }) => {
        const product = product_of.get(variant.product_id)
        const { name, brand } = product ?? { name: '', brand: '' }
        const spec = variant.spec.join(how % 2 ? '' : ' ')
        const short = name.replace(/ .*$/, '')
        const words = [
          `${name} ${spec}`,
          `${name}${spec}`,
          variant.code,
          `${short}${spec}`,
          `${brand}${name.replace(brand, '')} ${spec}`,
        ][how]
        const units = variant.packs.map((pack) => pack.unit)
        const sold = units[unit % units.length] as string
        lines.push([variant.id, count * 1000, sold])
        const said = `${SEAM}${in_characters ? inCharacters(count) : count}${sold}${SEAM}`
        const trimmed = `${SEAM}${(words as string).trim()}${SEAM}`
        if (is_quantity_first) return form % 2 ? `${said}${trimmed}` : `${said} ${trimmed}`
        return [
          `${trimmed}${said}`,
          `${trimmed} ${said}`,
          `${trimmed}：${said}`,
          `${trimmed}（${said}）`,
          `${trimmed}*${said}`,
          `${trimmed} x ${said}`,
        ][form]
      })
      const goods = apart(`${greeting}${parts.join(separator)}${thanks}`)
      const text = !to ? goods : is_person_first ? `${written(to)}\n${goods}` : `${goods}\n${written(to)}`
      const parts_of = to?.place.slice(1) as [string, string, string, string] | undefined
      return {
        text,
        expected: { lines, ...(to && parts_of ? { to: [to.name, to.mobile, ...parts_of] } : {}) } as Expected,
      }
    })
}
