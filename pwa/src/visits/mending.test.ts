// @vitest-environment happy-dom
// What the server refused is mended where it was made: the typed answers come back, and the same command goes again.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { setSignedIn } from '../core/access'
import { eventually } from '../core/testing/eventually'
import { loadWords, useWords } from '../core/words'
import { showFrom } from '../sync/live'
import { DESCRIPTIONS } from './descriptions'
import { ME, NINE, rows, world } from './testing/world'
import VisitPage from './VisitPage.vue'

const sync = vi.hoisted(() => ({ dispatch: vi.fn(), fixIssue: vi.fn(), refusedArgs: vi.fn(), draftsLike: vi.fn() }))
vi.mock('../sync', async (original) => ({ ...(await original<object>()), ...sync }))

const nowhere = { template: '<div />' }
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/visits/:id', name: 'visit', component: nowhere },
    { path: '/today', name: 'today', component: nowhere },
  ],
})
const visit = {
  id: 'v',
  person_id: ME,
  customer_id: 'a',
  checked_in_at: NINE,
  checked_out_at: NINE + 1,
  day_on: '2026-11-23',
  state: 'done',
  closed_by: 'person',
  flags: [],
  note: '',
}
const template = {
  id: 'ask',
  class_id: 'corner',
  kind: 'form',
  title: '竞品',
  is_must: true,
  is_active: true,
  position: 0,
  settings: {
    fields: [
      { key: 'k1', label: '品牌', type: 'text' },
      { key: 'k2', label: '几排', type: 'number' },
      { key: 'k3', label: '有促销', type: 'yes_no' },
    ],
  },
}
const clocks = { wall_at: NINE }
const step = {
  step_id: 's',
  visit_id: 'v',
  template_id: 'ask',
  kind: 'form',
  title: '竞品',
  answers: { k1: '统一', k2: 3, k3: false },
  photos: [],
  clocks,
}

beforeEach(async () => {
  await loadWords(['core', 'visits'])
  setSignedIn({ id: ME, name: '王磊', roles: ['rep'], permissions: ['visits.do'] })
  for (const one of Object.values(sync)) one.mockReset()
  sync.fixIssue.mockResolvedValue(undefined)
  sync.draftsLike.mockResolvedValue([])
})

afterEach(() => {
  showFrom(null)
  setSignedIn(null)
  document.body.innerHTML = ''
})

async function openToMend(args: object, own: object = {}) {
  const { view } = world({ ...rows(), step_templates: [template], visits: [{ ...visit, ...own }] })
  showFrom({ view, has: () => true, need: () => {} })
  sync.refusedArgs.mockResolvedValue(args)
  await router.push({ name: 'visit', params: { id: 'v' }, query: { issue: 'refused-1' } })
  const page = mount(VisitPage, { attachTo: document.body, global: { plugins: [router] } })
  await eventually(() => expect(document.querySelector('dialog textarea')).not.toBeNull())
  return page
}

function press(text: string): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('dialog button')]
  const button = buttons.find((one) => one.textContent?.trim() === text)
  if (!button) throw new Error(`no ${text} in ${buttons.map((one) => one.textContent)}`)
  button.click()
}

async function write(text: string): Promise<void> {
  const area = document.querySelector<HTMLTextAreaElement>('dialog textarea')
  if (!area) throw new Error('nothing to write in')
  area.value = text
  area.dispatchEvent(new Event('input'))
  await flushPromises()
}

test('a refused step brings its answers back, also after the check-out, and goes again with what is mended', async () => {
  const { t } = useWords()
  const page = await openToMend(step)
  expect(document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value).toBe('统一')
  await write('康师傅')
  press(t('visits.step.keep'))
  await eventually(() => expect(router.currentRoute.value.query).toEqual({}))
  expect(sync.fixIssue.mock.calls).toEqual([['refused-1', { ...step, answers: { k1: '康师傅', k2: 3, k3: false } }]])
  expect(sync.dispatch).not.toHaveBeenCalled()
  page.unmount()
})

test('a refused check-out keeps when and where it was made', async () => {
  const { t } = useWords()
  const args = { visit_id: 'v', fix: null, note: '长', clocks }
  const page = await openToMend(args, { state: 'open', closed_by: null, customer_id: 'nobody' })
  expect(document.querySelector<HTMLTextAreaElement>('dialog textarea')?.value).toBe('长')
  await write('短')
  press(t('visits.check_out'))
  await eventually(() => expect(router.currentRoute.value.name).toBe('today'))
  expect(sync.fixIssue.mock.calls).toEqual([['refused-1', { ...args, note: '短' }]])
  page.unmount()
})

describe('the outbox', () => {
  const { view } = world({ ...rows(), step_templates: [template], visits: [visit] })
  const said = (name: string, args: object) => DESCRIPTIONS[name]!(args, view)

  test('shows what was typed, with the labels of the form', () => {
    expect(said('visits.record_step', step).typed).toEqual(['品牌: 统一', '几排: 3', '有促销: 否'])
    const gone = { ...step, template_id: 'gone' }
    expect(said('visits.record_step', gone).typed).toEqual(['k1: 统一', 'k2: 3', 'k3: 否'])
    expect(said('visits.record_step', { ...step, kind: 'note', answers: { text: '好' } }).typed).toEqual(['好'])
  })

  test('leads only where something can be mended', () => {
    expect(said('visits.record_step', step).to).toBeDefined()
    expect(said('visits.record_step', { ...step, kind: 'photo' }).to).toBeUndefined()
    expect(said('visits.record_step', { ...step, visit_id: 'gone' }).to).toBeUndefined()
    expect(said('visits.skip_step', { ...step, reason: 'x' }).to).toBeUndefined()
    expect(said('visits.check_out', { visit_id: 'v', note: '' }).to).toBeUndefined()
    expect(said('visits.check_in', { visit_id: 'v', customer_id: 'a' }).to).toBeUndefined()
    expect(said('visits.arrange_stops', { route_id: 'monday', stop_ids: [] }).to).toBeUndefined()
  })
})
