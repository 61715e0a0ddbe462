// @vitest-environment happy-dom
// The frame and the door: who gets to which page, where back leads, what the badge says.
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory } from 'vue-router'
import { createRoundsman, type Roundsman } from '../../app'
import { setSignedIn } from '../access'
import type { Domain } from '../domain'
import { usePageTitle } from './page_title'
import { fillReadiness, shortcomings } from './readiness'
import { SYNC_STATE, type SyncState } from './sync_state'
import TheSyncBadge from './TheSyncBadge.vue'

const screen = await vi.hoisted(async () => ({ isDesk: (await import('vue')).ref(false) }))
vi.mock('./screen', () => screen)

const icon = { render: () => h('svg') }
const Customer = {
  setup() {
    usePageTitle('汇暻生活广场店')
    return () => h('p', ['customer', h('input')])
  },
}
const domain: Domain = {
  name: 'visits',
  routes: [
    {
      path: '/sign-in',
      name: 'sign-in',
      component: { render: () => 'sign in' },
      meta: { is_public: true, is_bare: true },
    },
    { path: '/today', name: 'today', component: { render: () => 'today' }, meta: { title: 'core.tab.today' } },
    { path: '/team', name: 'team', component: { render: () => 'team' }, meta: { permission: 'visits.see_team' } },
    { path: '/customers/:id', name: 'customer', component: Customer, meta: { parent: 'today' } },
    { path: '/outbox', name: 'outbox', component: { render: () => 'outbox' } },
  ],
  tabs: [
    { route: 'team', label: 'core.tab.team', icon, permission: 'visits.see_team', order: 30 },
    { route: 'today', label: 'core.tab.today', icon, order: 10 },
    { route: 'not-built', label: 'core.tab.me', icon, order: 40 },
  ],
}
const rep = { id: 'p', name: '王小明', roles: ['rep'], permissions: ['visits.check_in'] }
let running: Roundsman | null = null

async function open(path: string): Promise<Roundsman['router']> {
  running = createRoundsman([domain], createMemoryHistory())
  document.body.innerHTML = '<div id="app"></div>'
  await running.router.push(path)
  await running.start()
  running.app.mount('#app')
  await flushPromises()
  return running.router
}

function page(): string {
  return document.querySelector('main')?.textContent ?? ''
}

beforeEach(() => {
  screen.isDesk.value = false
})
afterEach(() => {
  running?.app.unmount()
  running = null
  setSignedIn(null)
})

describe('the door', () => {
  test('a stranger is led to sign in and remembers where he wanted to go', async () => {
    const router = await open('/customers/7')
    expect(router.currentRoute.value.name).toBe('sign-in')
    expect(router.currentRoute.value.query.next).toBe('/customers/7')
    expect(document.querySelector('header')).toBeNull()
  })

  test('home is the first tab the person may open', async () => {
    setSignedIn(rep)
    await open('/')
    expect(page()).toBe('today')
  })

  test('home is where a domain says, when it says so', async () => {
    setSignedIn(rep)
    let named: string | null = 'outbox'
    const knowing: Domain = { name: 'knowing', home: async () => named }
    document.body.innerHTML = '<div id="app"></div>'
    running = createRoundsman([domain, knowing], createMemoryHistory())
    await running.start()
    running.app.mount('#app')
    await flushPromises()
    const { router } = running
    await router.push('/')
    expect(router.currentRoute.value.name).toBe('outbox')
    named = null
    await router.push('/')
    expect(router.currentRoute.value.name).toBe('today')
  })

  test('who is remembered on this phone never sees the door', async () => {
    const identity: Domain = { name: 'identity', start: () => setSignedIn(rep) }
    document.body.innerHTML = '<div id="app"></div>'
    running = createRoundsman([identity, domain], createMemoryHistory())
    const shown: unknown[] = []
    running.router.afterEach((to) => void shown.push(to.name))
    await running.start()
    running.app.mount('#app')
    await flushPromises()
    expect(shown).toEqual(['today'])
    expect(page()).toBe('today')
  })

  test('a page without the permission for it says so and shows nothing of it', async () => {
    setSignedIn(rep)
    const router = await open('/team')
    await flushPromises()
    expect(router.currentRoute.value.name).toBe('forbidden')
    expect(page()).not.toContain('team')
  })

  describe('what only a desk needs', () => {
    const page_at_a_desk = { path: '/orders/desk', name: 'orders-desk', component: { render: () => 'orders' } }
    const desks = {
      orders: { routes: [page_at_a_desk], menu: [{ route: 'orders-desk', label: 'core.tab.orders', icon, order: 5 }] },
    }
    const fetchDesks = vi.fn(async () => desks)

    async function start(path: string): Promise<void> {
      setSignedIn(rep)
      document.body.innerHTML = '<div id="app"></div>'
      running = createRoundsman([domain], createMemoryHistory(), fetchDesks)
      await running.router.push(path)
      await running.start()
      running.app.mount('#app')
      await flushPromises()
    }
    const menu = () => [...document.querySelectorAll('.the-menu a')].map((link) => link.getAttribute('href'))

    beforeEach(() => fetchDesks.mockReset().mockImplementation(async () => desks))

    test('is not fetched by a phone that does not ask for it', async () => {
      await start('/today')
      expect(fetchDesks).not.toHaveBeenCalled()
    })

    test('is fetched by its address and by its menu, once', async () => {
      await start('/orders/desk')
      expect(page()).toBe('orders')
      screen.isDesk.value = true
      await flushPromises()
      expect(menu()).toEqual(['/', '/orders/desk', '/today'])
      expect(fetchDesks).toHaveBeenCalledOnce()
    })

    test('without a signal the menu holds the tabs, and it is fetched when there is one', async () => {
      fetchDesks.mockRejectedValue(new Error('no signal'))
      screen.isDesk.value = true
      await start('/today')
      expect(menu()).toEqual(['/', '/today'])
      fetchDesks.mockResolvedValue(desks)
      await running?.router.push('/orders/desk')
      await flushPromises()
      expect(menu()).toEqual(['/', '/orders/desk', '/today'])
      expect(page()).toBe('orders')
    })
  })

  test('signing out leaves nothing on screen', async () => {
    setSignedIn(rep)
    await open('/customers/7')
    expect(page()).toBe('customer')
    setSignedIn(null)
    await flushPromises()
    expect(page()).toBe('sign in')
  })
})

