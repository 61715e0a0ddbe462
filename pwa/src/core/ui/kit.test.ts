// @vitest-environment happy-dom
// What page authors and readers rely on in the kit: roles, names, values in and out. Looks are the browser test's affair.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { eventually } from '../testing/eventually'
import { answer, ask, question } from './ask'
import BaseButton from './BaseButton.vue'
import BaseCell from './BaseCell.vue'
import BaseChart from './BaseChart.vue'
import BaseChoice from './BaseChoice.vue'
import BaseDialog from './BaseDialog.vue'
import BaseField from './BaseField.vue'
import BaseList from './BaseList.vue'
import BaseMark from './BaseMark.vue'
import BaseMoney from './BaseMoney.vue'
import BasePicker from './BasePicker.vue'
import BaseSheet from './BaseSheet.vue'
import BaseStepper from './BaseStepper.vue'
import BaseTabs from './BaseTabs.vue'
import BaseToast from './BaseToast.vue'
import { toast, useToast } from './toast'

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:all(.*)*', name: 'any', component: { render: () => null } }],
})
const mounted: VueWrapper[] = []

// biome-ignore lint/suspicious/noExplicitAny: a test hands any component its own properties
function show(component: any, options: any = {}): VueWrapper<any> {
  const wrapper = mount(component, { attachTo: document.body, global: { plugins: [router] }, ...options })
  mounted.push(wrapper as VueWrapper)
  return wrapper
}

afterEach(() => {
  for (const wrapper of mounted.splice(0)) wrapper.unmount()
  useToast().dismiss()
  vi.useRealTimers()
})

describe('BaseCell', () => {
  test('is a plain row, a button or a link, as it is used', () => {
    expect(
      show(BaseCell, { props: { title: 'a' } })
        .find('button, a')
        .exists(),
    ).toBe(false)
    expect(
      show(BaseCell, { props: { title: 'a', to: '/b' } })
        .find('a')
        .attributes('href'),
    ).toBe('/b')
    const press = vi.fn()
    const pressable = show(BaseCell, { props: { title: 'a', onPress: press } })
    pressable.find('button').trigger('click')
    expect(press).toHaveBeenCalledTimes(1)
  })

  test('keeps the mark beside its button, never inside it', () => {
    const cell = show(BaseCell, { props: { title: 'a', to: '/b', mark: 'local' } })
    expect(cell.find('a button').exists()).toBe(false)
    expect(cell.find('button.base-mark').attributes('aria-label')).toBe('在这部手机上')
  })
})

describe('BaseMark', () => {
  test.each(['local', 'sending', 'received', 'attention'] as const)('%s says what it means and when', (state) => {
    show(BaseMark, { props: { state, at: Date.parse('2025-03-08T12:00:00+08:00') } }).trigger('click')
    expect(toast.value?.text).toMatch(/.+ · 2025年3月8日 12:00$/)
  })
})

describe('BaseButton', () => {
  test('busy or disabled it does nothing', async () => {
    const busy = show(BaseButton, { props: { isBusy: true }, slots: { default: 'x' } })
    expect(busy.attributes('disabled')).toBeDefined()
    expect(busy.attributes('aria-busy')).toBe('true')
    expect(busy.attributes('type')).toBe('button')
  })
})

describe('BaseField', () => {
  test('ties label, control and error together', async () => {
    const field = show(BaseField, { props: { label: '电话', modelValue: '1', error: '少了 10 位' } })
    const input = field.find('input')
    expect(field.find('label').attributes('for')).toBe(input.attributes('id'))
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(field.find(`#${input.attributes('aria-describedby')}`).text()).toBe('少了 10 位')
    await input.setValue('138')
    expect(field.emitted('update:modelValue')?.at(-1)).toEqual(['138'])
  })
})

describe('BaseStepper', () => {
  function stepper(modelValue: number, more = {}): VueWrapper {
    const wrapper: VueWrapper = show(BaseStepper, {
      props: {
        label: '牛奶',
        modelValue,
        'onUpdate:modelValue': (next: number) => wrapper.setProps({ modelValue: next } as never),
        ...more,
      },
    })
    return wrapper
  }

  test('steps, and stops at both ends', async () => {
    const wrapper = stepper(1, { max: 2 })
    const [less, more] = wrapper.findAll('button')
    await more?.trigger('click')
    expect(wrapper.find('input').element.value).toBe('2')
    expect(more?.attributes('disabled')).toBeDefined()
    await less?.trigger('click')
    await less?.trigger('click')
    expect(wrapper.find('input').element.value).toBe('0')
    expect(less?.attributes('disabled')).toBeDefined()
  })

  test('holding repeats, and the click that ends the hold counts no more', async () => {
    vi.useFakeTimers()
    const wrapper = stepper(0)
    const more = wrapper.findAll('button')[1]
    await more?.trigger('pointerdown')
    await vi.advanceTimersByTimeAsync(400 + 80 * 4)
    await more?.trigger('pointerup')
    await more?.trigger('click')
    const reached = Number(wrapper.find('input').element.value)
    expect(reached).toBe(5)
    await vi.advanceTimersByTimeAsync(1000)
    expect(Number(wrapper.find('input').element.value)).toBe(reached)
  })

  test('typed numbers are kept within the limits; anything else changes nothing', async () => {
    const wrapper = stepper(3, { max: 20 })
    const input = wrapper.find('input')
    await input.setValue('99')
    await input.trigger('change')
    expect(input.element.value).toBe('20')
    await input.setValue('many')
    await input.trigger('change')
    expect(input.element.value).toBe('20')
  })

  test('a number outside the limits can still be brought back inside', async () => {
    const wrapper = stepper(30, { max: 20 })
    await wrapper.findAll('button')[0]?.trigger('click')
    expect(wrapper.find('input').element.value).toBe('20')
  })
})

