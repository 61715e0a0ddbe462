// @vitest-environment happy-dom
// A gun is told from a person by its pace alone; whatever a person does reaches the page.

import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useWedge } from './wedge'

const EAN = '4006381333931'
const stops: (() => void)[] = []
let onPage: ReturnType<typeof vi.fn<(key: string) => void>>

beforeEach(() => {
  vi.useFakeTimers()
  onPage = vi.fn()
  const listen = (event: KeyboardEvent): void => onPage(event.key)
  document.addEventListener('keydown', listen)
  stops.push(() => document.removeEventListener('keydown', listen))
})

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

function listening(): { heard: string[]; stop: () => void } {
  const heard: string[] = []
  const holder = mount(
    defineComponent({
      setup() {
        useWedge((code) => heard.push(code))
        return () => h('div')
      },
    }),
  )
  const stop = (): void => holder.unmount()
  stops.push(stop)
  return { heard, stop }
}

/** Presses a key so many milliseconds after the last; tells whether the page may still do with it what it would have done. */
function press(key: string, after: number, more: KeyboardEventInit = {}, on: Element = document.body): boolean {
  vi.advanceTimersByTime(after)
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'timeStamp', { value: performance.now() })
  return on.dispatchEvent(event)
}

function type(text: string, pause: number, on?: Element): void {
  for (const key of text) press(key, pause, {}, on)
}

function add(html: string): HTMLElement {
  document.body.insertAdjacentHTML('beforeend', html)
  const found = document.body.lastElementChild as HTMLElement
  return found.matches('input, textarea, button') ? found : (found.querySelector<HTMLElement>('input') ?? found)
}

describe('a gun', () => {
  test.each([0, 5, 35])('typing %d ms apart is heard, and its Enter reaches nothing else', (pause) => {
    const { heard } = listening()
    type(EAN, pause)
    expect(press('Enter', pause)).toBe(false)
    expect(heard).toEqual([EAN])
    expect(onPage).toHaveBeenCalledTimes(EAN.length)
    expect(onPage).not.toHaveBeenCalledWith('Enter')
  })

  test('may use capitals, signs and spaces, and scan one code after the other', () => {
    const { heard } = listening()
    for (const key of ['Shift', 'A', 'Shift', 'B']) press(key, 10)
    type('-1 2/', 10)
    press('Enter', 10)
    type('9638', 10)
    press('Enter', 10)
    expect(heard).toEqual(['AB-1 2/', '9638'])
  })

  test('that sends two Enters is heard once, and neither reaches the page', () => {
    const { heard } = listening()
    type(EAN, 10)
    press('Enter', 10)
    expect(press('Enter', 10)).toBe(false)
    expect(heard).toEqual([EAN])
    expect(onPage).not.toHaveBeenCalledWith('Enter')
    expect(press('Enter', 36)).toBe(true)
  })

  test('straight after a person only its own characters count', () => {
    const { heard } = listening()
    type('abc', 200)
    press('4', 36)
    type(EAN.slice(1), 10)
    press('Enter', 10)
    expect(heard).toEqual([EAN])
  })

  test('goes to the component that was mounted last, and back when that is gone', () => {
    const page = listening()
    const sheet = listening()
    type('1111', 10)
    press('Enter', 10)
    sheet.stop()
    type('2222', 10)
    press('Enter', 10)
    page.stop()
    type('3333', 10)
    expect(press('Enter', 10)).toBe(true)
    expect([page.heard, sheet.heard]).toEqual([['2222'], ['1111']])
  })
})

describe('a person', () => {
  test.each([36, 60, 150])('typing %d ms apart is not heard, and every key reaches the page', (pause) => {
    const { heard } = listening()
    type(EAN, pause)
    expect(press('Enter', pause)).toBe(true)
    expect(heard).toEqual([])
    expect(onPage).toHaveBeenCalledTimes(EAN.length + 1)
  })

  test('who hesitates before Enter, or hits three keys at once, is no gun', () => {
    const { heard } = listening()
    type('4006', 10)
    expect(press('Enter', 36)).toBe(true)
    type('123', 5)
    expect(press('Enter', 5)).toBe(true)
    expect(heard).toEqual([])
  })

  test('who holds a key down, uses shortcuts, moves about or composes is no gun', () => {
    const { heard } = listening()
    for (let count = 0; count < 8; count++) press('0', 30, { repeat: count > 0 })
    expect(press('Enter', 30)).toBe(true)
    const between: [string, KeyboardEventInit][] = [
      ['c', { ctrlKey: true }],
      ['c', { metaKey: true }],
      ['c', { altKey: true }],
      ['ArrowDown', {}],
      ['Process', { isComposing: true }],
    ]
    for (const [key, how] of between) {
      type('1234', 10)
      expect(press(key, 10, how)).toBe(true)
      expect(press('Enter', 10)).toBe(true)
    }
    expect(heard).toEqual([])
  })

  test('whose keys the page saw all at once, having been busy, is judged by when he pressed them', () => {
    const { heard } = listening()
    for (const [at, key] of [...'1234', 'Enter'].entries()) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: 1_000_000 + at * 120 })
      expect(document.body.dispatchEvent(event)).toBe(true)
    }
    expect(heard).toEqual([])
  })
})

describe('a field that has the focus', () => {
  test.each(['<input>', '<input type="search">', '<textarea></textarea>', '<p contenteditable="true">x</p>'])(
    'keeps what a gun types into it: %s',
    (html) => {
      const { heard } = listening()
      const field = add(html)
      type(EAN, 5, field)
      expect(press('Enter', 5, {}, field)).toBe(true)
      expect(heard).toEqual([])
      expect(onPage).toHaveBeenCalledTimes(EAN.length + 1)
    },
  )

  test.each(['<input data-wedge>', '<form data-wedge><input type="tel"></form>'])(
    'gives it over when marked: %s',
    (html) => {
      const { heard } = listening()
      const field = add(html)
      type(EAN, 5, field)
      expect(press('Enter', 5, {}, field)).toBe(false)
      expect(heard).toEqual([EAN])
    },
  )

  test.each(['<input type="checkbox">', '<button>x</button>'])('that takes no text keeps nothing: %s', (html) => {
    const { heard } = listening()
    const control = add(html)
    type(EAN, 5, control)
    expect(press('Enter', 5, {}, control)).toBe(false)
    expect(heard).toEqual([EAN])
  })

  test('ends what was begun outside', () => {
    const { heard } = listening()
    const field = add('<input>')
    type('40063', 5)
    type('8', 5, field)
    expect(press('Enter', 5)).toBe(true)
    expect(heard).toEqual([])
  })
})
