// @vitest-environment happy-dom
// One worker that answers in any order, and what is said when there is none.

import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Asked } from './reader.worker'

class FakeWorker {
  static made: FakeWorker[] = []
  asked: Asked[] = []
  isEnded = false
  onmessage: ((event: { data: unknown }) => void) | null = null
  onerror: (() => void) | null = null
  constructor() {
    FakeWorker.made.push(this)
  }
  postMessage(asked: Asked): void {
    this.asked.push(asked)
  }
  terminate(): void {
    this.isEnded = true
  }
  answer(id: number, codes: unknown): void {
    this.onmessage?.({ data: { id, codes } })
  }
}

const code = { text: '6901234567892', format: 'ean13', offset: 0 }
let reader: typeof import('./reader')

beforeEach(async () => {
  FakeWorker.made = []
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('navigator', { onLine: true })
  vi.resetModules()
  reader = await import('./reader')
})

function picture() {
  return { data: new Uint8ClampedArray(4), width: 1, height: 1 }
}

async function opened(): Promise<FakeWorker> {
  const opening = reader.openReader()
  const worker = FakeWorker.made.at(-1) as FakeWorker
  worker.answer((worker.asked[0] as Asked).id, [])
  await opening
  return worker
}

test('it is opened once, with the WebAssembly of our own server', async () => {
  const worker = await opened()
  await reader.openReader()
  expect(FakeWorker.made).toHaveLength(1)
  expect(worker.asked).toHaveLength(1)
  const { wasm } = worker.asked[0] as Extract<Asked, { wasm: string }>
  expect(new URL(wasm).origin).toBe(location.origin)
  expect(wasm).toMatch(/zxing_reader.*\.wasm$/)
})

test('each picture gets its own answer', async () => {
  const worker = await opened()
  const [one, other] = [reader.read(picture()), reader.read(picture())]
  const [, first, second] = worker.asked as [Asked, Asked, Asked]
  worker.answer(second.id, [])
  worker.answer(first.id, [code])
  expect(await Promise.all([one, other])).toEqual([[code], []])
})

describe('when the worker falls over', () => {
  test('whoever waits is told, and the next opening makes another', async () => {
    const worker = await opened()
    const waits = reader.read(picture())
    worker.onerror?.()
    await expect(waits).rejects.toMatchObject({ fault: 'unable' })
    await expect(reader.read(picture())).rejects.toMatchObject({ fault: 'unable' })
    expect(worker.isEnded).toBe(true)
    await opened()
    expect(FakeWorker.made).toHaveLength(2)
  })

  test('or chokes on a picture, the same', async () => {
    const worker = await opened()
    const waits = reader.read(picture())
    worker.answer((worker.asked[1] as Asked).id, null)
    await expect(waits).rejects.toMatchObject({ fault: 'unable' })
    await opened()
    expect(FakeWorker.made).toHaveLength(2)
  })

  test('without a network that is the reason', async () => {
    vi.stubGlobal('navigator', { onLine: false })
    const opening = reader.openReader()
    FakeWorker.made[0]?.onerror?.()
    await expect(opening).rejects.toMatchObject({ fault: 'offline' })
  })
})

test('a browser without workers cannot', async () => {
  vi.stubGlobal('Worker', undefined)
  await expect(reader.openReader()).rejects.toMatchObject({ fault: 'unable' })
})
