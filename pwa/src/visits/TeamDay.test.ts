// @vitest-environment happy-dom
// What a manager reads of photos that were announced and have not come, and of steps that were not done.

import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import TeamDay from './TeamDay.vue'

const AT = Date.UTC(2026, 10, 20, 1)
const flags = ref<string[]>([])
const missing = ref<string[]>([])
const photos = ref<{ id: string; kind: string; state: string; taken_at: number }[]>([])

vi.mock('./queries/team', async (original) => ({
  ...(await original<typeof import('./queries/team')>()),
  usePersonDay: () =>
    ref({
      person: undefined,
      coverage: { planned: 1, done: 1, unplanned: 0 },
      line: [
        {
          visit: {
            id: 'v',
            state: 'done',
            flags: flags.value,
            checked_in_at: AT,
            checked_out_at: AT + 60_000,
            in_fence: null,
          },
          customer: undefined,
          steps: [],
          photos: photos.value,
          missing: missing.value,
          gap: null,
        },
      ],
      skipped: [],
      left: [],
      metres: 0,
    }),
}))

beforeEach(() => {
  photos.value = []
  flags.value = []
  missing.value = []
})

function said(): string {
  const global = { stubs: { RouterLink: true, PhotoTile: true } }
  const page = mount(TeamDay, { props: { personId: 'p', day: '2026-11-20', now: AT + 86_400_000 }, global })
  return page.text()
}

test('a photo that has not come is told with the moment since when it is awaited', () => {
  photos.value = [
    { id: 'a', kind: 'shelf', state: 'awaited', taken_at: AT + 300_000 },
    { id: 'b', kind: 'shelf', state: 'awaited', taken_at: AT + 60_000 },
    { id: 'c', kind: 'shelf', state: 'stored', taken_at: AT },
  ]
  expect(said()).toContain('还有 2 张照片没传来，最早的拍于昨天 09:01')
  photos.value = [{ id: 'c', kind: 'shelf', state: 'stored', taken_at: AT }]
  expect(said()).not.toContain('没传来')
})

test('a photo that was refused is not told as one that is still to come', () => {
  photos.value = [
    { id: 'a', kind: 'shelf', state: 'refused', taken_at: AT },
    { id: 'b', kind: 'shelf', state: 'awaited', taken_at: AT + 60_000 },
  ]
  expect(said()).toContain('还有 1 张照片没传来，最早的拍于昨天 09:01')
  expect(said()).toContain('有 1 张照片没被接受')
  photos.value = [{ id: 'a', kind: 'shelf', state: 'refused', taken_at: AT }]
  expect(said()).not.toContain('没传来')
})

test('of must-do steps that were not done it is said which', () => {
  flags.value = ['late', 'step_missing']
  missing.value = ['门头照', '竞品价格']
  expect(said()).toContain('必做步骤没做：门头照、竞品价格')
  missing.value = []
  expect(said()).toMatch(/必做步骤没做(?!：)/)
})
