// Sizes and marks of pictures, and that a shot is durable before it is anything else, recorded once, and taken up again after a crash.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { setSignedIn } from '../../core/access'
import { closeStore, draftsLike, openEngine, openStore, outboxItems, syncState } from '../../sync'
import { options } from '../../sync/testing/open'
import { TestServer } from '../../sync/testing/server'
import { EFFECTS } from '../commands'
import { visits } from '../index'
import { brokenLines, type Drawable, fitted, type Surface, shrink } from './picture'
import { keepShot, pendingShots, resumeShots, type Shot, shotsSettled } from './shots'
import { shrunkPicture } from './shrink'
import { watermarkLines } from './watermark'

vi.mock('./shrink', () => ({ shrunkPicture: vi.fn() }))

describe('a picture', () => {
  test('fits its edge, keeps its shape and is never made larger', () => {
    expect(fitted(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 })
    expect(fitted(3000, 4000, 320)).toEqual({ width: 240, height: 320 })
    expect(fitted(640, 480, 1600)).toEqual({ width: 640, height: 480 })
    expect(fitted(10_000, 1, 320)).toEqual({ width: 320, height: 1 })
  })

  test('breaks lines that are too long between characters, losing none', () => {
    const broken = brokenLines(['汇暻生活广场店', '短'], (text) => text.length <= 3)
    expect(broken).toEqual(['汇暻生', '活广场', '店', '短'])
    expect(brokenLines(['宽'], () => false)).toEqual(['宽'])
  })

  function surfaces(type: string) {
    const written: string[] = []
    const sizes: string[] = []
    const surfaceOf = (width: number, height: number): Surface => {
      sizes.push(`${width}x${height}`)
      return {
        context: {
          drawImage: () => {},
          fillRect: () => {},
          fillText: (text: string) => written.push(text),
          measureText: () => ({ width: 10 }),
          font: '',
          fillStyle: '',
          textBaseline: 'top',
        } as unknown as Surface['context'],
        encode: async () => new Blob(['x'], { type }),
      }
    }
    return { surfaceOf, written, sizes }
  }

  test('becomes a marked JPEG and a thumbnail', async () => {
    const { surfaceOf, written, sizes } = surfaces('image/jpeg')
    const done = await shrink({ width: 3000, height: 4000 } as Drawable, ['2026-11-23 09:00'], surfaceOf)
    expect(done).toMatchObject({ width: 1200, height: 1600, mime: 'image/jpeg' })
    expect(sizes).toEqual(['1200x1600', '240x320'])
    expect(written).toEqual(['2026-11-23 09:00'])
  })

  test('that came out as something else than JPEG is not taken for one', async () => {
    await expect(shrink({ width: 1, height: 1 } as Drawable, [], surfaces('image/png').surfaceOf)).rejects.toThrow(
      'JPEG',
    )
  })

  test('carries time, customer, person and place', () => {
    const about = { taken_at: Date.parse('2026-11-23T09:05:00+08:00'), customer: '和平店', person: '王磊', address: '' }
    const position = { latitude_e7: 312_300_000, longitude_e7: 1_215_400_000, accuracy_m: 12 }
    expect(watermarkLines({ ...about, position })).toEqual([
      '2026-11-23 09:05',
      '和平店 · 王磊',
      '31.23000, 121.54000 ±12 m',
    ])
    expect(watermarkLines({ ...about, position: null })).toHaveLength(2)
  })
})

