// A file this page made or fetched, handed to the browser as a download.

/** Lets the browser keep a file under a name. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser may only now begin to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
