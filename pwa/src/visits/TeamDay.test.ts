// @vitest-environment happy-dom
// What a manager reads of photos that were announced and have not come, and of steps that were not done.

import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { ref } from 'vue'
import { setSignedIn } from '../core/access'
import TeamDay from './TeamDay.vue'

const AT = Date.UTC(2026, 10, 20, 1)
const flags = ref<string[]>([])
const missing = ref<string[]>([])
const photos = ref<{ id: string; kind: string; state: string; taken_at: number; refused_code?: string }[]>([])
const files = vi.hoisted(() => ({ giveUpPhotos: vi.fn() }))
const asked = vi.hoisted(() => ({ ask: vi.fn() }))

vi.mock('../files/commands', () => files)
vi.mock('../core/ui/ask', () => asked)

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

function dayOf(now = AT + 86_400_000) {
  const global = { stubs: { RouterLink: true, PhotoTile: true } }
  return mount(TeamDay, { props: { personId: 'p', day: '2026-11-20', now }, global })
}

const said = () => dayOf().text()

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

test('whoever answers for them stops waiting for pictures a day late, and only after he was asked', async () => {
  const now = AT + 86_400_000 + 120_000
  photos.value = [
    { id: 'late', kind: 'shelf', state: 'awaited', taken_at: AT + 60_000 },
    { id: 'young', kind: 'shelf', state: 'awaited', taken_at: AT + 300_000 },
    { id: 'there', kind: 'shelf', state: 'stored', taken_at: AT },
  ]
  const button = (page: ReturnType<typeof dayOf>) => page.findAll('button').find((one) => one.text() === '不再等')
  setSignedIn({ id: 'm', name: '周敏', roles: ['manager'], permissions: [] })
  expect(button(dayOf(now))).toBeUndefined()
  setSignedIn({ id: 'm', name: '周敏', roles: ['manager'], permissions: ['files.keep_photos'] })
  expect(button(dayOf())).toBeUndefined()
  for (const isSure of [false, true]) {
    asked.ask.mockResolvedValueOnce(isSure)
    await button(dayOf(now))?.trigger('click')
    await flushPromises()
    expect(files.giveUpPhotos.mock.calls).toEqual(isSure ? [[['late']]] : [])
  }
  photos.value = [{ id: 'a', kind: 'shelf', state: 'refused', taken_at: AT, refused_code: 'files.given_up' }]
  expect(said()).toContain('有 1 张照片不再等')
  expect(said()).not.toContain('没被接受')
  setSignedIn(null)
})
