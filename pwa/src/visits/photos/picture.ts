// A picture made small: upright, at most 1600 px, marked with its lines, as JPEG, with a thumbnail. The same code draws in a worker and,
// where that is missing, on the page; whoever calls brings the canvas. EXIF does not survive the canvas, and is not meant to.

export interface Shrunk {
  bytes: ArrayBuffer
  thumb: ArrayBuffer
  mime: string
  width: number
  height: number
}

/** A canvas of a size: what draws on it and what it becomes. */
export interface Surface {
  context: Pick<
    OffscreenCanvasRenderingContext2D,
    'drawImage' | 'fillRect' | 'fillText' | 'measureText' | 'font' | 'fillStyle' | 'textBaseline'
  >
  encode(quality: number): Promise<Blob>
}

export type Drawable = ImageBitmap & { close?: () => void }

const EDGE = 1600
const THUMB_EDGE = 320
const QUALITY = 0.75

/** A size whose longer side is at most `edge`, never larger than it was. */
export function fitted(width: number, height: number, edge: number): { width: number; height: number } {
  const scale = Math.min(1, edge / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Lines that do not fit a width, broken between characters: Chinese has no spaces to break at. */
export function brokenLines(lines: readonly string[], fits: (text: string) => boolean): string[] {
  const broken: string[] = []
  for (const line of lines) {
    let rest = [...line]
    while (rest.length) {
      let count = rest.length
      while (count > 1 && !fits(rest.slice(0, count).join(''))) count -= 1
      broken.push(rest.slice(0, count).join(''))
      rest = rest.slice(count)
    }
  }
  return broken
}

function mark(surface: Surface, width: number, height: number, lines: readonly string[]): void {
  if (!lines.length) return
  const { context } = surface
  const size = Math.max(14, Math.round(Math.max(width, height) / 50))
  const pad = Math.round(size * 0.6)
  context.font = `${size}px sans-serif`
  context.textBaseline = 'top'
  const shown = brokenLines(lines, (text) => context.measureText(text).width <= width - 2 * pad)
  const tall = shown.length * Math.round(size * 1.35) + 2 * pad
  context.fillStyle = 'rgba(0, 0, 0, 0.45)'
  context.fillRect(0, height - tall, width, tall)
  context.fillStyle = '#ffffff'
  for (const [at, line] of shown.entries()) {
    context.fillText(line, pad, height - tall + pad + at * Math.round(size * 1.35))
  }
}

async function jpeg(surface: Surface): Promise<Blob> {
  const blob = await surface.encode(QUALITY)
  // A browser that cannot encode what was asked for gives PNG without a word.
  if (blob.type !== 'image/jpeg' || blob.size === 0) throw new Error(`no JPEG but ${blob.type}`)
  return blob
}

/** Shrinks an upright picture. Raises when it cannot be drawn or encoded; the original then has to do. */
export async function shrink(
  picture: Drawable,
  lines: readonly string[],
  surfaceOf: (width: number, height: number) => Surface,
): Promise<Shrunk> {
  const { width, height } = fitted(picture.width, picture.height, EDGE)
  const full = surfaceOf(width, height)
  full.context.drawImage(picture, 0, 0, width, height)
  mark(full, width, height, lines)
  const small = fitted(picture.width, picture.height, THUMB_EDGE)
  const thumb = surfaceOf(small.width, small.height)
  thumb.context.drawImage(picture, 0, 0, small.width, small.height)
  picture.close?.()
  const [blob, thumbBlob] = [await jpeg(full), await jpeg(thumb)]
  return {
    bytes: await blob.arrayBuffer(),
    thumb: await thumbBlob.arrayBuffer(),
    mime: 'image/jpeg',
    width,
    height,
  }
}
