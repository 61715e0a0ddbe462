// The camera's live picture in a page: opened with the component and let go of with it and while the page is not looked at, why there is
// none, and the one frame a tap takes.

import { onBeforeUnmount, onMounted, type Ref, readonly, ref, type ShallowRef, shallowRef } from 'vue'

/** There is no camera a page may have; the person or his browser said no; another app has it. */
export type CameraFault = 'absent' | 'refused' | 'busy'

export interface Viewfinder {
  isReady: Readonly<Ref<boolean>>
  /** Why nothing is seen, and `open` may be tried again. */
  fault: Readonly<Ref<CameraFault | null>>
  /** What the picture comes from, for what only some cameras can do. */
  track: Readonly<ShallowRef<MediaStreamTrack | null>>
  /** What is seen at this very moment, as JPEG. Raises while nothing is seen. */
  frame: () => Promise<Blob>
  open: () => Promise<void>
}

const FOR_PHOTOS: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1440 } }

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

function faultOf(error: unknown): CameraFault {
  const { name } = error as DOMException
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'absent'
}

/** `video` is the element that shows it, `wanted` the size of the picture where the camera has it. */
export function useViewfinder(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  wanted: MediaTrackConstraints = FOR_PHOTOS,
): Viewfinder {
  const isReady = ref(false)
  const fault = ref<CameraFault | null>(null)
  const track = shallowRef<MediaStreamTrack | null>(null)
  let stream: MediaStream | null = null
  /** Counts openings and closings, so that a camera which comes too late is let go of. */
  let turn = 0

  function close(): void {
    turn += 1
    stop(stream)
    stream = track.value = null
    isReady.value = false
  }

  async function open(): Promise<void> {
    close()
    fault.value = null
    const mine = turn
    try {
      // Where pages may have no camera at all, such as without https, there are no devices to ask.
      if (!navigator.mediaDevices) throw new DOMException('no camera', 'NotFoundError')
      const got = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: 'environment' }, ...wanted },
      })
      if (mine !== turn) return stop(got)
      stream = got
      if (video.value) {
        video.value.srcObject = got
        await video.value.play()
      }
      if (mine !== turn) return
      track.value = got.getVideoTracks()[0] ?? null
      isReady.value = true
    } catch (error) {
      if (mine !== turn) return
      close()
      fault.value = faultOf(error)
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

  /** A phone in the pocket films nothing, and some phones end the picture of a page they hid without saying so. */
  function follow(): void {
    if (document.visibilityState === 'hidden') close()
    else if (!fault.value) void open()
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', follow)
    return open()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', follow)
    close()
  })
  return { isReady: readonly(isReady), fault: readonly(fault), track, frame, open }
}
