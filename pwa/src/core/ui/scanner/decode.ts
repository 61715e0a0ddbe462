// Finds the codes in a picture, with ZXing as WebAssembly. Runs in reader.worker.ts; knows nothing of cameras or pages.

import { prepareZXingModule, type ReadInputBarcodeFormat, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import type { Found, Picture, Symbology } from './scanned'

/** Our names for ZXing's formats. */
const SYMBOLOGIES: Partial<Record<ReadResult['format'], Symbology>> = {
  EAN13: 'ean13',
  EAN8: 'ean8',
  UPCA: 'ean13',
  UPCE: 'ean13',
  Code128: 'code128',
  ITF: 'itf',
  ITF14: 'itf',
  QRCode: 'qr',
  QRCodeModel2: 'qr',
  DataMatrix: 'datamatrix',
}
const FORMATS: ReadInputBarcodeFormat[] = ['EAN13', 'EAN8', 'UPCA', 'UPCE', 'Code128', 'ITF', 'QRCode', 'DataMatrix']
/** A shelf shows several at once; which one is meant is decided by where they stand. */
const AT_MOST = 4

/** Where the WebAssembly is: its address, or in a test its bytes. Raises when it cannot be fetched or may not run. */
export async function openDecoder(wasm: string | ArrayBuffer): Promise<void> {
  // Without this it comes from a stranger's server.
  const overrides = typeof wasm === 'string' ? { locateFile: () => wasm } : { wasmBinary: wasm }
  await prepareZXingModule({ overrides, fireImmediately: true })
}

function offsetOf({ position }: ReadResult, width: number, height: number): number {
  const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight]
  const middle = (axis: 'x' | 'y'): number => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length
  return Math.max(Math.abs((2 * middle('x')) / width - 1), Math.abs((2 * middle('y')) / height - 1))
}

/** Every code of our kinds in the picture. */
export async function decode(picture: Picture): Promise<Found[]> {
  const results = await readBarcodes(picture as ImageData, {
    formats: FORMATS,
    maxNumberOfSymbols: AT_MOST,
    // Light codes on dark are rare, and looking for them costs as much again.
    tryInvert: false,
    // The text itself, not what a person would read beside the code.
    textMode: 'Plain',
  })
  return results.flatMap((result) => {
    const format = SYMBOLOGIES[result.format]
    if (!result.isValid || !format || !result.text) return []
    return [{ text: result.text, format, offset: offsetOf(result, picture.width, picture.height) }]
  })
}
