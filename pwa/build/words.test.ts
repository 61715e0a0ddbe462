// The check of the words finds what a person would only see on the wrong screen.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { compiled, wordsProblems } from './words.ts'

const made: string[] = []

function sources(files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'words-'))
  made.push(folder)
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, 'src', name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  return join(folder, 'src')
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

const chinese = { 'visits.check_in': '签到', 'visits.far': '距离 {metres} 米' }
const english = { 'visits.check_in': 'Check in', 'visits.far': '{metres} m away' }

describe('wordsProblems', () => {
  it('is content with two equal languages and known keys', () => {
    const folder = sources({
      'visits/words/zh-CN.json': chinese,
      'visits/words/en.json': english,
      'visits/VisitPage.vue': "<template>{{ t('visits.check_in') }}{{ t(`visits.${x}`) }}</template>",
    })
    expect(wordsProblems(folder)).toEqual([])
  })

  it('misses a text, a place and a language', () => {
    const folder = sources({
      'visits/words/zh-CN.json': { ...chinese, 'visits.only_here': '只有中文' },
      'visits/words/en.json': { ...english, 'visits.far': 'far away' },
      'orders/words/en.json': { 'orders.place': 'Place' },
    })
    const problems = wordsProblems(folder).join('\n')
    expect(problems).toContain('visits/words/en.json: "visits.only_here" has no text')
    expect(problems).toContain('"visits.far" names {metres} in Chinese and {} in English')
    expect(problems).toContain('zh-CN.json: ENOENT')
  })

  it('refuses a key of another domain and a message that is malformed', () => {
    const both = { 'orders.place': '下单', 'visits.broken': '距离 {metres 米' }
    const folder = sources({ 'visits/words/zh-CN.json': both, 'visits/words/en.json': both })
    const problems = wordsProblems(folder).join('\n')
    expect(problems).toContain('"orders.place" does not start with "visits."')
    expect(problems).toContain('"visits.broken":')
  })

  it('finds a key in the sources that has no text, and leaves tests alone', () => {
    const folder = sources({
      'visits/words/zh-CN.json': chinese,
      'visits/words/en.json': english,
      'visits/index.ts':
        "t('visits.gone'); t(`visits.state.${state}`); const entry = { label: 'visits.tab' }; at('visits.no_call')",
      'visits/index.test.ts': "t('visits.made_up')",
    })
    expect(wordsProblems(folder)).toEqual([
      "src/visits/index.ts: t('visits.gone') has no text",
      'src/visits/index.ts: no text starts with "visits.state."',
      'src/visits/index.ts: "visits.tab" has no text',
    ])
  })
})

describe('compiled', () => {
  it('leaves a plain text as it is and takes places and plurals apart', () => {
    expect(compiled('签到')).toBe('签到')
    expect(compiled('距离 {metres} 米')).toEqual([['距离 ', 'metres', ' 米']])
    expect(compiled('one | many')).toEqual([['one'], ['many']])
    expect(compiled("{name}{'@'} | {count} at {name}")).toEqual([
      ['', 'name', '@'],
      ['', 'count', ' at ', 'name'],
    ])
  })

  it('refuses what the app does not fill', () => {
    expect(() => compiled('{0} left')).toThrow('named')
    expect(() => compiled('see @:orders.place')).toThrow('named')
  })
})
