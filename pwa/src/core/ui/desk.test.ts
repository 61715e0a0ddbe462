// @vitest-environment happy-dom
// The frame of a desk's lists: what is asked, what is exported, what is selected, and the sheet beside it.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, type VNode } from 'vue'
import * as api from '../api'
import { heldRows, usePaged } from '../paged'
import * as spreadsheet from '../spreadsheet'
import { loadWords } from '../words'
import BaseDesk from './BaseDesk.vue'

interface Row {
  id: string
  name: string
}

const ALL: Row[] = Array.from({ length: 470 }, (_, at) => ({ id: String(at), name: `客户 ${at}` }))
const icon = { render: () => null }
let asks: URLSearchParams[]
let wrapper: VueWrapper

beforeEach(async () => {
  await loadWords(['core'])
  localStorage.clear()
  asks = []
  // The server of one list: its pages follow each other by the number of their first row.
  vi.spyOn(api, 'ask').mockImplementation(async (_method, path) => {
    const asked = new URL(path, 'http://desk').searchParams
    asks.push(asked)
    const found = ALL.filter((row) => row.name.includes(asked.get('search') ?? '') && row.id !== asked.get('without'))
    const [from, many] = [Number(asked.get('after') ?? 0), Number(asked.get('limit'))]
    return { rows: found.slice(from, from + many), next: from + many < found.length ? String(from + many) : null }
  })
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
})

const selected = ref<string[]>([])

async function desk(first: { search: string; without: string }): Promise<void> {
  const asked = ref(first)
  selected.value = []
  const page = defineComponent({
    setup: () => ({ list: usePaged<Row>('/api/rows', () => asked.value) }),
    render(): VNode {
      return h(
        // biome-ignore lint/suspicious/noExplicitAny: a generic component's properties cannot be named from outside
        BaseDesk as any,
        {
          name: 'test',
          label: '客户',
          list: this.list,
          columns: [{ name: 'name', label: '名称', text: (row: Row) => row.name }],
          empty: { icon, text: '没有找到' },
          search: '搜客户',
          filters: [{ name: 'without', label: '除去', options: [{ value: '1', label: '第一' }], any: '不限' }],
          exportAs: '客户表',
          add: '加一个',
          asked: asked.value,
          'onUpdate:asked': (now: typeof first) => {
            asked.value = now
          },
          selected: selected.value,
          'onUpdate:selected': (now: string[]) => {
            selected.value = now
          },
        },
        {
          bulk: () => null,
          sheet: ({ row, changed }: { row: Row | null; changed: () => void }) =>
            h('button', { class: 'beside', onClick: changed }, row?.name ?? '新的'),
        },
      )
    },
  })
  wrapper = mount(page, { attachTo: document.body })
  await vi.waitFor(() => expect(asks).toHaveLength(1))
}

const rows = (): number => wrapper.findAll('tbody tr').length
const buttonOf = (text: string) => wrapper.findAll('button').find((one) => one.text().includes(text))

test('search and filters ask the server under their own names', async () => {
  await desk({ search: '', without: '' })
  await wrapper.find('input[type=search]').setValue('客户 1')
  await wrapper.find('select').setValue('1')
  await vi.waitFor(() => expect(asks).toHaveLength(2))
  expect(asks[1]?.get('search')).toBe('客户 1')
  expect(asks[1]?.get('without')).toBe('1')
})

test('all that is found is exported, not only the pages seen so far', async () => {
  const save = vi.spyOn(spreadsheet, 'saveCsv').mockImplementation(() => undefined)
  await desk({ search: '', without: '' })
  await vi.waitFor(() => expect(rows()).toBe(50))
  await buttonOf('导出')?.trigger('click')
  await vi.waitFor(() => expect(save).toHaveBeenCalled())
  expect(save.mock.calls[0]?.[0]).toBe('客户表')
  expect((save.mock.lastCall as unknown as [string, unknown, Row[]])[2].map((row) => row.id)).toEqual(
    ALL.map((row) => row.id),
  )
  expect(rows()).toBe(50)
})

test('a row that is filtered away is selected no longer', async () => {
  await desk({ search: '', without: '' })
  await vi.waitFor(() => expect(rows()).toBe(50))
  for (const at of [2, 1]) await wrapper.findAll('tbody input')[at]?.trigger('change')
  expect(selected.value).toEqual(['2', '1'])
  await wrapper.find('select').setValue('1')
  await vi.waitFor(() => expect(selected.value).toEqual(['2']))
})

test('a row opens beside the list, a new one too; what changed is asked for again', async () => {
  await desk({ search: '', without: '' })
  await vi.waitFor(() => expect(rows()).toBe(50))
  await wrapper.findAll('tbody tr')[3]?.trigger('click')
  expect(wrapper.find('.beside').text()).toBe('客户 3')
  await wrapper.find('.beside').trigger('click')
  expect(wrapper.find('.beside').exists()).toBe(false)
  expect(asks).toHaveLength(2)
  await buttonOf('加一个')?.trigger('click')
  expect(wrapper.find('.beside').text()).toBe('新的')
})

test('rows this device holds are a list too, loading until they are read', async () => {
  await desk({ search: '', without: '' })
  const held = ref<readonly Row[] | null>(null)
  const list = heldRows(held)
  expect([list.isLoading.value, list.rows.value]).toEqual([true, []])
  held.value = ALL
  expect([list.isLoading.value, (await list.all()).length]).toEqual([false, ALL.length])
})
