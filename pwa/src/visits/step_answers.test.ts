// What is typed into a form step becomes answers the server takes: no floats, no empty texts, and nothing lost on the way back.

import { describe, expect, test } from 'vitest'
import type { FormField } from './queries/visit'
import { readAnswers, typedAnswers } from './step_answers'

const fields: FormField[] = [
  { key: 'faces', label: '排面数', type: 'number', is_required: true },
  { key: 'is_full', label: '补满', type: 'yes_no', is_required: true },
  { key: 'position', label: '位置', type: 'choice', choices: ['端架'] },
  { key: 'next_on', label: '补货', type: 'date' },
  { key: 'remark', label: '说明', type: 'text' },
]

describe('readAnswers', () => {
  test('whole numbers are integers, others keep their text', () => {
    const typed = { faces: '12', is_full: 'no', position: '端架', next_on: '2026-11-30', remark: ' x ' }
    expect(readAnswers(fields, typed)).toEqual({
      answers: { faces: 12, is_full: false, position: '端架', next_on: '2026-11-30', remark: 'x' },
      wrong: {},
    })
    expect(readAnswers(fields, { ...typed, faces: '2,5' }).answers.faces).toBe('2.5')
  })

  test('what is missing or no number is named', () => {
    expect(readAnswers(fields, { faces: 'many' }).wrong).toEqual({ faces: 'not_a_number', is_full: 'missing' })
    expect(readAnswers(fields, { faces: '1', is_full: 'yes', remark: '  ' }).answers).toEqual({
      faces: 1,
      is_full: true,
    })
  })
})

test('recorded answers come back as they were typed', () => {
  const typed = { faces: '0', is_full: 'no', position: '端架', next_on: '', remark: '' }
  expect(typedAnswers(fields, readAnswers(fields, typed).answers)).toEqual(typed)
})
