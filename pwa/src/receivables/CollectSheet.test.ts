// @vitest-environment happy-dom
// The sheet in which money is typed in: what it shows being paid, what it keeps, and what it refuses to keep.

import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { setSignedIn } from '../core/access'
import { loadWords, useWords } from '../core/words'
import CollectSheet from './CollectSheet.vue'
import { standingOf } from './queries'
import { collect, DAY, ME, world } from './testing/world'

const sync = vi.hoisted(() => ({ dispatch: vi.fn(), fixIssue: vi.fn() }))
vi.mock('../sync', async (original) => ({ ...(await original<object>()), ...sync }))

beforeEach(async () => {
  await loadWords(['core', 'receivables'])
  setSignedIn({ id: ME, name: '王磊', roles: ['rep'], permissions: ['receivables.collect'] })
  sync.dispatch.mockReset().mockResolvedValue('uuid')
  sync.fixIssue.mockReset().mockResolvedValue(undefined)
})

afterEach(() => {
  setSignedIn(null)
  document.body.innerHTML = ''
})

/** The sheet on a page, as the guard of what was typed wants it. */
async function open(own: object = {}) {
  const account = standingOf(world().view, 'c', DAY)
  const props = { customerId: 'c', name: '和平店', account, day: DAY, ...own }
  const page = { render: () => h(CollectSheet, props) }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }] })
  await router.push('/')
  return mount(RouterView, { attachTo: document.body, global: { plugins: [router] } }).findComponent(CollectSheet)
}

const { t } = useWords()
const press = (sheet: Awaited<ReturnType<typeof open>>, text: string) =>
  sheet
    .findAll('button')
    .find((one) => one.text().includes(text))
    ?.trigger('click')

test('an amount pays the first due first, as the sheet says before it is kept', async () => {
  const sheet = await open({ visitId: 'v' })
  await sheet.find('input[inputmode=decimal]').setValue('1.50')
  const paid = sheet.findAll('.base-cell').map((cell) => cell.find('.base-money').exists() && cell.text())
  expect(paid[0]).toContain('¥1.00')
  expect(paid[1]).toContain('¥0.50')
  await press(sheet, t('receivables.collect_amount', { amount: '¥1.50' }))
  await flushPromises()
  expect(sync.dispatch.mock.calls[0]?.slice(0, 2)).toMatchObject([
    'receivables.collect',
    { customer_id: 'c', visit_id: 'v', amount: 150, method: 'cash', note: '', items: [] },
  ])
  expect(sheet.emitted('close')).toHaveLength(1)
})

test('an item that is tapped is paid first, and the debt is taken by one tap', async () => {
  const sheet = await open()
  await press(sheet, t('receivables.take_all', { amount: '¥3.00' }))
  expect(sheet.find<HTMLInputElement>('input[inputmode=decimal]').element.value).toBe('3.00')
  await press(sheet, 'S2')
  await sheet.find('input[inputmode=decimal]').setValue('2')
  expect(sheet.find('.base-cell.is-current').text()).toContain('¥2.00')
  await press(sheet, t('receivables.collect_amount', { amount: '¥2.00' }))
  await flushPromises()
  expect(sync.dispatch.mock.calls[0]?.[1]).toMatchObject({ amount: 200, items: [{ item_id: 's2', amount: 200 }] })
})

test.each(['', '0', '-5', '1.234', 'abc'])('%j is no money', async (text) => {
  const sheet = await open()
  await sheet.find('input[inputmode=decimal]').setValue(text)
  await press(sheet, t('receivables.collect'))
  expect(sheet.find('.base-field-error').text()).toBe(t('receivables.amount_wrong'))
  expect(sync.dispatch).not.toHaveBeenCalled()
})

test('refused money is mended as the same money, received when it was received', async () => {
  const args = { ...collect('k', 5000, { method: 'code', visit_id: 'v' })[1] }
  const sheet = await open({ refused: { issue: 'i', args } })
  const amount = sheet.find<HTMLInputElement>('input[inputmode=decimal]')
  expect(amount.element.value).toBe('50.00')
  await amount.setValue('5')
  await press(sheet, t('receivables.collect_amount', { amount: '¥5.00' }))
  await flushPromises()
  expect(sync.fixIssue).toHaveBeenCalledWith('i', { ...args, amount: 500 })
  expect(sync.dispatch).not.toHaveBeenCalled()
})

test('Enter pressed again while it is being kept takes no money twice', async () => {
  let kept: (uuid: string) => void = () => {}
  sync.dispatch.mockImplementation(() => new Promise<string>((resolve) => (kept = resolve)))
  const sheet = await open()
  await sheet.find('input[inputmode=decimal]').setValue('1.50')
  await sheet.find('form').trigger('submit')
  await sheet.find('form').trigger('submit')
  kept('uuid')
  await flushPromises()
  expect(sync.dispatch).toHaveBeenCalledOnce()
  expect(sheet.emitted('close')).toHaveLength(1)
})
