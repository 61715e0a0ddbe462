// Photos for screens: keeping one, showing one from this phone or from the server, and what mark it carries.

import { onScopeDispose, type Ref, shallowRef, watchEffect } from 'vue'
import type { MarkState } from '../core/domain'
import type { StagedDraft, StagedPhoto } from './blobs'
import { useLive } from './live'
import { currentEngine, state, wholeEngine } from './open_store'

export type { StagedPhoto }

/** Keeps a picture on this phone, and its draft; resolves once both are durable. Then name it in a command with `photos`. */
export async function stagePhoto(
  bytes: ArrayBuffer,
  thumb: ArrayBuffer | null,
  meta: { mime: string; width: number; height: number },
  draft?: StagedDraft,
): Promise<StagedPhoto> {
  return (await wholeEngine()).photos.stage(bytes, thumb, meta, draft)
}

/** The bytes of a picture kept on this phone; undefined when they are not here. */
export async function photoBytes(sha256: string): Promise<ArrayBuffer | undefined> {
  return (await (await wholeEngine()).photos.bytes(sha256, 'full'))?.bytes
}

/** Lets go of a kept picture that no command has named: another, made from it, took its place. */
export async function dropStaged(sha256: string): Promise<void> {
  await (await wholeEngine()).photos.unstage(sha256)
}

/** When this phone kept each picture it still has to upload; none while nobody's store is open. */
export async function photosHeldSince(): Promise<number[]> {
  const photos = currentEngine.value?.photos
  return photos?.waiting ? (await photos.held()).map((blob) => blob.made_at) : []
}

/** Those of some pictures, by SHA-256, that this phone cannot upload because it does not have them. */
export async function photosNotHere(hashes: readonly string[]): Promise<string[]> {
  const photos = currentEngine.value?.photos
  if (!photos) return []
  const blobs = await Promise.all(hashes.map((sha256) => photos.blob(sha256)))
  return hashes.filter((_, at) => (blobs[at]?.state ?? 'freed') === 'freed')
}

const HASH = /^[0-9a-f]{64}$/

/**
 * Where a picture is to be had: an object URL of the bytes on this phone (the caller revokes it), else the server's address. `photo`
 * is a photo's id or its SHA-256; a hash that is not on this phone and names no known photo gives an empty text.
 */
export async function photoUrl(photo: string, size: 'thumb' | 'full'): Promise<string> {
  const engine = await wholeEngine()
  await engine.need(['photos'])
  const { view } = engine.overlays
  const isHash = HASH.test(photo)
  const sha256 = isHash ? photo : String(view.get('photos', photo)?.sha256 ?? '')
  const held = sha256 ? await engine.photos.bytes(sha256, size) : undefined
  if (held) return URL.createObjectURL(new Blob([held.bytes], { type: held.mime }))
  const id = isHash ? view.where('photos', 'sha256', photo)[0]?.id : photo
  return id ? `/api/files/photos/${id}?size=${size}` : ''
}

/** The same for a template: follows a getter, and gives its object URLs back. */
export function usePhotoUrl(photo: () => string | undefined, size: 'thumb' | 'full'): Readonly<Ref<string>> {
  const url = shallowRef('')
  let asked = 0
  const put = (next: string) => {
    if (url.value.startsWith('blob:')) URL.revokeObjectURL(url.value)
    url.value = next
  }
  watchEffect(() => {
    const wanted = photo()
    const mine = ++asked
    if (!wanted || !currentEngine.value) {
      put('')
      return
    }
    void photoUrl(wanted, size).then((next) => {
      if (mine === asked) put(next)
      else if (next.startsWith('blob:')) URL.revokeObjectURL(next)
    })
  })
  onScopeDispose(() => {
    asked += 1
    put('')
  })
  return url
}

/** The mark of a photo: its row may have arrived long before its bytes. */
export function usePhotoMark(photoId: () => string): Readonly<Ref<MarkState | undefined>> {
  return useLive<MarkState | undefined>(
    ['photos'],
    (view) => {
      const id = photoId()
      const row = view.get('photos', id)
      if (!row) return undefined
      if (row.state === 'refused') return 'attention'
      const mark = view.state('photos', id)
      if (mark === 'attention' || row.state === 'stored') return mark
      // Which picture is on its way is told with the state.
      void state.value
      return currentEngine.value?.photos.current?.sha256 === row.sha256 ? 'sending' : 'local'
    },
    undefined,
  )
}
