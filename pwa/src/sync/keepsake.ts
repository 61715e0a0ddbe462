// How much of a person's waits on this phone, noted in a cookie: browsers that clear a page's storage leave its cookies, so that a store
// found empty can still say how much was in it. A figure, nothing of what it was.

export interface Keepsake {
  /** What was last noted; 0 when nothing was. */
  read(): number
  write(count: number): void
}

const YEAR = 365 * 86_400

export function cookieKeepsake(personId: string): Keepsake {
  // The end of an id is its random part.
  const name = `roundsman_waits_${personId.slice(-12)}`
  const read = () => {
    const found = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))
    return Number(found?.slice(name.length + 1)) || 0
  }
  return {
    read,
    write(count) {
      // Another tab may have noted something else meanwhile.
      if (count === read()) return
      const life = count > 0 ? YEAR : 0
      const secure = location.protocol === 'https:' ? '; Secure' : ''
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in Safari
      document.cookie = `${name}=${count}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`
    },
  }
}
