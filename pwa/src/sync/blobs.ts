// Photos: kept on the phone the moment they are taken, uploaded in parts beside the commands, freed only after the server confirmed
// that very picture and its row came back, and some days later: a server restored from yesterday's backup gets it again. How one
// travels is in sending.ts.

import { sha256 as digestOf, hex } from '../core/sha256'
import type { Tables } from './database'
import { aboutDevice } from './environment'
import type { BlobRecord } from './layout'
import type { Phone } from './phone'
import { faultOf, NotCompleted, type SendPart, sendPicture } from './sending'
import { isSpared } from './spared'

export interface StagedPhoto {
  sha256: string
  size: number
  mime: string
  width: number
  height: number
}

/** What a kept picture is for, kept together with it: the value is made from its SHA-256. */
export interface StagedDraft {
  id: string
  valueOf: (sha256: string) => object
}

/** How many pictures the server does not have yet: those a command names, and those a draft waits with. */
export async function countWaiting({ blobs, drafts }: Tables<'blobs' | 'drafts'>): Promise<number> {
  return (await blobs.countWith('state', 'held')) + (await hashesOf(drafts)).length
}

async function hashesOf(drafts: Tables<'drafts'>['drafts']): Promise<string[]> {
  const kept = (await drafts.all()).map(({ value }) => (value as { sha256?: string } | null)?.sha256)
  return kept.filter((sha256) => sha256 !== undefined)
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FORGOTTEN_KEPT = 30 * DAY
/** Longer than the time between two backups of the server, with one of them missed. */
const UPLOADED_KEPT = 3 * DAY
const TIGHT = 0.7
const BUSY_REST = 60_000

export class PhotoLane {
  private readonly phone: Phone
  private readonly sendPart: SendPart
  /** Pictures whose bytes the server does not have yet. */
  waiting = 0
  /** The one on its way, with the share that arrived. */
  current: { sha256: string; share: number } | null = null
  onChange: () => void = () => {}
  /** Another number waits than before, which the other tabs do not see by themselves. */
  onCounted: () => void = () => {}
  /** When there is little room left, pictures go as soon as it is safe for what the server has now. */
  isTight: () => Promise<boolean> = async () => {
    const { used, total } = (await aboutDevice()).quota
    return total > 0 && used / total > TIGHT
  }
  /** On a connection the person wants to spare nothing is sent, and what is on its way stops after the part it is at. */
  isSpared: () => boolean = () => isSpared.value
  /** The server had no room for pictures, and for how long it wants none. */
  private busy = { since: 0, for_ms: 0 }
  /** When this page had a picture confirmed. */
  private readonly uploadedAt = new Map<string, number>()
  private uploads = 0
  /** Before this moment nothing that was looked at can go. */
  private restsUntil = 0
  /** The replica under which everything that is still here was offered. */
  private offeredAs: string | null = null

  constructor(phone: Phone, sendPart: SendPart) {
    this.phone = phone
    this.sendPart = sendPart
  }

  private get database() {
    return this.phone.store.database
  }

  /**
   * Keeps a picture and its small one, and with it the draft that says what it is for; resolves once all are durable. The same
   * content taken twice is kept once. Raises StoreFailure "sync.no_room" while the person is still in front of what he
   * photographed.
   */
  async stage(
    bytes: ArrayBuffer,
    thumb: ArrayBuffer | null,
    meta: { mime: string; width: number; height: number },
    draft?: StagedDraft,
  ): Promise<StagedPhoto> {
    const sha256 = hex(await digestOf(bytes))
    const made_at = this.phone.clock.wall()
    const blob: BlobRecord = { sha256, size: bytes.byteLength, thumb, ...meta, state: 'staged', code: null, made_at }
    await this.database.write(['blobs', 'bytes', 'drafts'], async ({ blobs, bytes: kept, drafts }) => {
      if (draft) await drafts.put({ id: draft.id, value: draft.valueOf(sha256), saved_at: made_at })
      const known = await blobs.get(sha256)
      if (known && known.state !== 'refused' && known.state !== 'freed') return
      await kept.put({ sha256, bytes })
      await blobs.put({ ...blob, thumb: thumb ?? known?.thumb ?? null })
    })
    await this.recount()
    return { sha256, size: blob.size, mime: blob.mime, width: blob.width, height: blob.height }
  }

  blob(sha256: string): Promise<BlobRecord | undefined> {
    return this.database.read(['blobs'], ({ blobs }) => blobs.get(sha256))
  }

  /** The picture's own bytes, or its small one; undefined when they are not on this phone. */
  async bytes(sha256: string, size: 'thumb' | 'full'): Promise<{ bytes: ArrayBuffer; mime: string } | undefined> {
    return this.database.read(['blobs', 'bytes'], async ({ blobs, bytes }) => {
      const blob = await blobs.get(sha256)
      if (!blob) return undefined
      if (size === 'thumb' && blob.thumb) return { bytes: blob.thumb, mime: 'image/jpeg' }
      const full = await bytes.get(sha256)
      return full && { bytes: full.bytes, mime: blob.mime }
    })
  }

  async recount(): Promise<void> {
    const before = this.waiting
    this.waiting = await this.database.read(['blobs', 'drafts'], countWaiting)
    this.onChange()
    if (this.waiting !== before) this.onCounted()
  }

  /**
   * Uploads what is held, newest first, then frees what is safe; answers whether any picture is now with the server. Raises
   * TransportError; what was sent is not lost. Asked after every part whether it may go on. A server that is busy is left alone by
   * this lane only.
   */
  async run(mayGoOn: () => boolean = () => true): Promise<boolean> {
    const before = this.uploads
    try {
      await this.offerAfterRecovery()
      await this.recount()
      const maySend = () => mayGoOn() && !this.isSpared()
      if (this.waiting > 0 && !this.isResting() && !this.isSpared()) await this.uploadHeld(maySend)
    } catch (error) {
      const fault = faultOf(error)
      if (fault?.kind !== 'busy') throw error
      this.busy = { since: this.phone.clock.wall(), for_ms: fault.after_ms ?? BUSY_REST }
    } finally {
      this.current = null
      this.onChange()
    }
    await this.free()
    return this.uploads > before
  }

  /** Not by the clock's word alone: one that was set back must not hold pictures for a year. */
  private isResting(): boolean {
    const rested = this.phone.clock.wall() - this.busy.since
    return rested >= 0 && rested < this.busy.for_ms
  }

  private async uploadHeld(mayGoOn: () => boolean): Promise<void> {
    let fault: unknown = null
    for (const blob of (await this.held()).sort((one, other) => other.made_at - one.made_at)) {
      try {
        await this.upload(blob, mayGoOn)
      } catch (error) {
        if (!(error instanceof NotCompleted)) throw error
        fault ??= error.cause
      }
      await this.recount()
      if (!mayGoOn()) return
    }
    if (fault) throw fault
  }

  private async upload(blob: BlobRecord, mayGoOn: () => boolean): Promise<void> {
    const kept = await this.database.read(['bytes'], ({ bytes }) => bytes.get(blob.sha256))
    if (!kept) {
      this.phone.log('photo bytes missing', { sha256: blob.sha256 })
      return this.mark(blob, 'refused', 'sync.photo_lost')
    }
    try {
      const onShare = (share: number) => this.tellCurrent(blob.sha256, share)
      if (!(await sendPicture(this.phone, this.sendPart, { ...blob, bytes: kept.bytes }, onShare, mayGoOn))) return
      await this.mark(blob, 'uploaded', null)
      this.uploadedAt.set(blob.sha256, this.phone.clock.wall())
      this.uploads += 1
    } catch (error) {
      const fault = faultOf(error)
      // 403 is about whose session it is, not about the picture.
      if (fault?.kind !== 'refused' || fault.status === 403) throw error
      // A final no about this picture; its bytes stay until the person has seen that.
      this.phone.log('photo refused', { sha256: blob.sha256, code: fault.code })
      await this.mark(blob, 'refused', fault.code)
    }
  }

  private tellCurrent(sha256: string, share: number): void {
    this.current = { sha256, share }
    this.onChange()
  }

  private async mark(blob: BlobRecord, state: BlobRecord['state'], code: string | null): Promise<void> {
    await this.database.write(['blobs'], async ({ blobs }) => {
      const now = await blobs.get(blob.sha256)
      if (now) await blobs.put({ ...now, state, code })
    })
  }

  /**
   * Gives bytes back, never before both halves are certain: the server completed the upload, and a checkpoint on this phone says
   * of every row that names the picture that it is stored. Where there is room they stay some days longer. One the server had and
   * still waits for is offered again. Also forgets pictures nothing here tells of: no command, no draft, no row.
   */
  async free(): Promise<void> {
    const now = this.phone.clock.wall()
    const isTight = await this.isTight()
    if (now < this.restsUntil && !isTight) return
    const { done, drafted } = await this.database.read(['blobs', 'drafts'], async ({ blobs, drafts }) => ({
      done: [...(await blobs.allWith('state', 'uploaded')), ...(await blobs.allWith('state', 'staged'))],
      drafted: await hashesOf(drafts),
    }))
    if (done.length === 0) return
    await this.phone.rows.load(['photos'])
    const states = new Map<string, Set<unknown>>()
    for (const { row } of this.phone.rows.base.get('photos')?.values() ?? []) {
      const sha256 = String(row.sha256)
      states.set(sha256, (states.get(sha256) ?? new Set()).add(row.state))
    }
    const device = await this.phone.store.device()
    const named = new Set([...drafted, ...[...device.outbox.values()].flatMap((entry) => entry.blobs)])
    for (const issue of device.issues.values()) for (const sha256 of issue.entry.blobs) named.add(sha256)
    this.restsUntil = now + DAY
    for (const blob of done) {
      const rows = states.get(blob.sha256)
      if (blob.state === 'uploaded' && rows?.has('awaited') && this.isLongUploaded(blob, now)) {
        this.phone.log('photo still awaited', { sha256: blob.sha256 })
        await this.mark(blob, 'held', null)
        continue
      }
      const isForgotten = blob.state === 'staged' || !rows
      const kept = isForgotten ? FORGOTTEN_KEPT : isTight ? 0 : UPLOADED_KEPT
      const isOver = now - blob.made_at >= kept
      const isStored = rows?.size === 1 && rows.has('stored')
      if (isOver && !named.has(blob.sha256) && (isForgotten || isStored)) await this.drop(blob, !isForgotten)
      // A checkpoint or the person may let it go any moment.
      else this.restsUntil = Math.min(this.restsUntil, isOver ? now + HOUR : blob.made_at + kept)
    }
    await this.recount()
  }

  /** Once a day is enough for a picture the server will not count as its row's. */
  private isLongUploaded({ sha256 }: BlobRecord, now: number): boolean {
    return now - (this.uploadedAt.get(sha256) ?? 0) >= DAY
  }

  private drop(blob: BlobRecord, keepsThumb: boolean): Promise<void> {
    return this.database.write(['blobs', 'bytes'], async ({ blobs, bytes }) => {
      const now = await blobs.get(blob.sha256)
      // A command may have named it again since we looked.
      if (now?.state !== blob.state) return
      await bytes.delete(blob.sha256)
      if (keepsThumb) await blobs.put({ ...now, state: 'freed' })
      else await blobs.delete(blob.sha256)
    })
  }

  /**
   * A recovery ends under a new replica id, whoever noticed that it was needed and whatever page died meanwhile. The server may
   * lack what it once completed: whatever is still here is offered again, once for each id.
   */
  private async offerAfterRecovery(): Promise<void> {
    const { store } = this.phone
    const { replica, is_recovering } = (await store.device()).meta
    if (is_recovering || replica === null || replica === this.offeredAs) return
    if ((await store.remembered<string>('photos_offered_as')) !== replica) {
      await this.offerAgain()
      await store.remember('photos_offered_as', replica)
    }
    this.offeredAs = replica
  }

  /** Whatever is still here waits for its upload again. */
  async offerAgain(): Promise<void> {
    await this.database.write(['blobs'], async ({ blobs }) => {
      const uploaded = await blobs.allWith('state', 'uploaded')
      await blobs.putAll(uploaded.map((blob) => ({ ...blob, state: 'held' })))
    })
  }

  /** A picture that became another (shrunk) before any command named it is not kept. */
  async unstage(sha256: string): Promise<void> {
    const blob = await this.blob(sha256)
    if (blob?.state === 'staged') await this.drop(blob, false)
    await this.recount()
  }

  /** The person has seen that this picture was refused. */
  async dismiss(sha256: string): Promise<void> {
    const blob = await this.blob(sha256)
    if (blob?.state === 'refused') await this.drop(blob, false)
  }

  /** Named by a command and not uploaded yet. */
  held(): Promise<BlobRecord[]> {
    return this.database.read(['blobs'], ({ blobs }) => blobs.allWith('state', 'held'))
  }

  refused(): Promise<BlobRecord[]> {
    return this.database.read(['blobs'], ({ blobs }) => blobs.allWith('state', 'refused'))
  }
}