describe('BaseChoice', () => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ]

  test('one', async () => {
    const choice = show(BaseChoice, { props: { label: 'x', options, modelValue: 'a' } })
    await choice.findAll('input')[1]?.trigger('change')
    expect(choice.emitted('update:modelValue')?.at(-1)).toEqual(['b'])
  })

  test('many', async () => {
    const choice = show(BaseChoice, { props: { label: 'x', options, isMany: true, modelValue: ['a'] } })
    await choice.findAll('input')[1]?.trigger('change')
    expect(choice.emitted('update:modelValue')?.at(-1)).toEqual([['a', 'b']])
    await choice.setProps({ modelValue: ['a', 'b'] })
    await choice.findAll('input')[0]?.trigger('change')
    expect(choice.emitted('update:modelValue')?.at(-1)).toEqual([['b']])
  })
})

describe('BasePicker', () => {
  const many = Array.from({ length: 40 }, (_, index) => ({ value: `v${index}`, label: `华东 ${index}` }))

  test('a short list is the phone’s own select', async () => {
    const picker = show(BasePicker, { props: { label: 'x', options: many.slice(0, 3), modelValue: '' } })
    await picker.find('select').setValue('v1')
    expect(picker.emitted('update:modelValue')?.at(-1)).toEqual(['v1'])
  })

  test('a long list opens a sheet that finds by text', async () => {
    const picker = show(BasePicker, { props: { label: '区域', options: many, modelValue: 'v3' } })
    expect(picker.find('button').attributes('aria-label')).toBe('区域: 华东 3')
    await picker.find('button').trigger('click')
    await eventually(() => expect(picker.find('dialog input[type="search"]').exists()).toBe(true))
    await picker.find('input[type="search"]').setValue('华东 39')
    expect(picker.findAll('.base-choice-row')).toHaveLength(1)
    await picker.find('input[type="radio"]').trigger('change')
    expect(picker.emitted('update:modelValue')?.at(-1)).toEqual(['v39'])
    expect(picker.find('dialog').exists()).toBe(false)
  })
})

describe('BaseTabs', () => {
  test('arrow keys go round', async () => {
    const tabs: VueWrapper = show(BaseTabs, {
      props: {
        label: 'x',
        tabs: [
          { name: 'a', label: 'A' },
          { name: 'b', label: 'B' },
        ],
        modelValue: 'a',
        'onUpdate:modelValue': (next: string) => tabs.setProps({ modelValue: next } as never),
      },
    })
    await tabs.find('[role="tablist"]').trigger('keydown', { key: 'ArrowLeft' })
    expect(tabs.find('[aria-selected="true"]').text()).toBe('B')
    expect(tabs.find('[aria-selected="true"]').attributes('tabindex')).toBe('0')
  })
})

describe('BaseSheet and BaseDialog', () => {
  test('a sheet of actions closes and says which', async () => {
    const sheet = show(BaseSheet, { props: { open: true, title: 'x', actions: [{ name: 'go', label: 'Go' }] } })
    expect(sheet.find('dialog').element.open).toBe(true)
    await sheet.find('.base-sheet-action').trigger('click')
    expect(sheet.emitted('choose')).toEqual([['go']])
    expect(sheet.emitted('update:open')?.at(-1)).toEqual([false])
    await sheet.setProps({ open: false })
    expect(sheet.find('dialog').element.open).toBe(false)
  })

  test('the page behind stays still only as long as something covers it', async () => {
    const one = show(BaseSheet, { props: { open: true, title: 'x' } })
    const other = show(BaseDialog, { props: { open: true, title: 'y' } })
    expect(document.documentElement.classList.contains('is-covered')).toBe(true)
    await one.setProps({ open: false })
    expect(document.documentElement.classList.contains('is-covered')).toBe(true)
    other.unmount()
    mounted.splice(mounted.indexOf(other as VueWrapper), 1)
    expect(document.documentElement.classList.contains('is-covered')).toBe(false)
  })

  test('a blocked dialog does not confirm', async () => {
    const dialog = show(BaseDialog, { props: { open: true, title: 'x', isBlocked: true } })
    await dialog.find('form').trigger('submit')
    expect(dialog.emitted('confirm')).toBeUndefined()
    await dialog.setProps({ isBlocked: false })
    await dialog.find('form').trigger('submit')
    expect(dialog.emitted('confirm')).toHaveLength(1)
  })

  test('ask() resolves with the answer, and a second question says no to the first', async () => {
    const first = ask({ title: '1' })
    const second = ask({ title: '2' })
    expect(await first).toBe(false)
    expect(question.value?.title).toBe('2')
    answer(true)
    expect(await second).toBe(true)
    expect(question.value).toBeNull()
  })
})

