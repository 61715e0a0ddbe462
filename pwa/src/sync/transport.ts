// The way to the server: JSON there and back, with a limit on every wait, and every answer that is not the server's own (a captive
// portal's page, a proxy's error) taken as no answer at all.

export type Fault =
  /** Silence, or somebody else answered: try again later. */
  | { kind: 'offline' }
  /** 429, 503 and every other 5xx: try again, not before `after_ms`. */
  | { kind: 'busy'; after_ms: number | null }
  /** 401: nobody is signed in. */
  | { kind: 'signed_out' }
  /** 413: smaller pieces. */
  | { kind: 'too_large' }
  /** A final no, with its code. */
  | { kind: 'refused'; status: number; code: string; detail: unknown }

export class TransportError extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.kind === 'refused' ? fault.code : fault.kind)
    this.fault = fault
  }
}

export interface Told<T> {
  body: T
  /** Milliseconds from asking to the answer. */
  took: number
}

export interface Ask {
  method?: 'GET' | 'POST'
  /** JSON text. */
  text?: string
  headers?: Record<string, string>
  timeout_ms?: number
  /** Lets the request outlive the page. */
  keepalive?: boolean
}

export interface Transport {
  ask<T>(path: string, ask?: Ask): Promise<Told<T>>
}

const TIMEOUT = 20_000

export function fetchTransport(now: () => number, send: typeof fetch = (...args) => fetch(...args)): Transport {
  return {
    async ask<T>(path: string, ask: Ask = {}): Promise<Told<T>> {
      const abort = new AbortController()
      const timer = setTimeout(() => abort.abort(), ask.timeout_ms ?? TIMEOUT)
      const asked = now()
      try {
        const headers: Record<string, string> = { accept: 'application/json', ...ask.headers }
        if (ask.text !== undefined) headers['content-type'] = 'application/json'
        const answer = await send(path, {
          method: ask.method ?? 'POST',
          headers,
          body: ask.text ?? null,
          credentials: 'same-origin',
          cache: 'no-store',
          // A portal redirects to its own page: that is not an answer.
          redirect: 'error',
          signal: abort.signal,
          ...(ask.keepalive ? { keepalive: true } : {}),
        })
        const body = await bodyOf(answer)
        if (answer.ok) return { body: body as T, took: now() - asked }
        throw new TransportError(faultOf(answer, body))
      } catch (error) {
        // An abort we did not cause is a dropped connection (Safari), an abort we did cause is a timeout: silence either way.
        throw error instanceof TransportError ? error : new TransportError({ kind: 'offline' })
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

async function bodyOf(answer: Response): Promise<unknown> {
  if (answer.status === 204 || answer.status === 202) return null
  const type = answer.headers.get('content-type') ?? ''
  if (!/^application\/(problem\+)?json\b/.test(type)) {
    if (answer.status >= 500 || answer.status === 429) return null
    throw new TransportError({ kind: 'offline' })
  }
  return answer.json()
}

function faultOf(answer: Response, body: unknown): Fault {
  const problem = (body ?? {}) as { code?: string; error?: string }
  if (answer.status === 401) return { kind: 'signed_out' }
  if (answer.status === 413) return { kind: 'too_large' }
  if (answer.status === 429 || answer.status >= 500) return { kind: 'busy', after_ms: retryAfter(answer) }
  return { kind: 'refused', status: answer.status, code: problem.code ?? problem.error ?? 'unknown', detail: body }
}

/** Retry-After in milliseconds: seconds, or a date against the server's own date. */
function retryAfter(answer: Response): number | null {
  const text = answer.headers.get('retry-after')
  if (!text) return null
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const at = Date.parse(text) - Date.parse(answer.headers.get('date') ?? '')
  return Number.isFinite(at) ? Math.max(0, at) : null
}
