// What people write around an order: greetings and verbs that mean nothing more, and words that put an order in doubt.

/** Words that may stand around the name of goods without meaning other goods. */
const FILLERS = [
  '老板娘 老板 老总 亲爱的 亲们 亲 哥 姐 美女 帅哥 师傅 朋友 大家 你好 您好 哈喽 哈啰 hello hi 在吗 在么 在不 早上好 上午好 中午好 下午好',
  '晚上好 早安 早 好的 好 嗨 您 你 收到 ok 嗯嗯 嗯 麻烦 辛苦 谢谢 谢了 多谢 感谢 拜托 thx thanks 劳驾 不好意思 打扰',
  '帮我们 帮我 帮忙 帮 给我们 给我 给 替我 我们 我 咱们 咱 店里 这边 这里 那边 需要 想要 还要 就要 也要 都要 只要 要 想 再来 再加 再要 再 来',
  '另外 还有 还 以及 和 与 及 跟 另 外加 加上 加 外 又 零 也 都 先 然后 顺便 顺带 接着 一起 一并 带 拿 订购 订货 订 下单 下 发货 发 送货 送来 送',
  '补货 补 进货 进 配货 配 搞 弄 整 点 买 购 上 备 报 安排 寄到 发到 送到 寄给 发给 寄 装 走 到 试试 试一下 试卖 看看 尝尝 仓管',
  '今天 今早 今晚 明天 明早 后天 下午 上午 晚上 中午 现在 马上 尽快 赶紧 赶快 急用 急需 急 快点 快 周末 本周 下周 这周 月底 到货 要货 货',
  '的 地 了 吧 哈 啊 呀 哦 噢 呢 噻 哟 啦 嘛 咯 喽 哒 滴 嘿 哎 诶 就行 就好 即可 可以 行 就 把 那个 这个 那种 这种 那 这 是 一下 请给 请',
  '以下 如下 下面 订单 清单 商品名称 商品 产品 货品 宝贝 品名 内容 数量 规格 颜色 尺码 尺寸 型号 口味 名称 货号 单价 码 各 每样 总共 一共 共',
  '淘宝 天猫 京东 拼多多 抖音 快手 链接',
]
  .join(' ')
  .split(' ')

const BY_BEGINNING = new Map<string, string[]>()
for (const word of FILLERS) {
  const same = BY_BEGINNING.get(word[0] as string)
  if (same) same.push(word)
  else BY_BEGINNING.set(word[0] as string, [word])
}

// The same few pieces are asked about for every product that comes near.
const known_fillers = new Map<string, boolean>()
const MOST_KNOWN = 2000

/** Whether a piece means nothing for an order: greetings, verbs of ordering, stops. */
export function isFiller(plain: string): boolean {
  let is_filler = known_fillers.get(plain)
  if (is_filler === undefined) {
    is_filler = consistsOfFillers(plain)
    if (known_fillers.size >= MOST_KNOWN) known_fillers.clear()
    known_fillers.set(plain, is_filler)
  }
  return is_filler
}

/** Goes through the places that words reach; a pattern would try every way to part 好的好的好的… */
function consistsOfFillers(plain: string): boolean {
  const is_reached = new Uint8Array(plain.length + 1)
  is_reached[0] = 1
  for (let at = 0; at < plain.length; at++) {
    if (!is_reached[at]) continue
    const sign = plain[at] as string
    if (!/[\p{L}\p{N}\ud800-\udfff]/u.test(sign)) is_reached[at + 1] = 1
    for (const word of BY_BEGINNING.get(sign) ?? []) if (plain.startsWith(word, at)) is_reached[at + word.length] = 1
  }
  return is_reached[plain.length] === 1
}

/** What makes a clause no plain order, even where its goods and quantity are plain. */
const DOUBTFUL = new RegExp(
  [
    '✘|不要|不用|别(?:发|送|拿|要|给)|取消|去掉|退|破了|坏了|破损|损坏|过期|漏发|少了|缺了|没收到|发错|其中|换成|改成|改为|换一?下|除了|减|少发|先不|不是|不算|暂停|不带|没有?要',
    '如果|要是|的话|没有?.{0,6}就|有.{0,5}就|没涨|不涨|缺货|没货|代替|替代|万一|看情况|能.{0,5}就|实在',
    '多少|有没有|有无|几[块元钱]|[什啥]么?价|怎么卖|能不能|是不是|行不行|要不要|够不够|还剩|吗$|么$|没$|\\?$',
    '或者?|要么|还是|二选一|任选|随便',
    '大概|大约|差不多|估计|可能|也许|暂定|预计|左右|上下',
    '[箱件瓶罐听盒包袋桶提条个双套台支\\d]\\s*再?[送赠搭]\\s*[\\d一二两三四五六七八九十]|买.{1,4}[送赠]',
    '(?:家里|店里|仓库|这边|这里|我这|货架|手上|手头)[^,，]{0,4}还?有|剩|库存|存货|现存|现有',
    '给(?!我|咱|店|这|个|力)\\p{Script=Han}',
    '上次|上回|老样子|照旧|同上|老规矩|照常|昨天|前天|上周|上个?月',
  ].join('|'),
  'u',
)

/** What kind of goods a heading announces: 饮料：… */
const CATEGORY =
  /^(?:水|饮料|饮品|酒水|酒|啤酒|白酒|牛奶|奶|奶粉|零食|小食品|食品|日用品?|日化|纸品|纸巾|方便面|泡面|粮油|调料|水果|蔬菜|衣服|服装|鞋子?|母婴|数码|其他|另外)$/

export function isCategory(plain: string): boolean {
  return CATEGORY.test(plain.trim())
}

/** What refers to something the message does not say. */
const REFERS =
  /上次|上回|上(?:周|个?月)的|照.{0,6}(?:发|来|做|单)|原来那|之前那|老样子|照旧|同上|老规矩|照常|老地方|老地址|(?:跟|和|同|与|照|按).{0,8}(?:一样|相同)|(?:地址|电话|收货人|收件人|联系方式).{0,3}(?:不变|没变|一样|照旧|你有|知道)|还是那|每个?(?:地址|人)|各(?:地址|人|家|店)/

/** What, said beside goods, puts them in doubt though it names none: 哪个便宜发哪个. */
const TAINTS =
  /减|扣|换|改成|改为|改一下|其中|哪[个种款]|不然|否则|除外|除了|算了|先别|等.{0,6}再|再说|下次|考虑|凑|备选|其余|剩下/

/** What takes back something said before. */
const CORRECTS =
  /不不|不对|打错|说错|写错|发错|弄错|搞错|错了|更正|更改|前面.{0,4}不算|刚才.{0,4}不算|以.{1,4}为准|撤回|作废/

export function isDoubtful(clause: string): boolean {
  return DOUBTFUL.test(clause)
}

export function taints(talk: string): boolean {
  return TAINTS.test(talk)
}

export function refersElsewhere(message: string): boolean {
  return REFERS.test(message)
}

export function corrects(message: string): boolean {
  return CORRECTS.test(message)
}

/** Nouns behind a numeral and 个 or 件 that are no goods. */
export const NO_GOODS =
  /^(?:快递|地址|包裹|电话|客户|单子|订单|问题|朋友|群|号|收件人|收货人|店|人|地方|事|表格|文件|图|视频)/
