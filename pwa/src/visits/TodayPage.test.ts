// @vitest-environment happy-dom
// Today as it opens: what a link from a customer's page leads to while the day's rows are still being read.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setSignedIn } from '../core/access'
import { eventually } from '../core/testing/eventually'
import { loadWords } from '../core/words'
import { showFrom, touch } from '../sync/live'
import CheckInSheet from './CheckInSheet.vue'
import TodayPage from './TodayPage.vue'
import { ME, NINE, world } from './testing/world'

afterEach(() => {
  showFrom(null)
  setSignedIn(null)
  vi.useRealTimers()
})

test("checking in from a customer's page counts as planned although the routes come later than the page", async () => {
  vi.useFakeTimers({ now: NINE, toFake: ['Date'] })
  await loadWords(['core', 'visits'])
  setSignedIn({ id: ME, name: '王磊', roles: ['rep'], permissions: ['visits.do'] })
  const { view } = world()
  let asked: readonly string[] = []
  let isRead = false
  showFrom({
    view,
    has: (table) => asked.includes(table) && isRead,
    need: (tables) => {
      asked = [...asked, ...tables]
    },
  })
  const nowhere = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['today', 'visit', 'routes', 'outbox'].map((name) => ({ path: `/${name}`, name, component: nowhere })),
  })
  await router.push('/today?check_in=b')
  const page = mount(TodayPage, { global: { plugins: [router] } })
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({})
  isRead = true
  touch(asked)
  await eventually(() =>
    expect(page.findComponent(CheckInSheet).props()).toMatchObject({ customerId: 'b', routeId: 'monday' }),
  )
  page.unmount()
})
