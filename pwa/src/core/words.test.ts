// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest'
import { keptLocale, setLocale, useWords } from './words'

const { t, has, locale } = useWords()

afterEach(async () => {
  localStorage.clear()
  await setLocale('zh-CN')
})

describe('words', () => {
  test('Chinese comes first, without anything installed', () => {
    expect(t('core.confirm')).toBe('确定')
    expect(locale.value).toBe('zh-CN')
  })

  test('places are filled', () => {
    expect(t('core.stepper.more', { label: '牛奶' })).toBe('增加牛奶')
  })

  test('English loads when chosen, counts, and is kept on this phone', async () => {
    await setLocale('en')
    expect(t('core.confirm')).toBe('OK')
    expect(t('core.sync.refused', {}, 1)).toBe('1 needs you')
    expect(t('core.sync.refused', {}, 3)).toBe('3 need you')
    expect(document.documentElement.lang).toBe('en')
    expect(keptLocale()).toBe('en')
  })

  test('Chinese counts without plurals', () => {
    expect(t('core.sync.refused', {}, 3)).toBe('3 条需要你处理')
  })

  test('a code without a text is known to be one', () => {
    expect(has('core.confirm')).toBe(true)
    expect(has('orders.not_a_code')).toBe(false)
  })
})
