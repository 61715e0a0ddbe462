// Pictures that are everybody's. Those a phone has taken are shown by sync/photos.ts.

/** The address of a picture that everybody may see; the browser keeps it for good. */
export function picturePath(id: string, size: 'thumb' | 'full'): string {
  return `/api/files/photos/${id}?size=${size}`
}
