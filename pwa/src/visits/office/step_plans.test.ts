// Steps as they are edited: what is read is what is sent, and nothing leaves that the server would refuse.

import { expect, test } from 'vitest'
import type { StepTemplateRow } from '../../wire/feeds'
import { choicesOf, inserted, isWhole, newField, newPlan, plansOf, shortcomingsOf, templatesOf } from './step_plans'

function row(id: string, own: Partial<StepTemplateRow>): StepTemplateRow {
  return {
    id,
    class_id: 'corner',
    kind: 'note',
    title: id,
    is_must: false,
    settings: {},
    position: 0,
    is_active: true,
    ...own,
  } as StepTemplateRow
}

test('what is read is what is sent, in order, without what is retired', () => {
  const form = {
    fields: [
      { key: 'faces', label: '排面', type: 'number', is_required: true },
      { key: 'place', label: '位置', type: 'choice', is_required: false, choices: ['端架', '堆头'] },
    ],
  }
  const rows = [
    row('form', { kind: 'form', settings: form, position: 2, is_must: true }),
    row('gone', { is_active: false }),
    row('front', { kind: 'photo', settings: { kinds: ['shopfront'], minimum: 2, source: 'camera' }, position: 1 }),
    row('say', { position: 0 }),
  ]
  expect(templatesOf(plansOf(rows))).toEqual([
    { template_id: 'say', kind: 'note', title: 'say', is_must: false, settings: {} },
    {
      template_id: 'front',
      kind: 'photo',
      title: 'front',
      is_must: false,
      settings: { kinds: ['shopfront'], minimum: 2, source: 'camera' },
    },
    { template_id: 'form', kind: 'form', title: 'form', is_must: true, settings: form },
  ])
})

test('a photo step leaves where pictures come from to the class unless it says so', () => {
  const [template] = templatesOf([{ ...newPlan('photo', 'a', 'k'), title: ' 门头 ' }])
  expect(template).toMatchObject({ title: '门头', settings: { kinds: ['shopfront'], minimum: 1 } })
  expect(template?.settings).not.toHaveProperty('source')
})

test('names what is missing, by field', () => {
  expect(isWhole(newPlan('note', 'a', 'k'))).toBe(false)
  expect(isWhole({ ...newPlan('note', 'a', 'k'), title: '反馈' })).toBe(true)
  const form = { ...newPlan('form', 'a', 'k'), title: '检查' }
  expect(shortcomingsOf(form)).toEqual({ labels: { k: 'label_missing' }, choices: {} })
  expect(shortcomingsOf({ ...form, fields: [] })).toMatchObject({ fields: 'fields_missing' })
  const choice = { ...newField('k'), label: '位置', type: 'choice' as const, choices: ' \n' }
  expect(shortcomingsOf({ ...form, fields: [choice] }).choices).toEqual({ k: 'choices_missing' })
  expect(isWhole({ ...form, fields: [{ ...choice, choices: '端架' }] })).toBe(true)
  expect(isWhole({ ...form, fields: [] })).toBe(false)
})

test('choices are one to a line, each once', () => {
  expect(choicesOf(' 端架\n\n堆头 \n端架')).toEqual(['端架', '堆头'])
})

test('what was taken out goes back to its place', () => {
  expect(inserted(['a', 'c'], 1, 'b')).toEqual(['a', 'b', 'c'])
})
