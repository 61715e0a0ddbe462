// The network between one phone and the server: a proxy of the phone's own that can be cut for good and for all (pages, workers and open
// streams alike) and that lets a request, or its answer, meet with an accident.

import { createServer, type Server as HttpServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What becomes of a request on its way. */
export type Fate =
  | 'arrives'
  /** It never reaches the server. */
  | 'lost'
  /** The server does its work; the phone never hears of it. */
  | 'answer lost'
  /** The answer breaks off in the middle of its body. */
  | 'answer cut'
  /** It reaches the server two times at once; the phone hears one of the answers. */
  | 'twice'
  /** It arrives, and once more some seconds later, when newer ones have long been there. */
  | 'echo'
  /** A hotel's page to sign in to its network answers instead, as 200 and HTML. */
  | 'portal'

export interface Asked {
  method: string
  /** Without the query. */
  path: string
}

/** Says the fate of each request; a number beside it holds the request up for so many milliseconds first. */
export type Weather = (asked: Asked) => Fate | [Fate, number]

const ECHO_MS = 3_000

const PORTAL = '<!doctype html><html><body><h1>欢迎使用酒店无线网络</h1><form action="/login"></form></body></html>'

/**
 * A bad day's weather, the same for the same seed: each accident comes to `odds` of the requests, and every request is held up for
 * anything up to `late` milliseconds.
 */
export function storm(seed: number, odds: Partial<Record<Exclude<Fate, 'arrives'>, number>>, late: number): Weather {
  let state = seed >>> 0
  // mulberry32, so that a storm can be had again.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return () => {
    let left = random()
    const wait = Math.floor(random() * late)
    for (const [fate, share] of Object.entries(odds)) {
      left -= share
      if (left < 0) return [fate as Fate, wait]
    }
    return ['arrives', wait]
  }
}

/** Headers of the road, not of the message (RFC 9110, 7.6.1). */
const OF_THE_ROAD = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection', 'te'])

interface Answer {
  status: number
  headers: Record<string, string | string[]>
  body: IncomingMessage
}

export class Network {
  /** Fair until a test says otherwise. */
  weather: Weather = () => 'arrives'
  /** How many requests met each fate. */
  readonly met = new Map<Fate, number>()
  private isCut = false
  private readonly target: () => string
  private readonly sockets = new Set<Socket>()
  private readonly server: HttpServer

  private constructor(target: () => string) {
    this.target = target
    this.server = createServer((asked, answer) => {
      this.carry(asked, answer).catch(() => answer.destroy())
    })
    this.server.keepAliveTimeout = 60_000
    this.server.on('connection', (socket) => {
      if (this.isCut) {
        socket.destroy()
        return
      }
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    })
  }

  /** `target` says the address of the server; asked again for each request, since a server may come back elsewhere. */
  static async open(target: () => string): Promise<Network> {
    const network = new Network(target)
    await new Promise<void>((resolve) => network.server.listen(0, '127.0.0.1', resolve))
    return network
  }

  get url(): string {
    const address = this.server.address()
    if (typeof address !== 'object' || !address) throw new Error('the network is closed')
    return `http://localhost:${address.port}`
  }

  /** From now on nothing passes, and what was on its way is gone. */
  cut(): void {
    this.isCut = true
    for (const socket of this.sockets) socket.destroy()
  }

  mend(): void {
    this.isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async carry(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const method = asked.method ?? 'GET'
    const path = new URL(asked.url ?? '/', 'http://localhost').pathname
    const said = this.weather({ method, path })
    const [fate, late] = typeof said === 'string' ? [said, 0] : said
    this.met.set(fate, (this.met.get(fate) ?? 0) + 1)
    const body = await whole(asked)
    if (late) await new Promise((resolve) => setTimeout(resolve, late))
    if (this.isCut || fate === 'lost') {
      answer.destroy()
      return
    }
    if (fate === 'portal') {
      answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PORTAL)
      return
    }
    if (fate === 'twice') this.again(asked, body)
    if (fate === 'echo') setTimeout(() => this.again(asked, body), ECHO_MS)
    const got = await this.send(asked, body, answer)
    if (fate === 'answer lost') {
      await whole(got.body)
      answer.destroy()
      return
    }
    answer.writeHead(got.status, got.headers)
    if (fate === 'answer cut') {
      const all = await whole(got.body)
      answer.write(all.subarray(0, all.length >> 1), () => answer.destroy())
      return
    }
    got.body.on('error', () => answer.destroy())
    got.body.pipe(answer)
  }

  /** The same request once more, whose answer nobody waits for. */
  private again(asked: IncomingMessage, body: Buffer): void {
    this.send(asked, body).then(
      ({ body: unheard }) => unheard.resume(),
      () => undefined,
    )
  }

  private send(asked: IncomingMessage, body: Buffer, answer?: ServerResponse): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const there = request(
        new URL(asked.url ?? '/', this.target()),
        { method: asked.method, headers: kept(asked.headersDistinct) },
        (got) => resolve({ status: got.statusCode ?? 502, headers: kept(got.headersDistinct), body: got }),
      )
      there.on('error', reject)
      // A stream nobody listens to any more ends at the server too.
      answer?.on('close', () => there.destroy())
      there.end(body)
    })
  }
}

function kept(headers: NodeJS.Dict<string[]>): Record<string, string | string[]> {
  const entries = Object.entries(headers).filter(([name]) => !OF_THE_ROAD.has(name))
  return Object.fromEntries(
    entries.map(([name, values]) => [name, values?.length === 1 ? (values[0] as string) : (values ?? [])]),
  )
}

async function whole(stream: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
