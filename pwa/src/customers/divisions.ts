// The tree of provinces, cities and counties on the phone, unpacked from what build/divisions.ts made of the server's list. Loaded when
// first needed; who splits addresses takes it as an argument, so that splitting itself waits for nothing.

/** What a name may be: a level of the tree. */
export type Level = 1 | 2 | 3
export const PROVINCE: Level = 1
export const CITY: Level = 2
export const COUNTY: Level = 3

export interface Division {
  level: Level
  name: string
  /** Beijing, Tianjin, Shanghai, Chongqing: the province is the city. */
  is_municipality: boolean
  above: Division | null
  below: Division[]
}

/** The divisions of one level below one of them, by every way they are written. */
export interface Written {
  /** Length of the longest such name. */
  longest: number
  by_name: Map<string, Division[]>
  /** The characters such names begin with. */
  beginnings: Set<string>
}

export interface Divisions {
  provinces: Division[]
  /** The divisions of `level` below `under`, or of the whole country. */
  written: (level: Level, under: Division | null) => Written
}

const MUNICIPALITIES = new Set(['11', '12', '31', '50'])

const ENDINGS = /(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|新区|省|市|盟|区|县)$/
// What an autonomous prefecture is called after its name: 大理 白族自治州.
const PREFECTURE = /(?:(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜)族?)+自治州$/

/** Ways a division is written; a county only by its full name, since short ones are also words. */
function namesOf({ level, name }: Division): string[] {
  if (level === COUNTY) return [name]
  if (name.endsWith('自治州')) {
    const short = name.replace(PREFECTURE, '')
    return [name, `${short}州`, short]
  }
  const short = name.replace(ENDINGS, '')
  return short.length >= 2 ? [name, short] : [name]
}

/** The tree of a packed text (build/divisions.ts). */
export function divisionsOf(packed: string): Divisions {
  const provinces = packed.split('\n').map((line) => {
    const [head = '', ...cities] = line.split('|')
    const is_municipality = MUNICIPALITIES.has(head.slice(0, 2))
    const made = (level: Level, name: string, above: Division | null): Division => {
      const division: Division = { level, name, is_municipality, above, below: [] }
      above?.below.push(division)
      return division
    }
    const province = made(PROVINCE, head.slice(2), null)
    for (const city of cities) {
      const [name = '', ...counties] = city.split(',')
      const under = made(CITY, name, province)
      for (const county of counties) made(COUNTY, county, under)
    }
    return province
  })

  const kept = new Map<string, Written>()
  const written = (level: Level, under: Division | null): Written => {
    const key = `${level}${under?.above?.name ?? ''}/${under?.name ?? ''}`
    let found = kept.get(key)
    if (!found) {
      found = { longest: 0, by_name: new Map(), beginnings: new Set() }
      collect(under ? [under] : provinces, level, found)
      kept.set(key, found)
    }
    return found
  }
  return { provinces, written }
}

function collect(from: readonly Division[], level: Level, into: Written): void {
  for (const division of from) {
    if (division.level < level) collect(division.below, level, into)
    else if (division.level === level) {
      for (const name of namesOf(division)) {
        into.beginnings.add(name[0] as string)
        into.longest = Math.max(into.longest, name.length)
        const same = into.by_name.get(name)
        if (same) same.push(division)
        else into.by_name.set(name, [division])
      }
    }
  }
}

let loading: Promise<Divisions> | undefined

/** The tree, fetched and unpacked once; asked again when it could not be fetched. */
export function loadDivisions(): Promise<Divisions> {
  loading ??= import('virtual:divisions').then(
    ({ default: packed }) => divisionsOf(packed),
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}