describe('toast', () => {
  test('taking back may say the next message', async () => {
    const place = show(BaseToast)
    useToast().offer('已移除', '撤销', () => useToast().say('已恢复'))
    await nextTick()
    await place.find('button').trigger('click')
    expect(place.text()).toBe('已恢复')
  })

  test('stands in the dialog above everything, and outlives it', async () => {
    show(BaseToast)
    const sheet = show(BaseSheet, { props: { open: true, title: '选规格' } })
    await nextTick()
    useToast().say('找不到这个条码')
    await nextTick()
    const place = () => document.querySelector('.base-toast')?.closest('dialog')
    expect(place()).toBe(sheet.element)
    await sheet.setProps({ open: false })
    await nextTick()
    expect(document.querySelector('.base-toast')?.textContent).toBe('找不到这个条码')
    expect(place()).toBeNull()
  })

  test('goes by itself, later when something can be taken back, and not while held', () => {
    vi.useFakeTimers()
    useToast().say('a')
    vi.advanceTimersByTime(3000)
    expect(toast.value).toBeNull()
    useToast().offer('b', '撤销', () => undefined)
    vi.advanceTimersByTime(6900)
    useToast().hold(true)
    vi.advanceTimersByTime(60_000)
    expect(toast.value?.text).toBe('b')
    useToast().hold(false)
    vi.advanceTimersByTime(7000)
    expect(toast.value).toBeNull()
  })
})

describe('BaseMoney', () => {
  test('is read as one word', () => {
    const money = show(BaseMoney, { props: { minor: 123450, isStruck: true } })
    expect(money.element.tagName).toBe('S')
    expect(money.find('.unseen').text()).toBe('¥1,234.50')
  })
})

describe('BaseList', () => {
  function list(count: number, more = {}): VueWrapper {
    const items = Array.from({ length: count }, (_, index) => `r${index}`)
    return show(BaseList, {
      props: { items, keyOf: (item: string) => item, ...more },
      slots: { default: ({ item }: { item: string }) => item, empty: () => 'nothing' },
    })
  }

  test('thirty rows are all drawn; a thousand only near the screen, counted for readers', async () => {
    expect(list(30).findAll('li')).toHaveLength(30)
    const long = list(1000)
    await nextTick()
    expect(long.findAll('li').length).toBeLessThan(60)
    expect(long.find('li').attributes('aria-setsize')).toBe('1000')
    expect(long.find('li').attributes('aria-posinset')).toBe('1')
  })

  test('says when it is empty, but not while more may come', () => {
    expect(list(0).text()).toBe('nothing')
    expect(list(0, { hasMore: true }).text()).not.toContain('nothing')
    expect(list(0, { isLoading: true }).text()).not.toContain('nothing')
  })

  test('pulled down far enough it refreshes, and only then', async () => {
    const refresh = vi.fn(async () => undefined)
    const wrapper = list(3, { refresh })
    const touch = (y: number) => ({ touches: [{ clientY: y }] })
    for (const [to, times] of [
      [80, 0],
      [300, 1],
    ] as const) {
      await wrapper.trigger('touchstart', touch(0))
      await wrapper.trigger('touchmove', touch(to))
      await wrapper.trigger('touchend')
      expect(refresh).toHaveBeenCalledTimes(times)
    }
  })

  test('asks for more through its button too', async () => {
    const wrapper = list(3, { hasMore: true })
    await wrapper.find('.base-list-end button').trigger('click')
    expect(wrapper.emitted('more')?.length).toBeGreaterThanOrEqual(1)
  })
})

describe('BaseChart', () => {
  test('holds the same numbers as a table', () => {
    const chart = show(BaseChart, {
      props: {
        title: 'x',
        points: [
          { label: '一', value: 3 },
          { label: '二', value: 0 },
        ],
        say: (value: number) => `${value} 家`,
      },
    })
    expect(chart.findAll('td').map((cell) => cell.text())).toEqual(['3 家', '0 家'])
    expect(chart.find('svg').attributes('aria-hidden')).toBe('true')
    expect(chart.findAll('rect').map((bar) => Number(bar.attributes('height')))).toEqual([96, 0])
  })
})
