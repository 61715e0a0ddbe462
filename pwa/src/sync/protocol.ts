// The shapes that travel between the phone and the server (protocol 1), and how a push body is written so that the bytes of a
// command's args are the same every time they are sent. No state and no fetch here.

export const PROTOCOL = 1

/** Where reading of a bucket stands: [last sequence read, head at which reading from zero began]. */
export type Cursor = [seq: number, floor: number]
export type Cursors = Record<string, Cursor>

export type Row = Record<string, unknown> & { id: string }

export type Decision = 'applied' | 'rejected' | 'quarantined'

/** The server's final word on one command. The same question always gets the same answer. */
export interface Result {
  number: number
  uuid: string
  status: Decision
  code?: string | null
  detail?: unknown
  result?: unknown
  seq: number
}

export interface HelloRequest {
  proto: typeof PROTOCOL
  /** Whose phone this is, here and below; the server refuses the session of another (I20). */
  person_id: string
  replica: string | null
  prev_replica?: string | null
  device: { ua: string; standalone: boolean; persisted: boolean; quota: { used: number; total: number } }
  schema: number
  client_time: number
  lost?: { outbox_depth_last_known: number }
}

export interface HelloAnswer {
  replica: string
  epoch: string
  server_time: number
  min_schema?: number
  features?: string[]
  suspected_loss?: { replica: string; count: number } | null
}

/** A command as it is sent: `args` is JSON text that was fixed when the command was sealed. */
export interface SentCommand {
  number: number
  uuid: string
  name: string
  v: number
  args: string
  captured_at: number
  tz: string
  skew_ms: number | null
  deps: readonly string[]
  blobs: readonly string[]
}

export interface PushRequest {
  person_id?: string
  epoch: string
  replica: string
  schema: number
  client_time: number
  outbox: { depth: number; oldest_at: number | null; blobs: number }
  commands: readonly SentCommand[]
}

export interface PushAnswer {
  epoch: string
  server_time: number
  last_number: number
  results: Result[]
  stop?: {
    reason: 'retry' | 'gap' | 'forked' | 'epoch' | 'dependency_wait'
    expected_number?: number
    retry_after_ms?: number
  } | null
}

export interface PullRequest {
  proto: typeof PROTOCOL
  person_id?: string
  epoch: string
  replica: string
  gen: number
  schema: number
  /** The feeds this build understands with their versions, or the name the server gave that list. */
  tables: Record<string, number> | string
  cursors: Cursors
  resetting: string[]
  acked_number: number
  ask: string[]
  limit: { rows: number; bytes: number }
  priority?: string[]
  want_digest?: boolean
}

/** One change of a bucket: index into the answer's `buckets`, table, key, sequence, 1 put or 2 remove. */
export type FeedEntry = [bucket: number, table: string, key: string, seq: number, op: 1 | 2]

export interface PullPage {
  epoch: string
  gen: number
  server_time: number
  head: number
  more: boolean
  rows: Record<string, Record<string, Record<string, unknown>>>
  entries: FeedEntry[]
  buckets: string[]
  cursors: Cursors
  drop: string[]
  reset: string[]
  restarted: string[]
  results: Result[]
  last_number: number
  digest?: Record<string, { n: number; s: string }> | null
  notices?: { code: string }[]
  /** What to send in place of the list of tables from now on. */
  tables?: string
}

export interface PullRefusal {
  epoch: string
  gen: number
  /** `epoch`: the server's history is another one. `tables`: it knows no list of that name. */
  refused: 'epoch' | 'tables'
}

export type PullAnswer = PullPage | PullRefusal

/** How much text weighs on the wire: a Chinese character is three bytes there. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/**
 * The body of a push as JSON text. Written by hand around `args`, because the server fingerprints the raw bytes of args: they
 * must not change between two sendings, not even by a re-ordering.
 */
export function pushBody(request: PushRequest): string {
  const { commands, ...head } = request
  const written = commands.map(({ args, ...rest }) => `${JSON.stringify(rest).slice(0, -1)},"args":${args}}`)
  return `${JSON.stringify({ proto: PROTOCOL, ...head }).slice(0, -1)},"commands":[${written.join(',')}]}`
}
