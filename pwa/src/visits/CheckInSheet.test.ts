// @vitest-environment happy-dom
// The sheet at the customer's door: what its buttons send, and how often.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setSignedIn } from '../core/access'
import { loadWords, useWords } from '../core/words'
import { showFrom, touch } from '../sync/live'
import CheckInSheet from './CheckInSheet.vue'
import { ME, MONDAY, NINE, world } from './testing/world'

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/', component: { template: '<div />' } }],
})

const sync = vi.hoisted(() => ({ dispatch: vi.fn() }))
vi.mock('../sync', async (original) => ({ ...(await original<object>()), ...sync }))

afterEach(() => {
  showFrom(null)
  setSignedIn(null)
})

test('a planned visit is skipped once, however often the button is pressed while it is being kept', async () => {
  await loadWords(['core', 'visits'])
  setSignedIn({ id: ME, name: '王磊', roles: ['rep'], permissions: ['visits.do'] })
  showFrom({ view: world().view, has: () => true, need: () => {} })
  let keep = (): void => {}
  sync.dispatch.mockReset().mockReturnValue(
    new Promise<string>((resolve) => {
      keep = () => resolve('uuid')
    }),
  )
  const sheet = mount(CheckInSheet, {
    props: { customerId: 'b', routeId: 'monday', day: MONDAY, now: NINE, open: true },
    attachTo: document.body,
    global: { plugins: [router] },
  })
  await flushPromises()
  const { t } = useWords()
  const press = (text: string) =>
    sheet
      .findAll('button')
      .find((one) => one.text() === text)
      ?.trigger('click')
  await press(t('visits.skip'))
  await sheet.find('textarea, input').setValue('关门')
  await press(t('visits.skip'))
  await press(t('visits.skip'))
  keep()
  await flushPromises()
  expect(sync.dispatch).toHaveBeenCalledTimes(1)
  expect(sync.dispatch.mock.calls[0]?.slice(0, 2)).toMatchObject(['visits.skip', { customer_id: 'b', reason: '关门' }])
  sheet.unmount()
})

test('while the customer is still being read nothing is said of him and nothing can be sent', async () => {
  await loadWords(['core', 'visits'])
  setSignedIn({ id: ME, name: '王磊', roles: ['rep'], permissions: ['visits.do'] })
  const loaded = new Set<string>()
  showFrom({ view: world().view, has: (table) => loaded.has(table), need: () => {} })
  const here = { latitude: 31.23, longitude: 121.47, accuracy: 8 }
  vi.stubGlobal('navigator', {
    ...navigator,
    geolocation: {
      watchPosition: (got: (fix: unknown) => void) => {
        got({ coords: here, timestamp: NINE })
        return 1
      },
      clearWatch: () => {},
    },
  })
  const sheet = mount(CheckInSheet, {
    props: { customerId: 'b', routeId: 'monday', day: MONDAY, now: NINE, open: true },
    attachTo: document.body,
    global: { plugins: [router] },
  })
  const { t } = useWords()
  const button = () => sheet.findAll('button').find((one) => one.text() === t('visits.check_in'))
  await flushPromises()
  expect(sheet.text()).not.toContain(t('visits.customer_elsewhere'))
  expect(sheet.text()).not.toContain(t('visits.sets_pin'))
  expect(sheet.find('.is-looking').exists()).toBe(true)
  expect(sheet.text()).not.toContain(t('visits.reason'))
  expect(button()?.attributes('disabled')).toBeDefined()

  for (const table of ['customers', 'customer_classes', 'visits']) loaded.add(table)
  touch(['customers'])
  await flushPromises()
  expect(sheet.find('h2').text()).not.toBe('')
  expect(sheet.text()).not.toContain(t('visits.customer_elsewhere'))
  expect(sheet.find('.is-looking').exists()).toBe(false)
  expect(sheet.text()).toContain(t('visits.reason'))
  sheet.unmount()
  vi.unstubAllGlobals()
})
