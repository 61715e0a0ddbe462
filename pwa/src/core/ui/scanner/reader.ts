// The page's side of the decoder: one worker for as long as the app is open. It is fetched when it is first needed, or earlier by the
// service worker (src/worker.ts), so that it is there without a network.

import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Answered, Asked } from './reader.worker'
import type { Found, Picture } from './scanned'

/** It could not be fetched, there being no network; or this browser cannot run it. */
export type ReaderFault = 'offline' | 'unable'

export class ReaderFailure extends Error {
  readonly fault: ReaderFault

  constructor() {
    // More than this cannot be told from outside.
    const fault = navigator.onLine === false ? 'offline' : 'unable'
    super(fault)
    this.fault = fault
  }
}

const PATIENCE = 30_000

let worker: Worker | null = null
let opening: Promise<unknown> | null = null
let count = 0
const waiting = new Map<number, (codes: Found[] | null) => void>()

/** A worker that fell over answers nobody. */
function giveUp(): void {
  worker?.terminate()
  worker = opening = null
  for (const settle of waiting.values()) settle(null)
  waiting.clear()
}

function ask(asked: { wasm: string } | { picture: Picture }): Promise<Found[]> {
  const id = ++count
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new ReaderFailure())
    const timer = setTimeout(giveUp, PATIENCE)
    waiting.set(id, (codes) => {
      clearTimeout(timer)
      if (codes) resolve(codes)
      else reject(new ReaderFailure())
    })
    const transfer = 'picture' in asked ? [asked.picture.data.buffer] : []
    worker.postMessage({ id, ...asked } satisfies Asked, transfer)
  })
}

async function start(): Promise<void> {
  if (typeof Worker === 'undefined' || typeof WebAssembly === 'undefined') throw new ReaderFailure()
  worker = new Worker(new URL('./reader.worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<Answered>) => {
    waiting.get(data.id)?.(data.codes)
    waiting.delete(data.id)
  }
  worker.onerror = giveUp
  // Whole, since the worker stands in another folder.
  await ask({ wasm: new URL(wasm, location.href).href })
}

/** After a failure the next to ask begins anew: what once choked may go on choking. */
async function orGiveUp<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    giveUp()
    throw error
  }
}

/** Makes the decoder ready. Raises ReaderFailure, and may be tried again then. */
export async function openReader(): Promise<void> {
  opening ??= start()
  await orGiveUp(opening)
}

/** The codes in a picture, whose bytes are not to be used any more. Raises ReaderFailure, also when it is not open. */
export function read({ data, width, height }: Picture): Promise<Found[]> {
  return orGiveUp(ask({ picture: { data, width, height } }))
}
