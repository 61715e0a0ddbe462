// Decodes pictures off the page's thread, so that the camera's picture never stutters.

/// <reference lib="webworker" />
import { decode, openDecoder } from './decode'
import type { Found, Picture } from './scanned'

/** The address of the WebAssembly, before everything else; or a picture. */
export type Asked = { id: number } & ({ wasm: string } | { picture: Picture })

export interface Answered {
  id: number
  /** What the picture shows; null when it cannot be decoded, or the WebAssembly cannot be had. */
  codes: Found[] | null
}

declare const self: DedicatedWorkerGlobalScope

async function answerOf(asked: Asked): Promise<Found[]> {
  if ('picture' in asked) return decode(asked.picture)
  await openDecoder(asked.wasm)
  return []
}

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  const codes = await answerOf(data).catch(() => null)
  self.postMessage({ id: data.id, codes } satisfies Answered)
}
