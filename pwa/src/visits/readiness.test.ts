// @vitest-environment happy-dom
// What the first page reminds a rep of: pictures that wait too long on this phone, and pictures of his that are on no phone it knows.

import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setSignedIn } from '../core/access'
import type { Domain } from '../core/domain'
import TheReadiness from '../core/shell/TheReadiness.vue'
import { loadWords } from '../core/words'
import { closeStore, dispatch, draftsLike, gatherDomains, openEngine, openStore, stagePhoto, syncState } from '../sync'
import { EFFECTS, options } from '../sync/testing/open'
import { TestServer } from '../sync/testing/server'
import { resumeShots, shotsSettled } from './photos/shots'
import { watchReadiness } from './readiness'

const HOUR = 3_600_000
const START = Date.parse('2026-11-23T09:00:00+08:00')
const things: Domain = { name: 'things', effects: EFFECTS }
const nowhere = { template: '<div />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: ['today', 'outbox'].map((name) => ({ path: `/${name}`, name, component: nowhere })),
})

let server: TestServer
let page: VueWrapper
let person = 0

// Its look every minute is begun once and goes on.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] }))
afterAll(() => void vi.useRealTimers())

beforeEach(async () => {
  vi.setSystemTime(START)
  localStorage.clear()
  await loadWords(['core', 'visits', 'sync'])
  person += 1
  server = new TestServer()
  server.person = `person-${person}`
  server.time = START + 1000
  setSignedIn({ id: server.person, name: '王磊', roles: ['rep'], permissions: ['visits.do'] })
  gatherDomains([things], { things: 1, photos: 1 })
  const base = options(server, { person_id: server.person })
  await openStore({ id: server.person }, base)
  await router.push('/today')
  watchReadiness(router)
  page = mount(TheReadiness)
})

afterEach(async () => {
  page.unmount()
  await closeStore()
  setSignedIn(null)
})

/** So much later, and a look has been taken since. */
async function later(hours: number): Promise<string> {
  vi.setSystemTime(Date.now() + hours * HOUR)
  server.time = Date.now() + 1000
  vi.advanceTimersByTime(60_000)
  await settled()
  return page.text()
}

async function settled(): Promise<void> {
  for (let n = 0; n < 5; n++) {
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function shoot(): Promise<string> {
  const { sha256 } = await stagePhoto(new Uint8Array([person, 1, 2]).buffer, null, {
    mime: 'image/jpeg',
    width: 1,
    height: 1,
  })
  await dispatch('things.add', { id: 'a', text: 'a' }, { photos: [{ sha256 }] })
  return sha256
}

function lostPhoto(own: object): void {
  const photo = { id: 'p', sha256: 'f'.repeat(64), state: 'awaited', person_id: server.person, taken_at: START - HOUR }
  server.put('photos', { ...photo, ...own })
}

test('pictures that wait on this phone for a working day are told of until they are gone', async () => {
  await shoot()
  expect(await later(7)).toBe('')
  expect(await later(2)).toContain('1 张照片等了 9 小时还没传完')
  await page.find('button').trigger('click')
  await settled()
  expect(router.currentRoute.value.name).toBe('outbox')
  await openEngine().loop.now()
  await settled()
  expect(syncState.value.photos_waiting).toBe(0)
  expect(page.text()).not.toContain('照片')
})

test('a picture that was lost before it was recorded is told of until the person has seen it', async () => {
  const step = { step_id: 's', visit_id: 'v', template_id: 't', title: '门头照' }
  const shot = {
    photo_id: 'p',
    step,
    kind: 'shelf',
    sha256: 'e'.repeat(64),
    mime: 'image/jpeg',
    taken_at: 1,
    lines: [],
  }
  await openEngine().store.keepDraft('visits.shot.p', shot, 1)
  await resumeShots()
  await shotsSettled()
  expect(await later(0)).toContain('门头照等 1 张照片在手机上找不到了')
  await page.find('button').trigger('click')
  await settled()
  expect(page.text()).not.toContain('门头照')
  expect(await draftsLike('visits.shot.')).toEqual([])
})

test('a picture no command names yet is not said to be on its way', async () => {
  await stagePhoto(new Uint8Array([person]).buffer, null, { mime: 'image/jpeg', width: 1, height: 1 })
  expect(await later(30)).not.toContain('照片')
})

test('pictures the company awaits and that are not on this phone are told of after a day, once a week', async () => {
  lostPhoto({})
  await openEngine().loop.now()
  expect(await later(20)).not.toContain('照片')
  await openEngine().loop.now()
  expect(await later(5)).toContain('公司还没收到你的 1 张照片')
  await page.find('button').trigger('click')
  expect(page.text()).not.toContain('照片')
  await openEngine().loop.now()
  expect(await later(3 * 24)).not.toContain('照片')
  await later(5 * 24)
  await openEngine().loop.now()
  expect(await later(0)).toContain('公司还没收到你的 1 张照片')
  lostPhoto({ state: 'stored' })
  await openEngine().loop.now()
  expect(await later(0)).not.toContain('照片')
})

test('what others have not sent, and what is here, is not said to be elsewhere', async () => {
  const sha256 = await shoot()
  lostPhoto({ id: 'mine', sha256 })
  lostPhoto({ id: 'theirs', person_id: 'somebody' })
  await later(30)
  server.faults.push({ path: '/api/files/blobs', fate: 'lost' })
  await openEngine().loop.now()
  expect(await later(0)).toContain('还没传完')
  expect(page.text()).not.toContain('小时没联系公司')
  expect(page.text()).not.toContain('公司还没收到')
})

test('whoever has not met the company for a day does not know what it still awaits', async () => {
  lostPhoto({})
  await openEngine().loop.now()
  expect(await later(30)).not.toContain('公司还没收到')
  await openEngine().loop.now()
  expect(await later(0)).toContain('公司还没收到')
})
