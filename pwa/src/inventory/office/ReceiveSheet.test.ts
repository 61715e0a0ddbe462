// @vitest-environment happy-dom
// Goods scanned into the sheet of a receipt: before they were read, twice, and such that nobody knows.

import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { h, nextTick, shallowRef } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import type { Variant } from '../../catalog/rows'
import { type CatalogIndex, indexOf } from '../../catalog/search'
import { pack, product, variant } from '../../catalog/testing/goods'
import { toast } from '../../core/ui/toast'
import { loadWords, useWords } from '../../core/words'
import ReceiveSheet from './ReceiveSheet.vue'

const index = shallowRef<CatalogIndex | null>(null)
vi.mock('../../catalog/queries', async (original) => ({
  ...(await original<object>()),
  useCatalogIndex: () => index,
}))
vi.mock('../queries', () => ({ useWarehouses: () => shallowRef([{ id: 'w', name: '主仓', is_active: true }]) }))

const NOODLES = '6920152414019'
const { t } = useWords()
const goods = indexOf([product('noodles', { name: '牛肉面' })], (): Variant[] => [
  variant('n', { product_id: 'noodles', packs: [pack('袋'), pack('箱', { factor: 24, barcode: NOODLES })] }),
])

beforeEach(async () => {
  await loadWords(['core', 'catalog', 'inventory'])
  index.value = null
})

/** The sheet on a page, as the guard of what was typed wants it, and what a gun does to it. */
async function open() {
  const page = { render: () => h(ReceiveSheet) }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }] })
  await router.push('/')
  const view = mount(RouterView, { attachTo: document.body, global: { plugins: [router] } })
  const sheet = view.findComponent(ReceiveSheet)
  const field = sheet.find<HTMLInputElement>('input[enterkeyhint=search]')
  const scan = async (code: string): Promise<void> => {
    await field.setValue(code)
    await field.trigger('keydown', { key: 'Enter' })
  }
  const quantities = () => sheet.findAll<HTMLInputElement>('.is-figure input').map((one) => one.element.value)
  return { field, scan, quantities }
}

test('a scan from before the goods were read counts as soon as they are', async () => {
  const { field, scan, quantities } = await open()
  await scan(NOODLES)
  expect(field.element.value).toBe('')
  expect(quantities()).toEqual([])
  index.value = goods
  await nextTick()
  await scan(NOODLES)
  expect(quantities()).toEqual(['2', ''])
})

test('what a gun is in the middle of stays where it is when the goods are read', async () => {
  const { field, scan, quantities } = await open()
  await scan(NOODLES)
  await field.setValue(NOODLES)
  index.value = goods
  await nextTick()
  expect(quantities()).toEqual(['1', ''])
  await field.trigger('keydown', { key: 'Enter' })
  expect(quantities()).toEqual(['2', ''])
})

test('what nobody knows stays to be read, and the next scan replaces it', async () => {
  index.value = goods
  const { field, scan, quantities } = await open()
  await scan('6901234567892')
  await nextTick()
  expect(toast.value?.text).toBe(t('inventory.not_found', { text: '6901234567892' }))
  expect(field.element.value).toBe('6901234567892')
  expect([field.element.selectionStart, field.element.selectionEnd]).toEqual([0, 13])
  await scan(NOODLES)
  expect(quantities()).toEqual(['1', ''])
})
