// Opening an installed map app at a pin. Here, at the edge, and nowhere else WGS-84 becomes GCJ-02, the shifted coordinates Chinese
// maps are drawn in; the conversion is the published approximation, right to a metre or two.

import type { Position } from '../core/geo'

/** Krasovsky 1940, on which the shift was published. */
const AXIS = 6_378_245
const ECCENTRICITY = 0.006_693_421_622_965_943

function shiftNorth(x: number, y: number): number {
  const { PI, sin } = Math
  let shift = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  shift += ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  shift += ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3
  return shift + ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3
}

function shiftEast(x: number, y: number): number {
  const { PI, sin } = Math
  let shift = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  shift += ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  shift += ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3
  return shift + ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
}

/** Degrees [north, east] as Chinese maps draw a WGS-84 position; outside China they are the same. */
export function toGcj02({ latitude_e7, longitude_e7 }: Position): [number, number] {
  const north = latitude_e7 / 1e7
  const east = longitude_e7 / 1e7
  if (east < 72.004 || east > 137.8347 || north < 0.8293 || north > 55.8271) return [north, east]
  const radians = (north / 180) * Math.PI
  const bulge = 1 - ECCENTRICITY * Math.sin(radians) ** 2
  const root = Math.sqrt(bulge)
  const x = east - 105
  const y = north - 35
  return [
    north + (shiftNorth(x, y) * 180) / (((AXIS * (1 - ECCENTRICITY)) / (bulge * root)) * Math.PI),
    east + (shiftEast(x, y) * 180) / ((AXIS / root) * Math.cos(radians) * Math.PI),
  ]
}

export interface MapLink {
  name: 'amap' | 'baidu' | 'tencent' | 'system'
  href: string
}

/** Links that open a map app, or its web page where the app is missing. */
export function mapLinks(pin: Position, name: string): MapLink[] {
  const [north, east] = toGcj02(pin).map((degrees) => degrees.toFixed(6)) as [string, string]
  const called = encodeURIComponent(name)
  const plain = `${(pin.latitude_e7 / 1e7).toFixed(6)},${(pin.longitude_e7 / 1e7).toFixed(6)}`
  return [
    {
      name: 'amap',
      href: `https://uri.amap.com/navigation?to=${east},${north},${called}&mode=car&coordinate=gaode&callnative=1&src=roundsman`,
    },
    {
      name: 'baidu',
      href: `https://api.map.baidu.com/direction?origin=${encodeURIComponent('我的位置')}&destination=latlng:${north},${east}|name:${called}&mode=driving&region=&coord_type=gcj02&output=html&src=roundsman`,
    },
    {
      name: 'tencent',
      href: `https://apis.map.qq.com/uri/v1/routeplan?type=drive&to=${called}&tocoord=${north},${east}&coord_type=2&referer=roundsman`,
    },
    // RFC 5870 says WGS-84 when nothing else is said.
    { name: 'system', href: `geo:${plain}?q=${plain}(${called})` },
  ]
}
