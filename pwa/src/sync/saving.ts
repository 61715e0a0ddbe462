// How a backup file leaves the page: through the phone's share sheet where that takes files, else as a download.

import { download } from '../core/download'

/** Whether it left the page; false when the person closed the share sheet. */
export async function handedOver(file: File): Promise<boolean> {
  // On a phone the download folder is hard to find; only there is sharing the better way.
  const isPhone = matchMedia('(pointer: coarse)').matches
  if (isPhone && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] })
      return true
    } catch (error) {
      if ((error as { name?: string }).name === 'AbortError') return false
      // Some browsers forget the tap while a large file is made: a download needs none.
    }
  }
  download(file, file.name)
  return true
}
