// @vitest-environment happy-dom
// The desk's table worked with the keyboard.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import BaseTable from './BaseTable.vue'
import { tableKey } from './table/keys'

interface Row {
  id: string
  name: string
}

const columns = [
  { name: 'name', label: '名称', text: (row: Row) => row.name, isSortable: true },
  { name: 'id', label: '编号', text: (row: Row) => row.id, isHidden: true },
]
const rows = ['a', 'b', 'c'].map((id) => ({ id, name: `客户 ${id}` }))
let wrapper: VueWrapper

// biome-ignore lint/suspicious/noExplicitAny: a generic component's properties cannot be named from outside
function table(more: any = {}): VueWrapper {
  return mount(
    BaseTable as never,
    {
      attachTo: document.body,
      props: {
        name: 'test',
        label: '客户',
        columns,
        rows,
        keyOf: (row: Row) => row.id,
        canSelect: true,
        canExport: true,
        'onUpdate:selected': (selected: string[]) => wrapper.setProps({ selected } as never),
        ...more,
      },
    } as never,
  )
}

async function press(key: string, from: Element = document.body): Promise<void> {
  from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await new Promise((resolve) => setTimeout(resolve))
}

beforeEach(() => localStorage.clear())
afterEach(() => wrapper.unmount())

test('j and k move and stop at the ends, e opens', async () => {
  wrapper = table()
  for (const key of ['j', 'j', 'j', 'j', 'k', 'e']) await press(key)
  expect(wrapper.emitted('open')).toEqual([[rows[1]]])
  expect(document.activeElement?.textContent).toContain('客户 b')
})

test('x selects and takes back, the head selects all', async () => {
  wrapper = table()
  await press('j')
  await press('x')
  expect(wrapper.emitted('update:selected')?.at(-1)).toEqual([['a']])
  await press('x')
  expect(wrapper.emitted('update:selected')?.at(-1)).toEqual([[]])
  await wrapper.find('thead input').trigger('change')
  expect(wrapper.emitted('update:selected')?.at(-1)).toEqual([['a', 'b', 'c']])
})

test('the keys are letters again while something is typed, with a modifier, or in a dialog', () => {
  const field = document.createElement('input')
  document.body.append(field)
  const heard: (string | null)[] = []
  const listen = (event: KeyboardEvent): void => {
    heard.push(tableKey(event))
  }
  document.addEventListener('keydown', listen)
  wrapper = table()
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }))
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true, ctrlKey: true }))
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }))
  document.removeEventListener('keydown', listen)
  field.remove()
  expect(heard).toEqual([null, null, null, 'search'])
  expect(wrapper.emitted('search')).toHaveLength(1)
})

test('a head sorts, and the second time the other way round', async () => {
  wrapper = table({ 'onUpdate:sort': (sort: unknown) => wrapper.setProps({ sort } as never) })
  const head = wrapper.find('th button')
  await head.trigger('click')
  expect(wrapper.find('th[aria-sort]').attributes('aria-sort')).toBe('ascending')
  await head.trigger('click')
  expect(wrapper.find('th[aria-sort]').attributes('aria-sort')).toBe('descending')
})

test('the current row is a record: it stays the same when the rows are ordered anew', async () => {
  wrapper = table()
  await press('j')
  await wrapper.setProps({ rows: [...rows].reverse() } as never)
  await press('e')
  expect(wrapper.emitted('open')).toEqual([[rows[0]]])
})

test('exports what is shown, and chosen columns are kept on this device', async () => {
  localStorage.setItem('roundsman.columns.test', '["id"]')
  wrapper = table()
  expect(wrapper.findAll('th[scope="col"]').map((head) => head.text())).toEqual(['全选', '编号'])
  await wrapper.findAll('.base-table-tools button')[1]?.trigger('click')
  expect(wrapper.emitted('export')).toEqual([[[columns[1]]]])
})
