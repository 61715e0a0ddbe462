// What looks like a person's name beside a phone number: a family name with one or two characters after it, or a way of addressing.

const FAMILY =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仉督岳帅缑亢况郈有琴归海晋楚闫法汝鄢涂钦肖覃付代涂邸苑原佟曲岑兰'
const DOUBLE =
  '欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|令狐|呼延'
const TITLE =
  '先生|女士|小姐|太太|老板娘|老板|老师|师傅|经理|店长|主任|总监|总|姐|哥|嫂|叔|阿姨|姨|婶|爷爷|奶奶|医生|厂长|校长|会计|工'

const ADDRESSED = new RegExp(
  `^(?:[${FAMILY}][\\p{Script=Han}]{0,2}|(?:${DOUBLE})\\p{Script=Han}{0,2})(?:${TITLE})$`,
  'u',
)
const FULL = new RegExp(`^(?:[${FAMILY}]\\p{Script=Han}{1,2}|(?:${DOUBLE})\\p{Script=Han}{1,2})$`, 'u')
const FAMILIAR = new RegExp(`^(?:小|老|阿|大)[${FAMILY}\\p{Script=Han}]$`, 'u')

/** A way of addressing at the end of more: 到了联系仓管老赵. */
const ADDRESSED_AT_END = new RegExp(
  `(?:[小老阿][${FAMILY}]|[${FAMILY}]\\p{Script=Han}?(?:先生|女士|小姐|老板|师傅|经理|店长|总|姐|哥))$`,
  'u',
)

/** Words that begin like a name and are none. */
const NO_NAMES = new Set(
  '周一 周二 周三 周四 周五 周六 周日 周末 明天 明早 明晚 马上 高兴 方便 安全 时候 时间 成本 常用 白天 黄色 白色 金色 红色 红的 何时 任何 方式 万一 向前 路口 楼下 楼上 单号 单位 包邮 江边 水产 经理 师傅 老师 解放 管家 毛巾 牛奶 和平 于是 和你 都要 都有 都行 全部 全家 全都 应该 通知 通过 后面 后天 后门 门口 家里 家电 向您 向你 能否 能到 能送 有货 有人 有点 有没有 相同 别的 别忘 别急 须知 原来 原价 代收 代签 付款 付了 关门 东门 西门 南门 北门 国庆 平时 广告 满意 文件 利润 连锁 连续 常温 冷冻 冷藏 明细 成功 计划 祝好 康复 支付 干货 干净 经常 强调 盛放 温馨 充值 利群 易碎 易烂 简单 老样 老地方 小心 小时 小区 小店 小号 小箱 小瓶 小包 大号 大箱 大瓶 大包 大家 大概 大约 大门 老板 老客 老价 阿姨 大姐 大哥 小哥 小姐 花钱 山上 查收 查询 充电 从前 于今 平安 帅哥 海鲜 法定 归还 相当 须要 勾选 安排 安心'.split(
    ' ',
  ),
)

export type NameLikeness = 'full' | 'perhaps' | 'none'

/** Whether a piece (as shown) is a name: surely so only beside a phone number; `perhaps` is what could be one. */
export function nameLikeness(piece: string): NameLikeness {
  if (NO_NAMES.has(piece)) return 'none'
  if (FULL.test(piece) || ADDRESSED.test(piece) || FAMILIAR.test(piece)) return 'full'
  if (ADDRESSED_AT_END.test(piece)) return 'perhaps'
  if (/^[A-Za-z]+(?:[ .·-]+[A-Za-z]+){0,3}\.?$/.test(piece)) return 'perhaps'
  return /^[\p{Script=Han}·]{2,5}$/u.test(piece) ? 'perhaps' : 'none'
}

/** A name without what is said around it: 找小李, 发张三, 张三收. */
export function bareName(piece: string): string {
  const [, sent] = /^[发寄送](.+)$/.exec(piece) ?? []
  if (sent && nameLikeness(sent) === 'full') return sent
  return piece
    .replace(/^(?:找|联系|交给|转交|转|给|寄给|发给|送给|收件|收货|收)(?=[\p{Script=Han}A-Za-z]{2})/u, '')
    .replace(/\s*[(（]?(?:亲收|代收|签收|收)[)）]?$/, '')
    .trim()
}

/** A shop or office, which may be who receives or the end of the address. */
export const SHOP =
  /(?:店|超市|商行|经营部|批发部|商贸|公司|饭店|酒楼|餐厅|药房|酒店|门市|专柜|工作室|厂|馆|吧|铺|部|坊|城|中心|便利)$/
