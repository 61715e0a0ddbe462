import { expect, test, vi } from 'vitest'
import { LateEffects } from './late_effects'

const add = () => {}
const move = () => {}

test('a domain’s effects are loaded once, when one of its commands is met', async () => {
  const load = vi.fn(async () => ({ 'things.add': add }))
  const late = new LateEffects([
    { name: 'things', effects: load },
    { name: 'places', effects: { 'places.move': move } },
    { name: 'bare' },
  ])
  expect(late.loaded).toEqual({ 'places.move': move })
  expect(['things.add', 'places.move', 'bare.do', 'unknown.do'].map(late.lacking)).toEqual([
    'things',
    undefined,
    undefined,
    undefined,
  ])
  expect(load).not.toHaveBeenCalled()
  await late.load(['things'])
  await late.load(['things'])
  expect(load).toHaveBeenCalledOnce()
  expect(late.loaded['things.add']).toBe(add)
  expect(late.lacking('things.add')).toBeUndefined()
})

test('what could not be fetched is tried again', async () => {
  const load = vi.fn<() => Promise<Record<string, typeof add>>>()
  load.mockRejectedValueOnce(new Error('offline')).mockResolvedValue({ 'things.add': add })
  const late = new LateEffects([{ name: 'things', effects: load }])
  await expect(late.load(['things'])).rejects.toThrow('offline')
  expect(late.lacking('things.add')).toBe('things')
  await late.load(['things'])
  expect(late.loaded['things.add']).toBe(add)
})
