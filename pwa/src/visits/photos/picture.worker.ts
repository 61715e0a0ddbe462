// Shrinks pictures off the page's thread, one after the other.

/// <reference lib="webworker" />
import { type Drawable, type Shrunk, type Surface, shrink } from './picture'

export interface Asked {
  id: number
  blob: Blob
  lines: string[]
}

export interface Answered {
  id: number
  shrunk: Shrunk | null
}

declare const self: DedicatedWorkerGlobalScope

function surfaceOf(width: number, height: number): Surface {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas here')
  return { context, encode: (quality) => canvas.convertToBlob({ type: 'image/jpeg', quality }) }
}

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  try {
    const picture = await createImageBitmap(data.blob, { imageOrientation: 'from-image' })
    const shrunk = await shrink(picture as Drawable, data.lines, surfaceOf)
    self.postMessage({ id: data.id, shrunk } satisfies Answered, [shrunk.bytes, shrunk.thumb])
  } catch {
    self.postMessage({ id: data.id, shrunk: null } satisfies Answered)
  }
}
