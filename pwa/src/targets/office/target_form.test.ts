import { expect, test } from 'vitest'
import { plainValue } from '../../figures/office/says'
import { amountIn } from './says'
import { payloadOf, type TargetForm, wrongInTarget } from './target_form'

const right: TargetForm = {
  scope: 'person',
  scope_id: 'wang',
  metric: 'sales',
  category_id: '',
  from_on: '2026-12-01',
  until_on: '2026-12-31',
  amount: '30000',
}

test('a target is sent in fen, of all goods', () => {
  expect(wrongInTarget(right)).toEqual({})
  expect(payloadOf('t', right)).toMatchObject({ target_id: 't', amount: 3_000_000, category_id: null })
})

test('what is wrong is said field by field', () => {
  expect(wrongInTarget({ ...right, scope_id: '', until_on: '2026-11-30', amount: '0' })).toEqual({
    scope_id: 'of_whom',
    until_on: 'ends_before_it_begins',
    amount: 'amount_wrong',
  })
  expect(wrongInTarget({ ...right, from_on: '', until_on: '' })).toEqual({
    from_on: 'no_such_day',
    until_on: 'no_such_day',
  })
})

test('a category stays only where goods are counted', () => {
  const drinks = { ...right, category_id: 'drinks' }
  expect(payloadOf('t', drinks).category_id).toBe('drinks')
  expect(payloadOf('t', { ...drinks, metric: 'visits', amount: '40' })).toMatchObject({ category_id: null, amount: 40 })
})

test.each([
  ['sales', 1234_50, '1234.50'],
  ['quantity', 12_500, '12.5'],
  ['visits', 40, '40'],
])('%s are typed as they are read', (metric, amount, text) => {
  expect(plainValue(metric, amount)).toBe(text)
  expect(amountIn(metric, text)).toBe(amount)
})

test.each(['', '0', '-5', '半', '1.5'])('"%s" is no number of visits', (text) => {
  expect(amountIn('visits', text)).toBeNull()
})