describe('a shot', () => {
  const shrunk = (text: string) => ({
    bytes: new TextEncoder().encode(text).buffer as ArrayBuffer,
    thumb: new TextEncoder().encode('small').buffer as ArrayBuffer,
    mime: 'image/jpeg',
    width: 4,
    height: 3,
  })
  const about = {
    step: { step_id: 's', visit_id: 'v', template_id: 't', title: '门头照' },
    kind: 'shopfront',
    taken_at: 5,
    lines: ['x'],
  }
  let person = 0

  async function open(id: string) {
    const base = options(new TestServer())
    const tables = { visits: 1, visit_steps: 1, photos: 1 }
    await openStore({ id }, { ...base, effects: EFFECTS, settings: { ...base.settings, tables } })
    setSignedIn({ id, name: 'x', roles: [], permissions: [] })
  }

  beforeEach(() => {
    person += 1
    return open(`person-${person}`)
  })

  afterEach(async () => {
    await shotsSettled()
    await closeStore()
    setSignedIn(null)
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })

  const picture = () => new Blob([`original ${person}`], { type: 'image/jpeg' })
  const photosSent = () => outboxItems.value.map((entry) => JSON.parse(entry.args).photos[0])

  test('is durable before it is shrunk, then recorded small under its own id, and the original goes', async () => {
    let develop: (value: ReturnType<typeof shrunk>) => void = () => {}
    vi.mocked(shrunkPicture).mockReturnValue(
      new Promise((resolve) => {
        develop = resolve
      }),
    )
    await keepShot(picture(), about)
    const [shot] = pendingShots.value
    expect(outboxItems.value).toEqual([])
    expect(syncState.value.photos_waiting).toBe(1)
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([shot])
    expect(await openEngine().photos.bytes(shot!.sha256, 'full')).toBeDefined()

    develop(shrunk('small picture'))
    await shotsSettled()
    const [sent] = photosSent()
    expect(sent).toMatchObject({ photo_id: shot!.photo_id, kind: 'shopfront', taken_at: 5, size: 13 })
    expect(sent.sha256).not.toBe(shot!.sha256)
    expect(await openEngine().photos.blob(sent.sha256)).toMatchObject({ state: 'held' })
    expect(await openEngine().photos.blob(shot!.sha256)).toBeUndefined()
    expect(pendingShots.value).toEqual([])
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([])
  })

  test('that cannot be shrunk is sent as it is', async () => {
    vi.mocked(shrunkPicture).mockRejectedValue(new Error('no canvas here'))
    await keepShot(picture(), about)
    const [shot] = pendingShots.value
    await shotsSettled()
    expect(photosSent()).toMatchObject([{ sha256: shot!.sha256, size: picture().size }])
    expect(await openEngine().photos.blob(shot!.sha256)).toMatchObject({ state: 'held' })
  })

  test('left half done by an earlier page is taken up, under the same id', async () => {
    const staged = await openEngine().photos.stage(await picture().arrayBuffer(), null, {
      mime: 'image/jpeg',
      width: 0,
      height: 0,
    })
    const left: Shot = { ...about, photo_id: 'photo-1', sha256: staged.sha256, mime: 'image/jpeg' }
    await openEngine().store.keepDraft(`visits.shot.${left.photo_id}`, left, 1)
    vi.mocked(shrunkPicture).mockResolvedValue(shrunk('again'))
    // The next start, whichever page it opens.
    await closeStore()
    await visits.start?.(createApp({}))
    await open(`person-${person}`)
    expect(syncState.value.photos_waiting).toBe(1)
    await vi.waitFor(() => expect(photosSent()).toMatchObject([{ photo_id: 'photo-1', size: 5 }]))
    await shotsSettled()
    expect(pendingShots.value).toEqual([])
  })

  test('kept by another tab that is gone is taken up also after this one has begun its own', async () => {
    vi.mocked(shrunkPicture).mockResolvedValueOnce(shrunk('mine')).mockResolvedValueOnce(shrunk('theirs'))
    await keepShot(picture(), about)
    const staged = await openEngine().photos.stage(new TextEncoder().encode('theirs').buffer, null, {
      mime: 'image/jpeg',
      width: 0,
      height: 0,
    })
    const left: Shot = { ...about, photo_id: 'photo-2', sha256: staged.sha256, mime: 'image/jpeg' }
    await openEngine().store.keepDraft(`visits.shot.${left.photo_id}`, left, 1)
    await shotsSettled()
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([left])
    await resumeShots()
    await shotsSettled()
    expect(photosSent().map((photo) => photo.photo_id)).toContain('photo-2')
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([])
  })

  test('keeps the original for as long as another shot of the very same picture waits for it', async () => {
    let develop: (value: ReturnType<typeof shrunk>) => void = () => {}
    vi.mocked(shrunkPicture)
      .mockResolvedValueOnce(shrunk('first'))
      .mockReturnValueOnce(
        new Promise((resolve) => {
          develop = resolve
        }),
      )
    await keepShot(picture(), about)
    await keepShot(picture(), about)
    const [, second] = pendingShots.value
    await vi.waitFor(() => expect(photosSent()).toHaveLength(1))
    await vi.waitFor(() => expect(pendingShots.value).toEqual([second]))
    // The app may be closed now: the next start has to find the bytes.
    expect(await openEngine().photos.bytes(second!.sha256, 'full')).toBeDefined()
    develop(shrunk('second'))
    await shotsSettled()
    expect(photosSent()).toHaveLength(2)
    expect(await openEngine().photos.blob(second!.sha256)).toBeUndefined()
  })
})
