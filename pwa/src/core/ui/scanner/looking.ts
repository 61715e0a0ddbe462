// Looks at the viewfinder's picture again and again, and gives each code that comes into view.

import { onBeforeUnmount, onMounted, type Ref, readonly, ref } from 'vue'
import { openReader, ReaderFailure, type ReaderFault, read } from './reader'
import { regionOf } from './region'
import type { Found, Picture } from './scanned'
import { Sightings } from './sightings'

/** Between two looks, in milliseconds: ten a second find a code before one notices, and leave the phone cool. */
const PAUSE = 60

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE))
}

export interface Looking {
  /** Why nothing can be read, and `open` may be tried again. */
  fault: Readonly<Ref<ReaderFault | null>>
  open: () => Promise<void>
}

/** `isReady` says whether the element shows anything. */
export function useLooking(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  isReady: Readonly<Ref<boolean>>,
  found: (code: Found) => void,
): Looking {
  const fault = ref<ReaderFault | null>(null)
  const sightings = new Sightings()
  const canvas = document.createElement('canvas')
  let isGone = false

  function pictureNow(): Picture | null {
    const from = video.value
    if (!from || !isReady.value) return null
    const shown = { width: from.clientWidth, height: from.clientHeight }
    const region = regionOf({ width: from.videoWidth, height: from.videoHeight }, shown)
    if (!region) return null
    const { width, height } = region.to
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, region.to)
    const pen = canvas.getContext('2d', { willReadFrequently: true })
    if (!pen) return null
    const { left, top, ...size } = region.from
    pen.drawImage(from, left, top, size.width, size.height, 0, 0, width, height)
    return pen.getImageData(0, 0, width, height)
  }

  async function look(): Promise<void> {
    const picture = pictureNow()
    if (!picture) return
    const codes = await read(picture)
    if (isGone) return
    const code = sightings.add(codes, performance.now())
    if (code) found(code)
  }

  async function open(): Promise<void> {
    fault.value = null
    try {
      await openReader()
      while (!isGone) {
        await look()
        await pause()
      }
    } catch (error) {
      fault.value = error instanceof ReaderFailure ? error.fault : 'unable'
    }
  }

  onMounted(open)
  onBeforeUnmount(() => {
    isGone = true
  })
  return { fault: readonly(fault), open }
}
