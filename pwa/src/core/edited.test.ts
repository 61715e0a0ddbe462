// @vitest-environment happy-dom
// What is being edited against what is kept: following, differing, saved, changed by somebody else.

import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { setSignedIn } from './access'
import { useEdited, useUnsavedGuard } from './edited'
import { answer, question } from './ui/ask'

test('follows what is kept until it is edited, and says when both changed', async () => {
  const kept = shallowRef<string[] | null>(null)
  const { draft, isUnsaved, isStale, saved, reset } = useEdited(() => kept.value)
  expect([draft.value, isUnsaved.value]).toEqual([null, false])
  kept.value = ['a']
  await nextTick()
  expect([draft.value, isUnsaved.value]).toEqual([['a'], false])
  draft.value?.push('b')
  expect(isUnsaved.value).toBe(true)
  saved()
  // What was saved has not come back yet; an older answer must not be shown again.
  expect([draft.value, isUnsaved.value]).toEqual([['a', 'b'], false])
  kept.value = ['a', 'b']
  await nextTick()
  expect([draft.value, isUnsaved.value, isStale.value]).toEqual([['a', 'b'], false, false])
  draft.value = ['c']
  kept.value = ['d']
  await nextTick()
  expect([draft.value, isUnsaved.value, isStale.value]).toEqual([['c'], true, true])
  reset()
  expect([draft.value, isUnsaved.value, isStale.value]).toEqual([['d'], false, false])
})

test('keeps the person on the page until he gives the changes up', async () => {
  setSignedIn({ id: 'a', name: 'a', roles: [], permissions: [] })
  const isUnsaved = ref(false)
  const edited = { setup: () => useUnsavedGuard(() => isUnsaved.value), template: '<p />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: edited },
      { path: '/other', component: { template: '<p />' } },
    ],
  })
  await router.push('/')
  const page = mount(RouterView, { global: { plugins: [router] } })
  isUnsaved.value = true
  await nextTick()
  const closing = new Event('beforeunload', { cancelable: true })
  dispatchEvent(closing)
  expect(closing.defaultPrevented).toBe(true)
  const going = router.push('/other')
  await expect.poll(() => question.value).not.toBeNull()
  answer(false)
  await going
  expect(router.currentRoute.value.path).toBe('/')
  const gone = router.push('/other')
  await expect.poll(() => question.value).not.toBeNull()
  answer(true)
  await gone
  expect(router.currentRoute.value.path).toBe('/other')
  const after = new Event('beforeunload', { cancelable: true })
  dispatchEvent(after)
  expect(after.defaultPrevented).toBe(false)
  page.unmount()
  setSignedIn(null)
})
