// The camera's live picture in a page: opened with the component and let go of with it, and the one frame a tap takes.

import { onBeforeUnmount, onMounted, type Ref, ref } from 'vue'

export interface Viewfinder {
  isReady: Readonly<Ref<boolean>>
  /** There is no camera, or it may not be used. */
  hasFailed: Readonly<Ref<boolean>>
  /** What is seen at this very moment, as JPEG. Raises while nothing is seen. */
  frame: () => Promise<Blob>
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

/** `video` is the element that shows it. */
export function useViewfinder(video: Readonly<Ref<HTMLVideoElement | null>>): Viewfinder {
  const isReady = ref(false)
  const hasFailed = ref(false)
  let stream: MediaStream | null = null
  let isGone = false

  async function start(): Promise<void> {
    try {
      const got = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
      })
      if (isGone) return stop(got)
      stream = got
      if (video.value) {
        video.value.srcObject = got
        await video.value.play()
      }
      isReady.value = true
    } catch {
      hasFailed.value = true
    }
  }

  function frame(): Promise<Blob> {
    const from = video.value
    if (!from?.videoWidth) return Promise.reject(new Error('no picture yet'))
    const canvas = Object.assign(document.createElement('canvas'), { width: from.videoWidth, height: from.videoHeight })
    // Drawn before this returns: whatever is seen later is another picture.
    canvas.getContext('2d')?.drawImage(from, 0, 0)
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('nothing drawn'))), 'image/jpeg', 0.92)
    })
  }

  onMounted(start)
  onBeforeUnmount(() => {
    isGone = true
    stop(stream)
  })
  return { isReady, hasFailed, frame }
}
