// @vitest-environment happy-dom
// A customer's page, which knows nothing of visits, shows the section they bring along.

import { mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { computed } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setSignedIn } from '../core/access'
import type { Domain } from '../core/domain'
import { gatherSections, SECTIONS } from '../core/shell/sections'
import { eventually } from '../core/testing/eventually'
import { loadWords } from '../core/words'
import CustomerPage from '../customers/CustomerPage.vue'
import { tellHistory } from '../customers/history'
import { useLastSeen } from '../customers/queries'
import { showFrom } from '../sync/live'
import { HISTORY } from './customer_history'
import { visits as visitsDomain } from './index'
import { ME, MONDAY, NINE, rows, world } from './testing/world'

const visit = { person_id: ME, customer_id: 'a', state: 'done', note: '', flags: [], in_distance_m: 12 }
const visits = [
  { ...visit, id: 'first', day_on: '2026-11-20', checked_in_at: NINE - 3 * 86_400_000, note: '缺货' },
  { ...visit, id: 'skipped', day_on: MONDAY, checked_in_at: null, skip_reason: '没开门', in_distance_m: null },
]

afterEach(() => {
  tellHistory(null)
  showFrom(null)
  setSignedIn(null)
})

/** The page's text once it holds `sign`. */
async function pageText(domains: Domain[], sign: string): Promise<string> {
  await loadWords(['core', 'customers', 'visits'])
  setSignedIn({ id: ME, name: '王磊', roles: ['rep'], permissions: ['customers.see'] })
  const held = { ...rows(), visits, contacts: [], customer_pins: [] }
  showFrom({ view: world(held).view, has: () => true, need: () => {} })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['customer-edit', 'visit'].map((name) => ({
      path: `/${name}/:id`,
      name,
      component: { template: '<div />' },
    })),
  })
  const page = mount(CustomerPage, {
    props: { id: 'a' },
    global: { plugins: [router], provide: { [SECTIONS as symbol]: gatherSections(domains) } },
  })
  await eventually(() => expect(page.text()).toContain(sign))
  const text = page.text()
  page.unmount()
  return text
}

test('the visits at a customer stand on his page, the newest first, and when he was last visited in the list', async () => {
  tellHistory(HISTORY)
  const text = await pageText([visitsDomain], '拜访记录')
  expect(text).toMatch(/拜访记录.*没去：没开门.*11月20日.*王磊 · 缺货.*12 m/s)
  const seen = useLastSeen(computed(() => ['a', 'b']))
  expect([...seen.value]).toEqual([['a', NINE - 3 * 86_400_000]])
})

test('without them there is a page all the same', async () => {
  const text = await pageText([], 'a shop')
  expect(text).toContain('a shop')
  expect(text).not.toContain('拜访记录')
  expect([...useLastSeen(computed(() => ['a'])).value]).toEqual([])
})
