// @vitest-environment happy-dom
// The sheet as its pages rely on it: codes out, answers in, when it closes, and what it says without a camera. That the camera's codes are
// found is the browser test's affair.

import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { h, nextTick, ref } from 'vue'
import BaseScanner from '../BaseScanner.vue'
import type { Scanned, Verdict } from './scanned'

const EAN = '6901234567892'
let wrapper: VueWrapper
let scanned: Scanned[]
const isOpen = ref(true)
const answer = ref<Verdict | undefined>()
const judge = vi.fn<(one: Scanned) => void>()
const vibrate = vi.fn()

beforeEach(() => {
  vi.stubGlobal('navigator', { vibrate, onLine: true })
  scanned = []
  isOpen.value = true
  answer.value = undefined
  judge.mockReset()
  vibrate.mockReset()
})

afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

async function open(more: { isContinuous?: boolean; note?: string } = {}): Promise<void> {
  wrapper = mount(
    () =>
      h(BaseScanner, {
        open: isOpen.value,
        'onUpdate:open': (next: boolean) => {
          isOpen.value = next
        },
        ...(answer.value === undefined ? {} : { answer: answer.value }),
        'onUpdate:answer': (next: Verdict | undefined) => {
          answer.value = next
        },
        onScanned: (one: Scanned) => {
          scanned.push(one)
          judge(one)
        },
        ...more,
      }),
    { attachTo: document.body },
  )
  await flushPromises()
}

async function type(text: string): Promise<void> {
  await wrapper.find('input').setValue(text)
  await wrapper.find('form').trigger('submit')
  await flushPromises()
}

function gun(text: string): boolean {
  const at = performance.now()
  return [...text, 'Enter'].every((key, index) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    Object.defineProperty(event, 'timeStamp', { value: at + index * 8 })
    return (wrapper.find('input').element as HTMLElement).dispatchEvent(event)
  })
}

function said(): string {
  return wrapper.find('.scanner-said').text()
}

describe('a code', () => {
  test('typed is handed over without the space around it, and nothing is no code', async () => {
    await open({ isContinuous: true })
    await type(`  ${EAN} `)
    await type('   ')
    expect(scanned).toEqual([{ text: EAN, format: 'typed' }])
    expect(wrapper.find('input').element.value).toBe('')
  })

  test('of a gun leaves in the field what a person had begun there', async () => {
    await open({ isContinuous: true })
    await wrapper.find('input').setValue(`12${EAN}`)
    expect(gun(EAN)).toBe(false)
    await flushPromises()
    expect(scanned).toEqual([{ text: EAN, format: 'gun' }])
    expect(wrapper.find('input').element.value).toBe('12')
  })

  test('closes the sheet when one was asked for', async () => {
    vi.useFakeTimers()
    await open()
    await type(EAN)
    await vi.advanceTimersByTimeAsync(1)
    expect([isOpen.value, scanned.length]).toEqual([false, 1])
    expect(vibrate.mock.calls).toEqual([[[50]]])
  })
})

describe('an answer', () => {
  test('is seen for a moment before the sheet closes', async () => {
    vi.useFakeTimers()
    answer.value = null
    judge.mockImplementation(() => {
      answer.value = 'ok'
    })
    await open()
    await type(EAN)
    expect([isOpen.value, said()]).toEqual([true, `已扫 ${EAN}`])
    expect(wrapper.find('.scanner-view').classes()).toContain('is-ok')
    await type('another')
    expect(scanned).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(400)
    expect(isOpen.value).toBe(false)
  })

  test('"wrong" keeps it open, with the reason, until a right one comes', async () => {
    vi.useFakeTimers()
    answer.value = null
    judge.mockImplementation(({ text }) => {
      answer.value = text === EAN ? 'ok' : 'wrong'
    })
    await open({ note: '不在这一单里' })
    await type('123')
    await vi.advanceTimersByTimeAsync(5000)
    expect([isOpen.value, said()]).toEqual([true, '不对 123 · 不在这一单里'])
    expect(vibrate).toHaveBeenCalledWith([120, 60, 180])
    await type(EAN)
    await vi.advanceTimersByTimeAsync(400)
    expect(isOpen.value).toBe(false)
  })

  test('in continuous mode is counted, and opening it again begins anew', async () => {
    answer.value = null
    judge.mockImplementation(({ text }) => {
      answer.value = text === EAN ? 'ok' : 'wrong'
    })
    await open({ isContinuous: true })
    const button = () => wrapper.find('footer button').text()
    expect(button()).toBe('完成')
    for (const text of [EAN, '123', EAN]) await type(text)
    expect(button()).toBe('完成（已扫 2）')
    await wrapper.find('footer button').trigger('click')
    expect(isOpen.value).toBe(false)
    isOpen.value = true
    await nextTick()
    expect([button(), said()]).toEqual(['完成', ''])
  })
})

describe('without a camera', () => {
  test.each([
    ['NotAllowedError', '没有相机权限，在设置里允许后再试'],
    ['NotFoundError', '没有可用的相机'],
    ['NotReadableError', '相机被别的应用占着，关掉那个再试'],
  ])('after %s it says why, and what else can be done', async (name, words) => {
    const getUserMedia = vi.fn().mockRejectedValue(new DOMException('no', name))
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia }, onLine: true })
    await open()
    const fault = wrapper.find('.scanner-fault')
    expect(fault.text()).toContain(words)
    expect(fault.text()).toContain('也可以在下面输入，或用扫码枪')
    await fault.find('button').trigger('click')
    expect(getUserMedia).toHaveBeenCalledTimes(2)
  })
})

test('letters can be typed on a phone too', async () => {
  await open()
  expect(wrapper.find('input').attributes('inputmode')).toBe('numeric')
  await wrapper.find('button[aria-label="字母键盘"]').trigger('click')
  expect(wrapper.find('input').attributes('inputmode')).toBe('text')
  await wrapper.find('button[aria-label="数字键盘"]').trigger('click')
  expect(wrapper.find('input').attributes('inputmode')).toBe('numeric')
})
