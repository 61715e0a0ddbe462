// Shrinks a picture in the worker, or on the page where there is no worker or it failed. Raises when neither can.

import { type Drawable, type Shrunk, type Surface, shrink } from './picture'
import type { Answered, Asked } from './picture.worker'

const PATIENCE = 30_000

let worker: Worker | null = null
let count = 0
const waiting = new Map<number, (shrunk: Shrunk | null) => void>()

function openWorker(): Worker | null {
  if (worker) return worker
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return null
  worker = new Worker(new URL('./picture.worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<Answered>) => {
    waiting.get(data.id)?.(data.shrunk)
    waiting.delete(data.id)
  }
  worker.onerror = giveUp
  return worker
}

/** A worker that fell over answers nobody: everyone waiting goes on without it. */
function giveUp(): void {
  worker?.terminate()
  worker = null
  for (const settle of waiting.values()) settle(null)
  waiting.clear()
}

function inWorker(blob: Blob, lines: string[]): Promise<Shrunk | null> {
  const open = openWorker()
  if (!open) return Promise.resolve(null)
  const id = ++count
  return new Promise((resolve) => {
    const timer = setTimeout(giveUp, PATIENCE)
    waiting.set(id, (shrunk) => {
      clearTimeout(timer)
      resolve(shrunk)
    })
    open.postMessage({ id, blob, lines } satisfies Asked)
  })
}

function surfaceOf(width: number, height: number): Surface {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas here')
  return {
    context: context as unknown as Surface['context'],
    encode: (quality) =>
      new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('nothing drawn'))), 'image/jpeg', quality)
      }),
  }
}

/** The picture upright: every browser turns an <img> by its EXIF, not every one a bitmap. */
async function decoded(blob: Blob): Promise<Drawable> {
  if (typeof createImageBitmap === 'function') {
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(() => null)
    if (bitmap) return bitmap
  }
  const url = URL.createObjectURL(blob)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return image as unknown as Drawable
  } finally {
    URL.revokeObjectURL(url)
  }
}

export async function shrunkPicture(blob: Blob, lines: string[]): Promise<Shrunk> {
  return (await inWorker(blob, lines)) ?? shrink(await decoded(blob), lines, surfaceOf)
}
