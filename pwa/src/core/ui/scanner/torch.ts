// The camera's light, where it has one and the browser lets a page switch it.

import { type Ref, readonly, ref, watch } from 'vue'

/** Not in the standard's types: the Image Capture draft adds it, and only Chromium follows. */
type Lit<T> = T & { torch?: boolean }

export interface Torch {
  isThere: Readonly<Ref<boolean>>
  isOn: Readonly<Ref<boolean>>
  toggle: () => Promise<void>
}

export function useTorch(track: Readonly<Ref<MediaStreamTrack | null>>): Torch {
  const isThere = ref(false)
  const isOn = ref(false)

  // It goes out with its camera.
  watch(
    track,
    (now) => {
      isOn.value = false
      isThere.value = Boolean((now?.getCapabilities?.() as Lit<MediaTrackCapabilities> | undefined)?.torch)
    },
    { immediate: true },
  )

  async function toggle(): Promise<void> {
    const torch = !isOn.value
    const wanted: Lit<MediaTrackConstraintSet> = { torch }
    try {
      await track.value?.applyConstraints({ advanced: [wanted] })
      isOn.value = torch
    } catch {
      // A light that was promised and does not come is none.
      isThere.value = false
    }
  }

  return { isThere: readonly(isThere), isOn: readonly(isOn), toggle }
}
