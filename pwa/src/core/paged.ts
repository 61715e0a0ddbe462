// A list of the server's, page by page, for desk pages: rows so far, whether there are more, what went wrong. Asked anew when its
// question changes; an answer to an older question is dropped.

import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { ask, type Page, pathOf } from './api'
import { sayError } from './refusals'

export interface Paged<T> {
  rows: Readonly<Ref<readonly T[]>>
  hasMore: Readonly<Ref<boolean>>
  isLoading: Readonly<Ref<boolean>>
  /** What went wrong, in words; empty while all is well. */
  wrong: Readonly<Ref<string>>
  more: () => Promise<void>
  /** From the first page again; what is shown stays until it is there. */
  reload: () => Promise<void>
  /** Every row the question finds, those not shown yet too; what is shown stays as it is. Raises ApiError. */
  all: () => Promise<readonly T[]>
}

/** How long to wait for the next letter. */
const PAUSE = 250
/** As many as the server gives at once. */
const MOST = 200

type Questions = Record<string, string | number | null | undefined>

/** Every row of a list after a cursor, of all of it without one. Raises ApiError. */
export async function rowsAfter<T>(path: string, questions: Questions, cursor: string | null = null): Promise<T[]> {
  const found: T[] = []
  let after = cursor
  do {
    const page: Page<T> = await ask<Page<T>>('GET', pathOf(path, { ...questions, limit: MOST, after }))
    found.push(...page.rows)
    after = page.next
  } while (after)
  return found
}

/** `P` is the route's answer where it says more than the rows. */
export function usePaged<T, P extends Page<T> = Page<T>>(
  path: string,
  questions: () => Questions,
  limit = 50,
): Paged<T> & { answer: Readonly<Ref<P | null>> } {
  const answer: Ref<P | null> = shallowRef(null)
  const rows = shallowRef<readonly T[]>([])
  const next = ref<string | null>(null)
  const hasMore = ref(false)
  const isLoading = ref(false)
  const wrong = ref('')
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(after: string | null): Promise<void> {
    const mine = ++round
    isLoading.value = true
    try {
      const page = await ask<P>('GET', pathOf(path, { ...questions(), limit, after }))
      if (mine !== round) return
      answer.value = page
      rows.value = after ? [...rows.value, ...page.rows] : page.rows
      next.value = page.next
      hasMore.value = page.next !== null
      wrong.value = ''
    } catch (error) {
      if (mine === round) wrong.value = sayError(error)
    } finally {
      if (mine === round) isLoading.value = false
    }
  }

  watch(
    () => JSON.stringify(questions()),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => load(null), PAUSE)
    },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    round += 1
  })
  void load(null)

  return {
    answer,
    rows,
    hasMore,
    isLoading,
    wrong,
    more: async () => {
      if (next.value && !isLoading.value) await load(next.value)
    },
    reload: () => load(null),
    all: async () => [...rows.value, ...(next.value ? await rowsAfter<T>(path, questions(), next.value) : [])],
  }
}

/** Rows this device holds itself, in the shape of a list of the server's; null while they are read for the first time. */
export function heldRows<T>(held: Readonly<Ref<readonly T[] | null>>): Paged<T> {
  const rows = computed(() => held.value ?? [])
  const nothing = async (): Promise<void> => undefined
  return {
    rows,
    hasMore: ref(false),
    isLoading: computed(() => held.value === null),
    wrong: ref(''),
    more: nothing,
    reload: nothing,
    all: async () => rows.value,
  }
}
