// What a scanner hands over, and the kinds of code its camera reads.

/** UPC-A and UPC-E are read as the EAN-13 they stand for. */
export type Symbology = 'ean13' | 'ean8' | 'code128' | 'itf' | 'qr' | 'datamatrix'

export interface Scanned {
  /** As it was read; goods are looked up under normalizedBarcode (core/barcodes.ts) of it. */
  text: string
  /** What the camera saw; a gun or a person does not say. */
  format: Symbology | 'gun' | 'typed'
}

/** Whether the code is what was looked for; null while nobody has said. */
export type Verdict = 'ok' | 'wrong' | null

/** A code in a picture. */
export interface Found {
  text: string
  format: Symbology
  /** How far its middle is from the picture's: 0 is there, 1 at an edge. */
  offset: number
}

/** A picture as a canvas gives it: four bytes a point, row by row. */
export type Picture = Pick<ImageData, 'data' | 'width' | 'height'>
