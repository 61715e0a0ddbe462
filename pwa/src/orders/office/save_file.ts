// A file the server makes, handed to the browser under the server's own name for it.

import { ApiError, pathOf } from '../../core/api'
import { download } from '../../core/download'
import { sayError } from '../../core/refusals'
import { useToast } from '../../core/ui/toast'
import { useWords } from '../../core/words'

function nameOf(disposition: string): string {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return coded ? decodeURIComponent(coded) : 'export.xlsx'
}

/** Fetches it and lets the browser keep it. Raises ApiError. */
export async function saveFile(path: string): Promise<void> {
  let answer: Response
  let file: Blob
  try {
    answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
    file = await answer.blob()
  } catch {
    throw new ApiError('offline')
  }
  if (!answer.ok) {
    const told = (await new Response(file).json().catch(() => ({}))) as { code?: string; details?: object }
    throw new ApiError(told.code ?? 'error', answer.status, { ...told.details })
  }
  download(file, nameOf(answer.headers.get('content-disposition') ?? ''))
}

/** Saves the list of orders of a filter as an xlsx file, one at a time, and says how it goes. */
export function useExport(filter: () => Record<string, string>): () => Promise<void> {
  const { t, locale } = useWords()
  const toast = useToast()
  let isBusy = false
  return async () => {
    if (isBusy) return
    isBusy = true
    toast.say(t('orders.desk.exporting'))
    try {
      await saveFile(pathOf('/api/orders/export', { ...filter(), language: locale.value }))
    } catch (error) {
      toast.say(sayError(error))
    } finally {
      isBusy = false
    }
  }
}
