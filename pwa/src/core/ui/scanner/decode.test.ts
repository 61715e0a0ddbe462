// The decoder as it is shipped, on codes another program drew.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, type WriteInputBarcodeFormat, writeBarcode } from 'zxing-wasm/writer'
import { decode, openDecoder } from './decode'
import type { Picture } from './scanned'

function wasm(name: string): ArrayBuffer {
  const file = new URL(`../../../../node_modules/zxing-wasm/dist/${name}.wasm`, import.meta.url)
  return new Uint8Array(readFileSync(fileURLToPath(file))).buffer
}

beforeAll(async () => {
  await openDecoder(wasm('reader/zxing_reader'))
  await prepareZXingModule({ overrides: { wasmBinary: wasm('writer/zxing_writer') }, fireImmediately: true })
})

function blank(width: number, height: number): Picture {
  return { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) }
}

/** Draws a code so that its middle is there, four points for each of its own. */
async function draw(onto: Picture, format: WriteInputBarcodeFormat, text: string, at: [number, number]): Promise<void> {
  const { symbol } = await writeBarcode(text, { format })
  const [width, height] = [symbol.width * 4, symbol.height * 4]
  const [left, top] = [Math.round(at[0] - width / 2), Math.round(at[1] - height / 2)]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = symbol.data[Math.floor(y / 4) * symbol.width + Math.floor(x / 4)] as number
      onto.data.fill(shade, ((top + y) * onto.width + left + x) * 4, ((top + y) * onto.width + left + x) * 4 + 3)
    }
  }
}

function turned({ width, height, data }: Picture): Picture {
  const other = blank(height, width)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4
      other.data.set(data.subarray(from, from + 4), (x * height + height - 1 - y) * 4)
    }
  }
  return other
}

const KINDS: [WriteInputBarcodeFormat, string, string, string][] = [
  ['EAN13', '4006381333931', 'ean13', '4006381333931'],
  ['EAN8', '96385074', 'ean8', '96385074'],
  ['UPCA', '036000291452', 'ean13', '0036000291452'],
  ['UPCE', '01234565', 'ean13', '0012345000065'],
  ['Code128', 'SF-1234567890', 'code128', 'SF-1234567890'],
  ['ITF', '15400141288763', 'itf', '15400141288763'],
  ['QRCode', 'https://例子.cn/a?b=行商', 'qr', 'https://例子.cn/a?b=行商'],
  ['DataMatrix', 'lot 42', 'datamatrix', 'lot 42'],
]

describe('decode', () => {
  test.each(KINDS)('reads %s %s as %s %s, upright and on its side', async (drawn, given, format, text) => {
    const picture = blank(800, 400)
    await draw(picture, drawn, given, [400, 200])
    for (const one of [picture, turned(picture)]) {
      const [code, ...more] = await decode(one)
      expect(more).toEqual([])
      expect(code).toMatchObject({ format, text })
      expect(code?.offset).toBeLessThan(0.1)
    }
  })

  test('of several tells how far each is from the middle', async () => {
    const picture = blank(1000, 500)
    await draw(picture, 'EAN13', '4006381333931', [500, 125])
    await draw(picture, 'EAN8', '96385074', [500, 400])
    const codes = await decode(picture)
    expect(new Map(codes.map(({ text, offset }) => [text, Math.round(offset * 10) / 10]))).toEqual(
      new Map([
        ['4006381333931', 0.5],
        ['96385074', 0.6],
      ]),
    )
  })

  test('finds nothing where nothing is, and no kinds that nobody asked for', async () => {
    expect(await decode(blank(640, 480))).toEqual([])
    const picture = blank(800, 400)
    await draw(picture, 'PDF417', 'ticket', [400, 200])
    expect(await decode(picture)).toEqual([])
  })
})
