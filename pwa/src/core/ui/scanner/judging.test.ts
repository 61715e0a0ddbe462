// @vitest-environment happy-dom
// Every answer belongs to its code: given at once or late, the same as before or another, or never.

import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, type Ref, ref } from 'vue'
import { type Judging, useJudging } from './judging'
import type { Scanned, Verdict } from './scanned'
import { giveSignal } from './signal'

vi.mock('./signal', () => ({ giveSignal: vi.fn() }))

/** As BaseScanner does: what it sets comes back from the page only with the next drawing. */
const Holder = defineComponent({
  props: { answer: { type: String as () => Verdict, default: undefined }, hand: Function, settled: Function },
  emits: ['update:answer', 'judging'],
  setup(props, { emit }) {
    const answer = {
      get value() {
        return props.answer
      },
      set value(next) {
        emit('update:answer', next)
      },
      __v_isRef: true,
    } as unknown as Ref<Verdict | undefined>
    emit('judging', useJudging(answer, props.hand as never, props.settled as never))
    return () => null
  },
})

let judging: Judging
let answer: Ref<Verdict | undefined>
let handed: string[]
let settled: Verdict[]
/** What the page does with a code. */
let page: (scanned: Scanned) => void
const stops: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.mocked(giveSignal).mockClear()
  answer = ref<Verdict | undefined>(null)
  handed = []
  settled = []
  page = () => undefined
  const root = mount(() =>
    h(Holder, {
      answer: answer.value,
      'onUpdate:answer': (next: Verdict) => {
        answer.value = next
      },
      onJudging: (made: Judging) => {
        judging = made
      },
      hand: (scanned: Scanned) => {
        handed.push(scanned.text)
        page(scanned)
      },
      settled: (verdict: Verdict) => settled.push(verdict),
    } as never),
  )
  stops.push(() => root.unmount())
})

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
})

async function scan(...texts: string[]): Promise<void> {
  for (const text of texts) judging.take({ text, format: 'ean13' })
  await nextTick()
  await nextTick()
}

async function say(verdict: Verdict): Promise<void> {
  answer.value = verdict
  await nextTick()
}

test('an answer given at once counts each time, also when it is the same as before', async () => {
  page = () => {
    answer.value = 'ok'
  }
  await scan('a')
  await scan('b')
  expect([handed, settled, judging.count.value]).toEqual([['a', 'b'], ['ok', 'ok'], 2])
  expect(vi.mocked(giveSignal).mock.calls).toEqual([['ok'], ['ok']])
})

test('the next code waits until the one before was answered', async () => {
  await scan('a', 'b')
  expect([handed, settled, judging.isWaiting.value]).toEqual([['a'], [], true])
  await say('wrong')
  await nextTick()
  expect([handed, settled]).toEqual([['a', 'b'], ['wrong']])
  await say('ok')
  expect([settled, judging.count.value, judging.last.value?.text]).toEqual([['wrong', 'ok'], 1, 'b'])
})

test('several codes at once that are answered at once all get their answers', async () => {
  page = ({ text }) => {
    answer.value = text === 'b' ? 'wrong' : 'ok'
  }
  await scan('a', 'b', 'c')
  await vi.advanceTimersByTimeAsync(10)
  expect([handed, settled, judging.count.value]).toEqual([['a', 'b', 'c'], ['ok', 'wrong', 'ok'], 2])
})

test('an answer that never comes is not waited for, and makes no sound', async () => {
  await scan('a', 'b')
  await vi.advanceTimersByTimeAsync(4999)
  expect(settled).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect([handed, settled]).toEqual([['a', 'b'], [null]])
  expect(giveSignal).not.toHaveBeenCalled()
})

test('where nobody answers every code is right at once', async () => {
  answer.value = undefined
  await nextTick()
  await scan('a', 'b')
  expect([settled, judging.count.value, answer.value]).toEqual([['ok', 'ok'], 2, undefined])
})

describe('what is shown', () => {
  test('is fresh for a moment, and stays until the next code', async () => {
    await scan('a')
    await say('wrong')
    expect([judging.verdict.value, judging.isFresh.value]).toEqual(['wrong', true])
    await vi.advanceTimersByTimeAsync(1200)
    expect([judging.verdict.value, judging.isFresh.value]).toEqual(['wrong', false])
    await scan('b')
    expect([judging.verdict.value, judging.last.value?.text]).toEqual([null, 'b'])
  })

  test('is forgotten with all that waits', async () => {
    await scan('a', 'b')
    judging.reset()
    await say('ok')
    await vi.advanceTimersByTimeAsync(10_000)
    expect([handed, settled, judging.count.value, judging.last.value]).toEqual([['a'], [], 0, null])
  })
})
