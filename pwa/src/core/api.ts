// One question to the server and its answer, for signing in and for desk pages. A phone's pages never ask: they read the store and
// write through the outbox.

import type { Answers, Payloads } from '../wire/commands'
import { uuid7 } from './ids'

const TIMEOUT = 20_000
/** A file takes its time over a weak signal. */
const FILE_TIMEOUT = 120_000

/** The server said no, or could not be reached: `code` is "offline" then. The code is the key of the text people read. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>
  constructor(code: string, status = 0, details: Record<string, unknown> = {}) {
    super(code)
    this.code = code
    this.status = status
    this.details = details
  }
}

/** Asks, with JSON or the bytes of a file, and answers the body as JSON; null for an empty one. Raises ApiError. */
export async function ask<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const abort = new AbortController()
  const file = body instanceof Blob ? body : null
  const timer = setTimeout(() => abort.abort(), file ? FILE_TIMEOUT : TIMEOUT)
  try {
    const answer = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': file ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
      credentials: 'same-origin',
      cache: 'no-store',
      // A captive portal redirects to its own page: that is not an answer.
      redirect: 'error',
      signal: abort.signal,
    })
    if (answer.ok && (answer.status === 204 || answer.headers.get('content-length') === '0')) return null as T
    if (!/^application\/(problem\+)?json\b/.test(answer.headers.get('content-type') ?? ''))
      throw new ApiError('offline')
    const told = await answer.json()
    if (answer.ok) return told as T
    const retry_after = Number(answer.headers.get('retry-after')) || undefined
    throw new ApiError(told.code ?? 'error', answer.status, {
      ...told.details,
      ...(retry_after ? { retry_after } : {}),
    })
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError('offline')
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sends one command from a desk, in the version this build writes: a page left open over a release is read as what it meant. `key` makes it happen once
 * however often it is sent; give the same one when trying again.
 */
export async function send<Name extends keyof Payloads & keyof Answers>(
  name: Name,
  args: Payloads[Name],
  key: string = uuid7(),
): Promise<Answers[Name]> {
  // Fetched by who sends commands: the start does without.
  const { COMMAND_VERSIONS } = await import('../wire/commands')
  const done = await ask<{ result: Answers[Name] }>('POST', `/api/commands/${name}`, args, {
    'idempotency-key': key,
    'command-version': String(COMMAND_VERSIONS[name]),
  })
  return done.result
}

/** A page of a list and the opaque cursor of the next one. */
export interface Page<T> {
  rows: T[]
  next: string | null
}

/** The path of a list with its questions; empty ones are left out. */
export function pathOf(path: string, questions: Record<string, string | number | null | undefined>): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries(questions)) {
    if (value !== null && value !== undefined && value !== '') asked.set(name, String(value))
  }
  const text = asked.toString()
  return text ? `${path}?${text}` : path
}
