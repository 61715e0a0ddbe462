// What a picture shows, in words.

import { useWords } from '../core/words'

/** A kind of picture as people say it; one an administrator made up is said as he wrote it. */
export function sayKind(kind: string): string {
  const { t, has } = useWords()
  return has(`visits.kind.${kind}`) ? t(`visits.kind.${kind}`) : kind
}
