// Which part of the camera's picture stands within the frame drawn over it.

export interface Size {
  width: number
  height: number
}

export interface Region extends Size {
  left: number
  top: number
}

/** How much of what is shown the frame takes. */
export const FRAME: Size = { width: 0.84, height: 0.6 }
/** Beyond the frame, since a code needs white around it and nobody aims that well. */
const MARGIN = 0.08
/** Points along the longer side: enough for an EAN-13 across a third of it, and a third of the work of a whole picture. */
const LONGEST = 1280

/**
 * What to read of a picture that fills its element and is cut off where it does not fit (`object-fit: cover`), in points of the picture,
 * and the size to read it in. Null while either has no size.
 */
export function regionOf(picture: Size, shown: Size): { from: Region; to: Size } | null {
  if (!picture.width || !picture.height || !shown.width || !shown.height) return null
  const scale = Math.max(shown.width / picture.width, shown.height / picture.height)
  const side = (name: 'width' | 'height'): number => {
    const part = Math.min(1, FRAME[name] + 2 * MARGIN)
    return Math.round((shown[name] * part) / scale)
  }
  const [width, height] = [side('width'), side('height')]
  const shrink = Math.min(1, LONGEST / Math.max(width, height))
  return {
    from: {
      left: Math.round((picture.width - width) / 2),
      top: Math.round((picture.height - height) / 2),
      width,
      height,
    },
    to: { width: Math.max(1, Math.round(width * shrink)), height: Math.max(1, Math.round(height * shrink)) },
  }
}
