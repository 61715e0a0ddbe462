// Something to order: a small shelf of goods as a clerk would enter it, and what one price level and one customer pay.

import type { Desk } from './desk'

interface Pack {
  unit: string
  factor?: number
  barcode?: string
  minimum_e3?: number
  step_e3?: number
}

interface Given {
  name: string
  brand: string
  category: string
  /** Yuan for one base unit. */
  price: number
  packs: Pack[]
  axes?: string[]
  /** The values of each variant; one without axes when left out. */
  specs?: string[][]
}

const GOODS: Given[] = [
  {
    name: '红烧牛肉面 五连包',
    brand: '康师傅',
    category: '方便面',
    price: 12.5,
    packs: [
      { unit: '袋', barcode: '6920152414019' },
      { unit: '箱', factor: 6, barcode: '16920152414016' },
    ],
  },
  {
    name: '老坛酸菜牛肉面 桶装',
    brand: '统一',
    category: '方便面',
    price: 4.2,
    packs: [{ unit: '桶' }, { unit: '箱', factor: 12, minimum_e3: 2000 }],
  },
  {
    name: '矿泉水 550ml',
    brand: '农夫山泉',
    category: '饮料',
    price: 1.35,
    packs: [{ unit: '瓶' }, { unit: '箱', factor: 24 }],
  },
  {
    name: '可口可乐 330ml',
    brand: '可口可乐',
    category: '饮料',
    price: 2.08,
    packs: [{ unit: '罐' }, { unit: '箱', factor: 24 }],
  },
  { name: '散装大米', brand: '', category: '粮油', price: 5.6, packs: [{ unit: '公斤', step_e3: 0 }] },
  {
    name: '纯棉短袖',
    brand: '海澜',
    category: '服装',
    price: 39,
    packs: [{ unit: '件' }],
    axes: ['颜色', '尺码'],
    specs: ['白', '黑', '藏青'].flatMap((colour) => ['M', 'L', 'XL'].map((size) => [colour, size])),
  },
]

export interface Shelf {
  /** Ids by name: of products, and of the variants of those without axes. */
  products: Map<string, string>
  variants: Map<string, string>
  level_id: string
  list_id: string
}

/** Fills the shelf; `manager` keeps goods, levels and their prices. Level 金牌 pays less, the more the less, with something free. */
export async function fillShelf(manager: Desk, day: string): Promise<Shelf> {
  const categories = new Map<string, string>()
  for (const [position, name] of [...new Set(GOODS.map((one) => one.category))].entries()) {
    const category_id = crypto.randomUUID()
    categories.set(name, category_id)
    await manager.run('catalog.set_category', { category_id, name, position })
  }
  const products = new Map<string, string>()
  const variants = new Map<string, string>()
  for (const [position, { name, brand, category, price, packs, axes = [], specs = [[]] }] of GOODS.entries()) {
    const product_id = crypto.randomUUID()
    products.set(name, product_id)
    const made = specs.map((spec, at) => ({
      variant_id: crypto.randomUUID(),
      spec,
      code: `SP-${position + 1}${specs.length > 1 ? `-${at + 1}` : ''}`,
      price_e4: Math.round(price * 10_000),
      position: at,
      packs: packs.map(({ step_e3 = 1000, ...pack }) => ({ ...pack, step_e3 })),
    }))
    if (made.length === 1) variants.set(name, made[0]?.variant_id ?? '')
    await manager.run('catalog.add_product', {
      product_id,
      name,
      brand,
      code: `SP-${position + 1}`,
      category_id: categories.get(category),
      axes,
      position,
      variants: made,
    })
  }
  const level_id = crypto.randomUUID()
  await manager.run('customers.set_price_level', { level_id, name: '金牌', position: 1, is_active: true })
  const list_id = crypto.randomUUID()
  await manager.run('catalog.set_price_list', { list_id, name: '金牌价', level_id, from_on: day })
  const noodles = variants.get('红烧牛肉面 五连包') ?? ''
  const water = variants.get('矿泉水 550ml') ?? ''
  await manager.run('catalog.set_prices', {
    list_id,
    prices: [
      {
        variant_id: noodles,
        unit: '箱',
        breaks: [
          [0, 720_000],
          [10_000, 690_000],
          [50_000, 660_000],
        ],
        gifts: [{ every_e3: 10_000, variant_id: noodles, unit: '袋', quantity_e3: 2000 }],
      },
      { variant_id: water, unit: '瓶', breaks: [[0, 12_000]] },
    ],
  })
  return { products, variants, level_id, list_id }
}

/** Runs in the page: puts so many made-up goods beside the real ones into the store of whoever is signed in, as its packed pages hold them. */
export async function fillGoods(count: number): Promise<void> {
  const person = localStorage.getItem('roundsman.person')
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(`rm-u-${person}`)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const letters = '红烧牛肉面香辣酸菜鱼可乐雪碧矿泉水洗发露纸巾抽'
  const held = (row: object) => ({ row, b: { org: 1 } })
  const products: object[] = []
  const variants: object[] = []
  for (let at = 0; at < count; at++) {
    const name = Array.from(
      { length: 8 },
      (_none, place) => letters[(at * 7 + place * place * 3) % letters.length],
    ).join('')
    const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`
    products.push(
      held({
        id,
        code: `P${at}`,
        name: `${name}${at}`,
        brand: '康师傅',
        category_id: null,
        axes: [],
        description: '',
        picture_ids: [],
        pinyin: `hongshaoniuroumianxiangla${at}`,
        initials: `hsnrmxl${at}`,
        position: 9,
        is_on_sale: true,
      }),
    )
    const pack = { price_e4: null, minimum_e3: 0, maximum_e3: null, step_e3: 1000, is_sold: true }
    variants.push(
      held({
        id,
        product_id: id,
        code: `P${at}-1`,
        name: '',
        spec: [],
        packs: [
          { ...pack, unit: '袋', factor: 1, barcode: `69${String(at).padStart(11, '2')}` },
          { ...pack, unit: '箱', factor: 24, barcode: `169${String(at).padStart(11, '2')}` },
        ],
        price_e4: 30_000 + at,
        position: 0,
        is_on_sale: true,
      }),
    )
  }
  const work = database.transaction('pages', 'readwrite')
  for (const [t, rows] of Object.entries({ products, variants })) {
    for (let at = 0; at < rows.length; at += 500)
      work.objectStore('pages').put({ t, p: 1000 + at / 500, rows: rows.slice(at, at + 500) })
  }
  await new Promise<void>((resolve, reject) => {
    work.oncomplete = () => resolve()
    work.onerror = () => reject(work.error)
  })
  database.close()
}
