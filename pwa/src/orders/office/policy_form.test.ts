// What is decided about prices as it is typed, and what of it the server would refuse.

import { expect, test } from 'vitest'
import type { OrderPolicyRow } from '../../wire/feeds'
import { allowedOf, formOf, policyOf, wrongInPolicy } from './policy_form'

test('what is shown is what is sent, and undecided it is the server’s own', () => {
  const row = { id: 'company', tolerance_permille: 15, on_difference: 'hold', list_age_days: 30 } as OrderPolicyRow
  const { id: _id, ...fields } = row
  expect(policyOf(formOf(row))).toEqual(fields)
  expect(policyOf(formOf(undefined))).toEqual({ tolerance_permille: 0, on_difference: 'apply', list_age_days: 7 })
})

test('says what is wrong at its field', () => {
  const form = formOf(undefined)
  expect(wrongInPolicy(form)).toEqual({})
  for (const tolerance of ['', '1001', '-1', '1.5', '很多'])
    expect(wrongInPolicy({ ...form, tolerance })).toEqual({ tolerance: 'desk.tolerance_bad' })
  for (const list_age_days of ['', '3651', '-1', '1.5'])
    expect(wrongInPolicy({ ...form, list_age_days })).toEqual({ list_age_days: 'desk.list_age_bad' })
})

test('the example is what the rule allows', () => {
  const form = formOf(undefined)
  expect(allowedOf({ ...form, tolerance: '5' }, 100_000)).toBe(500)
  expect(allowedOf({ ...form, tolerance: '' }, 100_000)).toBeNull()
})
