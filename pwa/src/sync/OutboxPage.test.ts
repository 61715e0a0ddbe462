// @vitest-environment happy-dom
// The outbox page on a real store: what waits and what was refused in the person's words, and what his buttons do.

import 'fake-indexeddb/auto'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Domain } from '../core/domain'
import { answer, question } from '../core/ui/ask'
import { closeStore, dispatch, gatherDomains, issues, openEngine, openStore, outboxItems, syncState } from './index'
import OutboxPage from './OutboxPage.vue'
import { EFFECTS, options } from './testing/open'
import { TestServer } from './testing/server'

let server: TestServer
let page: VueWrapper

const things: Domain = {
  name: 'things',
  effects: EFFECTS,
  descriptions: {
    'things.add': (args) => ({
      title: `加 ${args.text}`,
      note: '试验',
      to: { name: 'thing', params: { id: args.id } },
    }),
  },
}

const nowhere = { template: '<div />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', component: nowhere },
    { path: '/sign-in', name: 'sign-in', component: nowhere },
    { path: '/things/:id', name: 'thing', component: nowhere },
  ],
})

beforeEach(async () => {
  server = new TestServer()
  gatherDomains([things], { things: 1, photos: 1 })
  await openStore({ id: 'person-1' }, { ...options(server) })
  page = mount(OutboxPage, { attachTo: document.body, global: { plugins: [router] } })
  await flushPromises()
})

afterEach(async () => {
  page.unmount()
  await closeStore()
  for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
})

function press(text: string): Promise<void> {
  const button = page.findAll('button, a').find((one) => one.text() === text)
  if (!button) throw new Error(`no ${text} in ${page.text()}`)
  return button.trigger('click')
}

test('says so when everything is received', () => {
  expect(page.text()).toContain('都已收到')
})

test('lists what waits in words and takes it back after asking', async () => {
  await dispatch('things.add', { id: 'a', text: '一' })
  await flushPromises()
  expect(page.text()).toContain('加 一')
  expect(syncState.value).toMatchObject({ waiting: 1, sending: 0, refused: 0 })
  await press('撤回')
  expect(question.value?.title).toBe('撤回这一条？')
  answer(false)
  await flushPromises()
  expect(outboxItems.value).toHaveLength(1)
  await press('撤回')
  answer(true)
  await expect.poll(() => outboxItems.value.length).toBe(0)
})

test('shows a refusal with its reason and its group, sends it again, or gives it up after asking', async () => {
  const parent = await dispatch('things.add', { id: 'a', text: '一', refuse: 'conflict' })
  await dispatch('things.add', { id: 'b', text: '二' }, { deps: [parent] })
  await openEngine().loop.now()
  await flushPromises()
  expect(page.text()).toContain('别人刚改过，再看一眼')
  expect(page.text()).toContain('还有 1 条依赖它')
  expect(syncState.value.refused).toBe(2)
  await press('修改')
  await expect.poll(() => router.currentRoute.value.fullPath).toBe(`/things/a?issue=${parent}`)
  await press('放弃')
  expect(question.value?.text).toContain('1 条')
  answer(false)
  await flushPromises()
  expect(issues.value).toHaveLength(2)
  // Twice: the second tap comes too late and says nothing.
  await Promise.all([press('再发一次'), press('再发一次')])
  await expect.poll(() => issues.value.length).toBe(0)
  await openEngine().loop.now()
  await flushPromises()
  await press('放弃')
  answer(true)
  await expect.poll(() => issues.value.length).toBe(0)
  expect((await openEngine().store.device()).issues.size).toBe(0)
})

test('does not offer to send again what will be refused again', async () => {
  await dispatch('things.add', { id: 'a', text: '一', refuse: 'sync.too_large' })
  await openEngine().loop.now()
  await flushPromises()
  expect(page.text()).toContain('内容太长，保存不了')
  expect(page.text()).not.toContain('再发一次')
  expect(page.text()).toContain('修改')
  expect(page.text()).toContain('放弃')
})

test('says that the work is safe while nobody is signed in', async () => {
  server.faults.push({ path: '/api/sync/hello', fate: 'signed_out' })
  openEngine().loop.wake()
  await openEngine().loop.now()
  await flushPromises()
  expect(page.text()).toContain('登录已过期')
  expect(syncState.value.is_paused_for_sign_in).toBe(true)
})

test('reads well to a screen reader', async () => {
  await dispatch('things.add', { id: 'a', text: '一', refuse: 'things.unheard_of' })
  await openEngine().loop.now()
  await dispatch('things.add', { id: 'b', text: '二' })
  await flushPromises()
  expect(page.text()).toContain('things.unheard_of')
  const found = await axe.run(page.element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(found.violations.map((one) => one.id)).toEqual([])
})

test('a sign-in answered twice opens one store, and a save waits for its opening', async () => {
  await closeStore()
  await expect(dispatch('things.add', { id: 'a', text: '一' })).rejects.toThrow()
  const opening = [openStore({ id: 'person-1' }, options(server)), openStore({ id: 'person-1' }, options(server))]
  await dispatch('things.add', { id: 'a', text: '一' })
  await Promise.all(opening)
  const mine = openEngine()
  void openStore({ id: 'person-2' }, options(server, { person_id: 'person-2' }))
  await closeStore()
  expect(syncState.value.waiting).toBe(0)
  await openStore({ id: 'person-1' }, options(server))
  expect(openEngine()).not.toBe(mine)
  expect(outboxItems.value.map((item) => item.name)).toEqual(['things.add'])
})
