// @vitest-environment happy-dom
// What somebody let go sees on his phone: how much is still to be handed in, and no way out before that.

import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventually } from '../core/testing/eventually'
import { loadWords } from '../core/words'
import { closeStore, dispatch, gatherDomains } from '../sync'
import { signIn, signOut } from './session'
import TheLocked from './TheLocked.vue'

const WANG = { id: 'wang-id', name: '王磊', roles: ['rep'], permissions: ['customers.see'] }

beforeEach(async () => {
  localStorage.clear()
  vi.stubGlobal('fetch', async (path: string) => {
    const isKnown = path === '/api/identity/sign_in'
    const body = isKnown ? { person: WANG, server_time: 1 } : { code: 'session_locked', details: {} }
    const type = isKnown ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(body), { status: isKnown ? 200 : 403, headers: { 'content-type': type } })
  })
  gatherDomains([], { customers: 1 })
  await loadWords(['core', 'identity'])
})

afterEach(async () => {
  await signOut(true)
  await closeStore()
})

test('there is no way out before what was recorded is handed in', async () => {
  await signIn('wang', 'right')
  await dispatch('customers.add', { customer_id: 'c' })
  const page = mount(TheLocked, { attachTo: document.body })
  await eventually(() => expect(page.text()).toContain('还有 1 条正在交给公司'))
  expect(page.get('dialog').attributes('open')).toBeDefined()
  expect(page.findAll('button').map((button) => button.text())).toEqual(['再试一次'])
  page.unmount()
})

test('whoever has nothing to hand in may sign out', async () => {
  await signIn('wang', 'right')
  const page = mount(TheLocked, { attachTo: document.body })
  await eventually(() => expect(page.text()).toContain('记录已全部交给公司'))
  expect(page.findAll('button').map((button) => button.text())).toEqual(['再试一次', '退出登录'])
  page.unmount()
})
