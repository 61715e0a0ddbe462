// Messages as people write them, against what they order: at least 95 of 100 are read exactly, and none is read wrong without saying so.

import { describe, expect, test } from 'vitest'
import { loadDivisions } from '../../customers/divisions'
import { parsePaste } from '.'
import { shelfCatalogue, vectors } from './testing/goods'
import { type Expected, judge } from './testing/judge'

interface Message extends Expected {
  name: string
  text: string
}

const { messages } = vectors<{ messages: Message[] }>('paste.json')
const catalogue = shelfCatalogue()
const divisions = await loadDivisions()

describe('messages', () => {
  test.each(messages)('nothing wrong is sure: $name', (message) => {
    expect(judge(parsePaste(message.text, catalogue, divisions), message).wrong).toEqual([])
  })

  test('95 of 100 are read exactly', () => {
    const inexact = messages.flatMap((message) => {
      const { differences } = judge(parsePaste(message.text, catalogue, divisions), message)
      return differences.length ? [`${message.name}: ${differences.join('; ')}`] : []
    })
    if (process.env.ROUNDSMAN_PASTE)
      process.stdout.write(`${inexact.join('\n')}\n${inexact.length} of ${messages.length}\n`)
    expect(messages.length).toBeGreaterThanOrEqual(100)
    expect(inexact.length, inexact.join('\n')).toBeLessThanOrEqual(messages.length * 0.05)
  })
})
