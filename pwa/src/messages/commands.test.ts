// What reading, muting and quiet hours do to the phone's own rows at once, how messages are said, and what the outbox calls it all.

import { beforeAll, expect, test } from 'vitest'
import type { Row } from '../core/domain'
import { loadWords } from '../core/words'
import type { Base } from '../sync/base'
import type { Entry } from '../sync/device'
import { newCommandOf } from '../sync/testing/command'
import { Overlays } from '../sync/view'
import { effects } from './commands'
import { DESCRIPTIONS } from './descriptions'
import { type Message, messagesIn, settingsIn } from './queries'
import { minuteOf, sayMessage, sayMinute, sayMore } from './says'

const ME = 'person-me'

function message(id: string, at: number, own: Partial<Message> = {}): Message {
  return { id, kind: 'comment', about: '/x', args: {}, at, read_at: null, ...own }
}

function after(held: Record<string, Row[]>, ...commands: [name: string, args: object][]) {
  const base: Base = new Map(
    ['messages', 'message_settings'].map((table) => [
      table,
      new Map((held[table] ?? []).map((row) => [row.id, { row, b: { all: 1 } }])),
    ]),
  )
  const overlays = new Overlays(base, effects)
  overlays.onEffectError = (_, error) => {
    throw error
  }
  const outbox = commands.map(
    ([name, args], at): Entry => ({
      ...newCommandOf(`uuid-${at}`, { name, args: JSON.stringify(args), captured_at: 900 }),
      number: at + 1,
      order: at + 1,
      deps: [],
      blobs: [],
      state: 'queued',
      sealed_at: null,
      tries: 0,
      seq: null,
      decision: null,
      journalled_at: null,
    }),
  )
  overlays.replay({ outbox, issues: [], sending: new Set(), person_id: ME })
  return overlays.view
}

const THREE = { messages: [message('a', 100), message('b', 300), message('c', 200, { read_at: 250 })] as Row[] }

test('the newest stands first, and what was read is read at once', () => {
  const view = after(THREE, ['messages.read', { message_ids: ['a', 'gone'] }])
  expect(messagesIn(view).map(({ id, read_at }) => [id, read_at])).toEqual([
    ['b', null],
    ['c', 250],
    ['a', 900],
  ])
})

test('all up to a moment are read, what came later is not', () => {
  const view = after(THREE, ['messages.read', { up_to: 200 }])
  expect(messagesIn(view).map(({ read_at }) => read_at)).toEqual([null, 250, 900])
})

test('muting and quiet hours leave each other alone, whoever never said anything hears everything', () => {
  expect(settingsIn(after({}), ME)).toEqual({ muted: [], quiet_from: null, quiet_until: null })
  const view = after(
    {},
    ['messages.mute', { kind: 'order_moved', is_muted: true }],
    ['messages.set_quiet_hours', { quiet_from: 1320, quiet_until: 420 }],
    ['messages.mute', { kind: 'comment', is_muted: true }],
    ['messages.mute', { kind: 'order_moved', is_muted: false }],
  )
  expect(settingsIn(view, ME)).toEqual({ muted: ['comment'], quiet_from: 1320, quiet_until: 420 })
})

test('minutes of the day are said and read', () => {
  expect([0, 420, 1320, 1439].map(sayMinute)).toEqual(['00:00', '07:00', '22:00', '23:59'])
  expect(['00:00', '07:00', '24:00', '', '7:00'].map(minuteOf)).toEqual([0, 420, null, null, null])
})

beforeAll(() => loadWords(['core', 'messages']))

test.each([
  ['approval_wanted', { what: 'order', name: 'D1' }, '订单 D1 要审批', ''],
  ['approval_wanted', { what: 'agent', name: '小店' }, '小店 申请做代理', ''],
  ['order_moved', { number: 'D1', verb: 'ship', state: 'shipped' }, '订单 D1 已发货', ''],
  ['order_moved', { number: 'D1', verb: 'of_another_build', state: 'x' }, '订单 D1 有变动', ''],
  ['customer_assigned', { name: '和平店', is_gained: true }, '客户「和平店」归您了', ''],
  ['customer_assigned', { name: '和平店', is_gained: false }, '客户「和平店」转给别人了', ''],
  ['command_refused', { said: '请重录' }, '您的一条记录被退回', '请重录'],
  ['command_refused', { said: '' }, '您的一条记录被退回', '打开发件箱看原因'],
  ['comment', {}, '对我工作的批注', ''],
  ['of_another_build', {}, '消息', ''],
] as const)('a message of %s %j says %s', (kind, args, said, more) => {
  const one = message('a', 1, { kind, args })
  expect([sayMessage(one), sayMore(one)]).toEqual([said, more])
})

test('the outbox has a name for each', () => {
  const view = after({})
  expect(Object.keys(DESCRIPTIONS)).toEqual(expect.arrayContaining(Object.keys(effects)))
  expect(DESCRIPTIONS['messages.mute']?.({ kind: 'comment' }, view).note).toBe('对我工作的批注')
})
