// A file the server makes, handed to the browser under the server's own name for it.

import { ApiError, pathOf } from '../../core/api'
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
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = nameOf(answer.headers.get('content-disposition') ?? '')
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
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
