// Labels in front of what they name: 收货人：, 电话:, Address:. Blocks copied from shops consist of them.

import { type Span, spansOf } from '../text'

export type LabelKind = 'name' | 'phone' | 'region' | 'detail' | 'goods' | 'count' | 'note' | 'other'

export interface Label extends Span {
  kind: LabelKind
}

const WORDS: [LabelKind, string][] = [
  ['name', '收货人姓名 收件人姓名 收货姓名 收件姓名 收货人 收件人 代收人 联系人 姓名 名字 收件 收货 收'],
  ['name', 'name recipient consignee receiver contact attn'],
  [
    'phone',
    '收货人手机号码 收件人手机号 收货人电话 收件人电话 联系人电话 手机号码 手机号 联系电话 联系方式 收货电话 收件电话',
  ],
  ['phone', '电话号码 电话 手机 tel phone mobile cell'],
  ['region', '所在地区 收货地区 所在省份 省市区 地区'],
  [
    'detail',
    '收货人地址 收件人地址 收货地址 收件地址 详细地址 配送地址 送货地址 发货地址 街道地址 街道 乡镇 小区 门牌号 门牌 地址 address addr add',
  ],
  ['detail', '寄到 发到 送到 寄往 发往 寄至 送至 请寄 寄给 寄'],
  [
    'goods',
    '商品名称 商品信息 产品名称 宝贝名称 货品名称 商品 产品 货品 宝贝 品名 货号 内容 规格 颜色 尺码 款式 型号 口味 货',
  ],
  ['goods', 'product item goods sku size color colour'],
  ['count', '购买数量 订购数量 数量 件数 quantity qty'],
  ['note', '买家留言 备注 留言 说明 附言 note remark memo'],
  [
    'other',
    '寄件人 发件人 发货人 寄件方 寄方 sender from 订单编号 订单号 下单时间 付款时间 订单状态 实付款 实付 应付 运费',
  ],
  ['other', '快递公司 快递 邮政编码 邮编 公司 店铺 昵称 旺旺 zip postcode date'],
]

/** Labels that need no colon where they begin a piece. */
const ALONE =
  /^(?:收货人姓名|收货人|收件人姓名|收件人|代收人|联系人|姓名|收货电话|收件电话|联系电话|联系方式|手机号码|手机号|电话|手机|收货地址|收件地址|送货地址|配送地址|详细地址|地址|所在地区|寄到|发到|送到|寄往|发往|寄至|送至)$/

const ALL = WORDS.flatMap(([kind, words]) => words.split(' ').map((word) => ({ kind, word }))).sort(
  (one, other) => other.word.length - one.word.length,
)
const KIND_OF = new Map(ALL.map(({ kind, word }) => [word, kind]))
const LABEL = new RegExp(`(${ALL.map(({ word }) => word).join('|')})( *[:] *|(?=[\\s\\u4e00-\\u9fff\\d+]))`, 'g')

/** The labels of a plain text, in order. */
export function labelsIn(plain: string): Label[] {
  const labels: Label[] = []
  for (const { start, end, found } of spansOf(LABEL, plain)) {
    const [, word = '', colon = ''] = found
    const before = plain[start - 1] ?? '\n'
    const is_at_start = /[\s,，、;；。|:(（【\]]/.test(before)
    const has_colon = colon.includes(':')
    // 手机壳 is no label.
    const is_word = !has_colon && KIND_OF.get(word) === 'phone' && !/[\s\d+(]/.test(plain[end] ?? '')
    if (is_word) continue
    // Inside a word even a colon makes no label of 收 (签收：) or of name (username:).
    const is_part = !is_at_start && (word.length === 1 || /^[a-z]/.test(word))
    if (is_part || (!has_colon && !(is_at_start && ALONE.test(word)))) continue
    labels.push({ start, end, kind: KIND_OF.get(word) as LabelKind })
  }
  return labels
}