describe('the frame', () => {
  test('tabs hold what exists and is allowed, in order, and go on inner pages', async () => {
    setSignedIn({ ...rep, permissions: ['visits.see_team'] })
    const router = await open('/today')
    expect([...document.querySelectorAll('.the-tabs a')].map((tab) => tab.textContent?.trim())).toEqual([
      '今天',
      '团队',
    ])
    expect(document.querySelector('.the-header-back')).toBeNull()
    await router.push('/customers/7')
    await flushPromises()
    expect(document.querySelector('.the-tabs')).toBeNull()
    expect(document.querySelector('.the-header-back')).not.toBeNull()
  })

  test('a page names itself while it is on screen, in the header and the window', async () => {
    setSignedIn(rep)
    const router = await open('/customers/7')
    expect(document.querySelector('h1')?.textContent).toBe('汇暻生活广场店')
    expect(document.title).toBe('汇暻生活广场店 · 行商')
    await router.push('/today')
    await flushPromises()
    expect(document.querySelector('h1')?.textContent).toBe('今天')
    expect(document.title).toBe('今天 · 行商')
  })

  test('a desk has the side menu instead of tabs, and a tablet turned over keeps what was typed', async () => {
    setSignedIn(rep)
    await open('/customers/7')
    const field = document.querySelector('main input') as HTMLInputElement
    field.value = 'typed'
    screen.isDesk.value = true
    await flushPromises()
    expect([...document.querySelectorAll('.the-menu a')].map((entry) => entry.textContent?.trim())).toEqual([
      '行商',
      '今天',
    ])
    expect(document.querySelector('main input')).toBe(field)
    expect(document.querySelector('.the-tabs')).toBeNull()
  })

  test('back from a link opened cold leads to the page’s parent', async () => {
    setSignedIn(rep)
    await open('/customers/7')
    document.querySelector<HTMLElement>('.the-header-back')?.click()
    await flushPromises()
    expect(page()).toBe('today')
  })
})

describe('the badge', () => {
  const quiet: SyncState = {
    waiting: 0,
    photos_waiting: 0,
    sending: 0,
    refused: 0,
    last_contact_at: null,
    is_online: true,
    is_known: true,
  }

  async function badge(state: Partial<SyncState>): Promise<{ label: string; mark: string; text: string }> {
    const wrapper = mount(TheSyncBadge, {
      props: { state: { ...quiet, ...state } },
      global: {
        plugins: [createRoundsman([domain], createMemoryHistory()).router],
        provide: { [SYNC_STATE as symbol]: { value: quiet } },
      },
    })
    const found = {
      label: wrapper.attributes('aria-label') ?? '',
      mark:
        wrapper.findAll('.base-mark').flatMap((one) => one.classes().filter((name) => name.startsWith('is-')))[0] ?? '',
      text: wrapper.text(),
    }
    wrapper.unmount()
    return found
  }

  test.each([
    [{}, 'is-received', '', '都已收到'],
    [{ waiting: 3 }, 'is-local', '3', '3 条在手机上等发送'],
    [{ photos_waiting: 2 }, 'is-local', '2', '2 张照片等上传'],
    [{ waiting: 1, sending: 2 }, 'is-sending', '3', '正在发送 2 条'],
    [{ waiting: 5, sending: 2, refused: 1 }, 'is-attention', '1', '1 条需要你处理'],
    [{ is_online: false }, 'is-received', '', '没有信号，都存在手机上'],
  ])('%j', async (state, mark, text, said) => {
    const shown = await badge(state)
    expect(shown.mark).toBe(mark)
    expect(shown.text).toBe(text)
    expect(shown.label).toContain(said)
    expect(shown.label).toContain('还没联系过公司')
  })

  test('claims nothing before the store is open', async () => {
    expect(await badge({ is_known: false })).toEqual({ mark: '', text: '', label: '正在打开' })
  })
})

test('readiness lists only what is wrong', () => {
  fillReadiness('storage', null)
  fillReadiness('position', { text: 'core.sync.offline' })
  expect(shortcomings.value.map((one) => one.text)).toEqual(['core.sync.offline'])
  fillReadiness('position', null)
  expect(shortcomings.value).toEqual([])
})
