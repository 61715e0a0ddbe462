// Sizes and marks of pictures, and that a shot is durable before it is anything else, recorded once and for its own person, taken up
// again after a crash, and never lost without a word.

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { setSignedIn } from '../../core/access'
import { eventually } from '../../core/testing/eventually'
import { toast, useToast } from '../../core/ui/toast'
import { closeStore, draftsLike, openEngine, openStore, outboxItems, syncState } from '../../sync'
import { options } from '../../sync/testing/open'
import { TestServer } from '../../sync/testing/server'
import { EFFECTS } from '../commands'
import { visits } from '../index'
import { brokenLines, type Drawable, fitted, type Surface, shrink } from './picture'
import { dismissLost, keepShot, lostShots, pendingShots, resumeShots, type Shot, shotsSettled } from './shots'
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
    clocks: { wall_at: 7, elapsed_ms: null, contact_wall_at: null, contact_server_at: null },
    lines: ['x'],
  }
  let person = 0

  async function open(id: string) {
    const base = options(new TestServer(), { person_id: id })
    const tables = { visits: 1, visit_steps: 1, photos: 1 }
    await openStore({ id }, { ...base, effects: EFFECTS, settings: { ...base.settings, tables } })
    setSignedIn({ id, name: 'x', roles: [], permissions: [] })
  }

  beforeEach(() => {
    person += 1
    return open(`person-${person}`)
  })

  afterEach(async () => {
    vi.unstubAllGlobals()
    await shotsSettled()
    await closeStore()
    setSignedIn(null)
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })

  const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])
  const picture = () => new Blob([JPEG, `original ${person}`], { type: 'image/jpeg' })
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

  test.each([
    ['of a kind the server does not take', () => new Blob(['\0\0\0\x1cftypheic'], { type: 'image/heic' })],
    ['of a name only', () => new Blob(['RIFF\0\0\0\0WAVE'], { type: 'image/webp' })],
    ['too large', () => new Blob([JPEG, new Uint8Array(12 * 1024 * 1024)], { type: 'image/jpeg' })],
  ])('that cannot be shrunk and is %s is refused at once, and nothing of it waits', async (_, made) => {
    useToast().dismiss()
    vi.mocked(shrunkPicture).mockRejectedValue(new Error('no canvas here'))
    await keepShot(made(), about)
    const [shot] = pendingShots.value
    await shotsSettled()
    expect(outboxItems.value).toEqual([])
    expect(toast.value?.text).toContain('门头照有一张照片打不开')
    expect(pendingShots.value).toEqual([])
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([])
    expect(await openEngine().photos.blob(shot!.sha256)).toBeUndefined()
  })

  test.each(['PNG', 'WebP'])('as %s is sent as it is where it cannot be shrunk', async (kind) => {
    vi.mocked(shrunkPicture).mockRejectedValue(new Error('no canvas here'))
    const first = kind === 'PNG' ? new Uint8Array([0x89, 0x50, 0x4e, 0x47]) : 'RIFF\n\r\0\0WEBP'
    await keepShot(new Blob([first, String(person)]), about)
    await shotsSettled()
    expect(photosSent()).toHaveLength(1)
  })

  test('is waited for, but not for ever', async () => {
    let develop: (value: ReturnType<typeof shrunk>) => void = () => {}
    vi.mocked(shrunkPicture).mockReturnValue(
      new Promise((resolve) => {
        develop = resolve
      }),
    )
    await keepShot(picture(), about)
    await shotsSettled(1)
    expect(outboxItems.value).toEqual([])
    develop(shrunk('waited'))
    await shotsSettled(10_000)
    expect(photosSent()).toHaveLength(1)
  })

  test('carries the clocks of the tap, however long it took to be recorded', async () => {
    vi.mocked(shrunkPicture).mockResolvedValue(shrunk('clocks'))
    await keepShot(picture(), about)
    await shotsSettled()
    expect(JSON.parse(outboxItems.value[0]!.args)).toMatchObject({ clocks: about.clocks, photos: [{ taken_at: 5 }] })
  })

  test('whose bytes are gone is told of until the person has seen it', async () => {
    const left: Shot = { ...about, photo_id: 'photo-3', sha256: 'ab'.repeat(32), mime: 'image/jpeg' }
    await openEngine().store.keepDraft(`visits.shot.${left.photo_id}`, left, 1)
    for (const _ of [1, 2]) {
      await resumeShots()
      await shotsSettled()
      expect(lostShots.value).toEqual([left])
    }
    expect(pendingShots.value).toEqual([])
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([left])
    await dismissLost()
    expect(lostShots.value).toEqual([])
    expect(await draftsLike<Shot>('visits.shot.')).toEqual([])
    expect(outboxItems.value).toEqual([])
  })

  test.each([true, false])('is never recorded for the next person on this phone (with locks: %s)', async (hasLocks) => {
    if (!hasLocks) vi.stubGlobal('navigator', { onLine: true })
    let develop: (value: ReturnType<typeof shrunk>) => void = () => {}
    vi.mocked(shrunkPicture)
      .mockClear()
      .mockReturnValue(
        new Promise((resolve) => {
          develop = resolve
        }),
      )
    await keepShot(picture(), about)
    await keepShot(picture(), about)
    const mine = pendingShots.value
    await eventually(() => expect(shrunkPicture).toHaveBeenCalledOnce())
    setSignedIn(null)
    await closeStore()
    await open(`next-${person}`)
    develop(shrunk('mine'))
    await shotsSettled()
    expect(outboxItems.value).toEqual([])
    expect(syncState.value.photos_waiting).toBe(0)
    // Whose they are finds them again.
    setSignedIn(null)
    await closeStore()
    await open(`person-${person}`)
    expect(await draftsLike<Shot>('visits.shot.')).toEqual(mine)
    await resumeShots()
    await shotsSettled()
    expect(photosSent()).toHaveLength(2)
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
    await eventually(() => expect(photosSent()).toMatchObject([{ photo_id: 'photo-1', size: 5 }]))
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
    await eventually(() => expect(photosSent()).toHaveLength(1))
    await eventually(() => expect(pendingShots.value).toEqual([second]))
    // The app may be closed now: the next start has to find the bytes.
    expect(await openEngine().photos.bytes(second!.sha256, 'full')).toBeDefined()
    develop(shrunk('second'))
    await shotsSettled()
    expect(photosSent()).toHaveLength(2)
    expect(await openEngine().photos.blob(second!.sha256)).toBeUndefined()
  })
})
