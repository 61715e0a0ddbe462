// Pictures from the shutter to the command. A shot is durable on this phone before anything else happens to it; then it is shrunk, one
// at a time, kept again, and recorded with its step. What a closed app left half done is taken up at the next start; what cannot be
// recorded is said to the person.

import { computed, shallowRef } from 'vue'
import type { Clocks } from '../../core/clocks'
import { uuid7 } from '../../core/ids'
import { useToast } from '../../core/ui/toast'
import { useWords } from '../../core/words'
import { currentEngine, draftsLike, dropDraft, dropStaged, photoBytes, stagePhoto } from '../../sync'
import { recordStep } from '../commands'
import { me } from '../queries/rows'
import type { Shrunk } from './picture'
import { shrunkPicture } from './shrink'

/** The step a picture belongs to. */
export interface ShotStep {
  step_id: string
  visit_id: string
  template_id: string | null
  follow_up_id?: string | null
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
  /** True time as far as this phone knows it. */
  taken_at: number
  /** Of the tap; drafts of older builds have none. */
  clocks?: Clocks
  /** What is written on it; none for pictures from the gallery, whose time and place nobody here knows. */
  lines: string[]
}

// A draft for each shot: two tabs never write the same one, and the command that records a shot takes its draft away with it.
const DRAFT = 'visits.shot.'
/** Bytes of one photo the server takes. */
const SIZE_MAX = 12 * 1024 * 1024

const pending = shallowRef<Shot[]>([])
const lost = shallowRef<Shot[]>([])
const owner = shallowRef('')
let queue: Promise<unknown> = Promise.resolve()

/** Shots not yet recorded, oldest first. */
export const pendingShots = computed(() => (owner.value === me.value ? pending.value : []))

/** Shots whose bytes are no longer on this phone. Their drafts stay until the person has seen that. */
export const lostShots = computed(() => (owner.value === me.value ? lost.value : []))

function takeOwnership(person_id: string): void {
  if (owner.value === person_id) return
  owner.value = person_id
  pending.value = []
  lost.value = []
}

/**
 * Keeps a picture; resolves once it is durable, which is when the person may be told so. Raises StoreFailure when the phone has no
 * room. Shrinking and recording go on behind.
 */
export async function keepShot(
  picture: Blob,
  about: { step: ShotStep; kind: string; taken_at: number; clocks: Clocks; lines: string[] },
): Promise<void> {
  const whose = me.value
  takeOwnership(whose)
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
  enqueue(shot, whose, picture)
}

/** Takes up what an earlier page, or a tab that is gone, left half done. */
export async function resumeShots(): Promise<void> {
  const kept = await draftsLike<Shot>(DRAFT)
  const whose = currentEngine.value?.person_id
  if (!whose) return
  takeOwnership(whose)
  const known = new Set([...pending.value, ...lost.value].map((shot) => shot.photo_id))
  const left = kept.filter((shot) => !known.has(shot.photo_id))
  pending.value = [...left, ...pending.value]
  for (const shot of left) enqueue(shot, whose)
}

/** The person has seen that these cannot be recorded. */
export async function dismissLost(): Promise<void> {
  const seen = lost.value
  lost.value = []
  for (const shot of seen) await dropDraft(DRAFT + shot.photo_id)
}

function enqueue(shot: Shot, whose: string, picture?: Blob): void {
  queue = queue.then(() => develop(shot, whose, picture)).catch(() => {})
}

/**
 * One tab at a time: whoever holds the shot's lock records it, the other lets go of it and would find its draft again. Without locks
 * two tabs may record one shot, which the server knows by its photo id.
 */
async function develop(shot: Shot, whose: string, picture?: Blob): Promise<void> {
  if (!navigator.locks) return record(shot, whose, picture)
  await navigator.locks.request(DRAFT + shot.photo_id, { ifAvailable: true }, async (lock) => {
    if (lock) await record(shot, whose, picture)
    else forget(shot)
  })
}

async function record(shot: Shot, whose: string, picture?: Blob): Promise<void> {
  if (!(await isLeft(shot, whose))) return forget(shot)
  const original = picture ?? (await kept(shot))
  if (!original) return lose(shot)
  // A picture that cannot be drawn here is sent as it is: better large than lost.
  const shrunk = await shrunkPicture(original, shot.lines).catch(() => null)
  // Shrinking takes its time, and the phone may be somebody else's by now.
  if (!(await isLeft(shot, whose))) return forget(shot)
  if (!shrunk && !(await isTaken(original))) {
    useToast().say(useWords().t('visits.camera.not_taken', { title: shot.step.title }))
    await dropDraft(DRAFT + shot.photo_id)
    if (!(await isWaitedFor(shot.sha256))) await dropStaged(shot.sha256)
    return forget(shot)
  }
  const staged = shrunk && (await stage(shrunk))
  const { sha256, size } = staged ?? { sha256: shot.sha256, size: original.size }
  if (!isOf(whose)) return forget(shot)
  await recordStep(
    {
      ...shot.step,
      kind: 'photo',
      photos: [{ photo_id: shot.photo_id, sha256, kind: shot.kind, taken_at: shot.taken_at, size }],
    },
    DRAFT + shot.photo_id,
    shot.clocks,
  )
  if (sha256 !== shot.sha256 && !(await isWaitedFor(shot.sha256))) await dropStaged(shot.sha256)
  forget(shot)
}

/** Whether both who is signed in and the open store are still this person's. */
function isOf(person_id: string): boolean {
  return me.value === person_id && currentEngine.value?.person_id === person_id
}

/** Whether this shot still waits to be recorded, and here. */
async function isLeft(shot: Shot, whose: string): Promise<boolean> {
  return isOf(whose) && (await draftsLike(DRAFT + shot.photo_id)).length > 0 && isOf(whose)
}

function lose(shot: Shot): void {
  lost.value = [...lost.value, shot]
  forget(shot)
}

/** Whether the server takes a picture as it is: as large as it may be, and JPEG, PNG or WebP by its first bytes. */
async function isTaken(picture: Blob): Promise<boolean> {
  const first = String.fromCharCode(...new Uint8Array(await picture.slice(0, 12).arrayBuffer()))
  return picture.size <= SIZE_MAX && /^(\xff\xd8\xff|\x89PNG|RIFF[\s\S]{4}WEBP)/.test(first)
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

/** Resolves when nothing is being developed any more, or after so long. */
export async function shotsSettled(within_ms?: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const enough = new Promise<void>((resolve) => {
    if (within_ms !== undefined) timer = setTimeout(resolve, within_ms)
  })
  await Promise.race([queue, enough])
  clearTimeout(timer)
}
