// @vitest-environment happy-dom
// A list put in order by its buttons.

import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { nextTick, ref } from 'vue'
import { loadWords } from '../core/words'
import { moved } from './order'
import SortableList from './SortableList.vue'

test('moves within the list and never out of it', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, -5)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a'])
})

test('a pressed button keeps the focus wherever its item goes, and where that is is said', async () => {
  await loadWords(['core', 'visits'])
  const items = ref(['甲', '乙', '丙'].map((title) => ({ id: title, title })))
  const list = mount(
    {
      components: { SortableList },
      setup: () => ({ items }),
      template: '<SortableList v-model="items" label="顺序" can-remove />',
    },
    { attachTo: document.body },
  )
  const button = (label: string) => list.find<HTMLButtonElement>(`[aria-label="${label}"]`)
  expect([button('甲 往前移').element.disabled, button('丙 往后移').element.disabled]).toEqual([true, true])
  const down = button('甲 往后移')
  await down.trigger('click')
  await nextTick()
  expect(items.value.map((item) => item.id)).toEqual(['乙', '甲', '丙'])
  expect(document.activeElement).toBe(button('甲 往后移').element)
  expect(list.find('[role=status]').text()).toBe('甲 现在第 2')
  await button('乙 往后移').trigger('click')
  await button('去掉 甲').trigger('click')
  expect(items.value.map((item) => item.id)).toEqual(['乙', '丙'])
  list.unmount()
})
