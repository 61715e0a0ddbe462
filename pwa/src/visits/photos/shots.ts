// Pictures from the shutter to the command. A shot is durable on this phone before anything else happens to it; then it is shrunk, one
// at a time, kept again, and recorded with its step. What a closed app left half done is taken up at the next start.

import { computed, shallowRef } from 'vue'
import { uuid7 } from '../../core/ids'
import { draftsLike, dropDraft, dropStaged, photoBytes, stagePhoto } from '../../sync'
import { recordStep } from '../commands'
import { me } from '../queries/rows'
import type { Shrunk } from './picture'
import { shrunkPicture } from './shrink'

/** The step a picture belongs to. */
export interface ShotStep {
  step_id: string
  visit_id: string
  template_id: string | null
  title: string
}

export interface Shot {
  /** Becomes the photo's id, so that a shot recorded twice is one photo. */
  photo_id: string
  step: ShotStep
  kind: string
  /** The original, as it came from the camera. */
  sha256: string
  mime: string
  taken_at: number
  /** What is written on it; none for pictures from the gallery, whose time and place nobody here knows. */
  lines: string[]
}

// A draft for each shot: two tabs never write the same one, and the command that records a shot takes its draft away with it.
const DRAFT = 'visits.shot.'

const pending = shallowRef<Shot[]>([])
let owner = ''
let queue: Promise<unknown> = Promise.resolve()

/** Shots not yet recorded, oldest first. */
export const pendingShots = computed(() => (owner === me.value ? pending.value : []))

function takeOwnership(): void {
  if (owner === me.value) return
  owner = me.value
  pending.value = []
}

/**
 * Keeps a picture; resolves once it is durable, which is when the person may be told so. Raises StoreFailure when the phone has no
 * room. Shrinking and recording go on behind.
 */
export async function keepShot(
  picture: Blob,
  about: { step: ShotStep; kind: string; taken_at: number; lines: string[] },
): Promise<void> {
  takeOwnership()
  const mime = picture.type || 'image/jpeg'
  const photo_id = uuid7()
  const shotOf = (sha256: string): Shot => ({ ...about, photo_id, sha256, mime })
  const staged = await stagePhoto(
    await picture.arrayBuffer(),
    null,
    { mime, width: 0, height: 0 },
    { id: DRAFT + photo_id, valueOf: shotOf },
  )
  const shot = shotOf(staged.sha256)
  pending.value = [...pending.value, shot]
  enqueue(shot, picture)
}

/** Takes up what an earlier page, or a tab that is gone, left half done. */
export async function resumeShots(): Promise<void> {
  takeOwnership()
  const kept = await draftsLike<Shot>(DRAFT)
  const known = new Set(pending.value.map((shot) => shot.photo_id))
  const left = kept.filter((shot) => !known.has(shot.photo_id))
  pending.value = [...left, ...pending.value]
  for (const shot of left) enqueue(shot)
}

function enqueue(shot: Shot, picture?: Blob): void {
  queue = queue.then(() => develop(shot, picture)).catch(() => {})
}

/**
 * One tab at a time: whoever holds the shot's lock records it, the other lets go of it and would find its draft again. Without locks
 * two tabs may record one shot, which the server knows by its photo id.
 */
async function develop(shot: Shot, picture?: Blob): Promise<void> {
  if (!navigator.locks) return record(shot, picture)
  await navigator.locks.request(DRAFT + shot.photo_id, { ifAvailable: true }, async (lock) => {
    const isLeft = lock !== null && (await draftsLike(DRAFT + shot.photo_id)).length > 0
    if (isLeft) await record(shot, picture)
    else forget(shot)
  })
}

async function record(shot: Shot, picture?: Blob): Promise<void> {
  const original = picture ?? (await kept(shot))
  if (original) {
    // A picture that cannot be drawn here is sent as it is: better large than lost.
    const shrunk = await shrunkPicture(original, shot.lines).catch(() => null)
    const staged = shrunk && (await stage(shrunk))
    const { sha256, size } = staged ?? { sha256: shot.sha256, size: original.size }
    await recordStep(
      {
        ...shot.step,
        kind: 'photo',
        photos: [{ photo_id: shot.photo_id, sha256, kind: shot.kind, taken_at: shot.taken_at, size }],
      },
      DRAFT + shot.photo_id,
    )
    if (sha256 !== shot.sha256 && !(await isWaitedFor(shot.sha256))) await dropStaged(shot.sha256)
  }
  await dropDraft(DRAFT + shot.photo_id)
  forget(shot)
}

/** Whether another shot is of the very same bytes, as when a picture is picked from the gallery twice. */
async function isWaitedFor(sha256: string): Promise<boolean> {
  return (await draftsLike<Shot>(DRAFT)).some((left) => left.sha256 === sha256)
}

function forget(shot: Shot): void {
  pending.value = pending.value.filter((one) => one.photo_id !== shot.photo_id)
}

async function kept(shot: Shot): Promise<Blob | null> {
  const held = await photoBytes(shot.sha256)
  return held ? new Blob([held], { type: shot.mime }) : null
}

function stage({ bytes, thumb, mime, width, height }: Shrunk) {
  return stagePhoto(bytes, thumb, { mime, width, height })
}

/** Resolves when nothing is being developed any more. */
export function shotsSettled(): Promise<unknown> {
  return queue
}
