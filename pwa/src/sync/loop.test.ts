// When the loop runs, when it waits and how long, when it must not run.

import { beforeEach, describe, expect, test } from 'vitest'
import { Loop, type Work } from './loop'
import { type Fault, TransportError } from './transport'

let log: string[]
let timers: { run: () => void; ms: number; isOver: boolean }[]
let work: Work & { fault: Fault | null; pushes: number }
let loop: Loop

beforeEach(() => {
  log = []
  timers = []
  work = {
    fault: null,
    pushes: 1,
    async greet() {
      log.push('greet')
    },
    async push() {
      log.push('push')
      if (work.fault) throw new TransportError(work.fault)
      work.pushes -= 1
      return { again: work.pushes > 0, wait_ms: null, greet: false }
    },
    async pull() {
      log.push('pull')
    },
    async photos() {
      log.push('photos')
      return false
    },
  }
  loop = new Loop(
    work,
    {
      set: (run, ms) => {
        const timer = { run, ms, isOver: false }
        timers.push(timer)
        return timer
      },
      clear: (timer) => {
        ;(timer as (typeof timers)[0]).isOver = true
      },
      random: () => 0.5,
    },
    (error) => (error instanceof TransportError ? error.fault : null),
  )
})

function due(): number[] {
  return timers.filter((timer) => !timer.isOver).map((timer) => timer.ms)
}

test('pushes until empty, then pulls, then carries photos, then rests about a minute', async () => {
  work.pushes = 3
  await loop.now()
  expect(log).toEqual(['greet', 'push', 'push', 'push', 'pull', 'photos'])
  expect(due()).toEqual([60_000])
  await loop.now()
  expect(log.filter((one) => one === 'greet')).toHaveLength(1)
})

test('a burst of taps is one round', () => {
  loop.poke(300)
  loop.poke(300)
  loop.poke(500)
  expect(due()).toEqual([300])
  loop.poke(0)
  expect(due()).toEqual([0])
})

test('a poke in the middle of a round starts another right after it', async () => {
  const pull = work.pull
  work.pull = async () => {
    loop.poke(300)
    await pull()
  }
  await loop.now()
  expect(due()).toEqual([0])
})

test('after a picture its row is asked for, once, without waiting for a word that may be lost', async () => {
  const photos = work.photos
  let held = 1
  work.photos = async (mayGoOn) => {
    await photos(mayGoOn)
    held -= 1
    return held >= 0
  }
  await loop.now()
  expect(due()).toEqual([0])
  await loop.now()
  expect(log).toEqual(['greet', 'push', 'pull', 'photos', 'push', 'pull', 'photos'])
  expect(due()).toEqual([60_000])
})

test('what is tapped while a picture fails goes at once: the records went through (I18)', async () => {
  work.photos = async () => {
    loop.poke(300)
    throw new TransportError({ kind: 'offline' })
  }
  await loop.now()
  expect(due()).toEqual([0])
})

describe('after a failure', () => {
  test('waits longer each time, with jitter, up to a minute', async () => {
    work.fault = { kind: 'offline' }
    const waits: number[] = []
    for (let n = 0; n < 9; n++) {
      await loop.now()
      waits.push(due().at(-1)!)
    }
    expect(waits).toEqual([1500, 2500, 4500, 8500, 16_500, 30_500, 30_500, 30_500, 30_500])
    expect(loop.state.is_online).toBe(false)
  })

  test('honours Retry-After', async () => {
    work.fault = { kind: 'busy', after_ms: 45_000 }
    await loop.now()
    expect(due()).toEqual([45_000])
  })

  test('no tap and no word from the server shortens the wait it asked for; a person who presses does', async () => {
    work.fault = { kind: 'busy', after_ms: 45_000 }
    await loop.now()
    loop.poke(0)
    loop.poke(300)
    expect(due()).toEqual([45_000])
    work.fault = null
    loop.wake()
    expect(due()).toEqual([0])
    await loop.now()
    loop.poke(300)
    expect(due()).toEqual([300])
  })

  test('is patient no longer when the network comes back', async () => {
    work.fault = { kind: 'offline' }
    await loop.now()
    await loop.now()
    work.fault = null
    loop.wake()
    expect(due()).toEqual([0])
    await loop.now()
    expect(loop.state.is_online).toBe(true)
  })

  test('of the loop itself goes on all the same', async () => {
    const errors: unknown[] = []
    loop.onError = (error) => errors.push(error)
    work.pull = async () => {
      throw new Error('a bug')
    }
    await loop.now()
    expect(errors).toHaveLength(1)
    expect(due()).toEqual([1500])
  })
})

test.each<Fault>([{ kind: 'signed_out' }, { kind: 'refused', status: 403, code: 'sync.other_person', detail: null }])(
  'stands still while its person is not signed in (%o), until he is',
  async (fault) => {
    work.fault = fault
    await loop.now()
    expect(loop.state).toMatchObject({ is_paused_for_sign_in: true, is_online: true })
    expect(due()).toEqual([])
    log = []
    loop.poke(0)
    await loop.now()
    expect(log).toEqual([])
    work.fault = null
    loop.wake()
    await loop.now()
    expect(log).toEqual(['greet', 'push', 'pull', 'photos'])
  },
)

test("says hello again when the server does not know this phone's id", async () => {
  await loop.now()
  work.fault = { kind: 'refused', status: 410, code: 'sync.replica_unknown', detail: null }
  await loop.now()
  work.fault = null
  await loop.now()
  expect(log.filter((one) => one === 'greet')).toHaveLength(2)
})

test('a new replica id is introduced only for the person whose work this is', async () => {
  await loop.now()
  work.greet = async () => {
    throw new TransportError({ kind: 'refused', status: 403, code: 'sync.other_person', detail: null })
  }
  work.push = async () => ({ again: true, wait_ms: null, greet: true })
  await loop.now()
  expect(loop.state.is_paused_for_sign_in).toBe(true)
})

test('a wiped phone never runs again', async () => {
  let wiped = 0
  loop.onWipe = async () => {
    wiped += 1
  }
  work.fault = { kind: 'refused', status: 403, code: 'sync.replica_wiped', detail: null }
  await loop.now()
  work.fault = null
  loop.wake()
  await loop.now()
  expect(wiped).toBe(1)
  expect(log).toEqual(['greet', 'push'])
})

test('another tab has the floor: look again later', async () => {
  loop.mayRun = async () => false
  await loop.now()
  expect(log).toEqual([])
  expect(due()).toEqual([60_000])
})
