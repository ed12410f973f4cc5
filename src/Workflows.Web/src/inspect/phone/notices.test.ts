// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { nextTick } from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Task } from '../shapes'

const shown: string[] = []
vi.mock('../../session/session', () => ({ session: {}, hasRole: () => false, currentToken: () => Promise.resolve('t'), tokenAfterRefusal: () => Promise.resolve('') }))
vi.stubGlobal('Notification', class {
  static permission = 'granted'
  constructor(text: string) {
    shown.push(text)
  }
})
const visible = vi.spyOn(document, 'visibilityState', 'get')
const tasks = (...ids: string[]) => ids.map(id => ({ id }) as Task)

beforeEach(() => {
  vi.resetModules()
  shown.length = 0
})

test.each([['hidden', ['有 2 项新的待办事项'], 0], ['visible', [], 2]] as const)('of new steps a page that is %s tells where it is seen', async (state, notices, banner) => {
  const { day } = await import('./field')
  const { arrived, tellOfNewSteps } = await import('./notices')
  visible.mockReturnValue(state)
  tellOfNewSteps()
  day.readAt = 1
  day.tasks = tasks('a')
  await nextTick()
  // What was there at the beginning is not new.
  expect([shown, arrived.value]).toEqual([[], 0])
  day.tasks = tasks('a', 'b', 'c')
  await vi.waitFor(() => expect([shown, arrived.value]).toEqual([notices, banner]))
  day.tasks = tasks('a', 'c')
  await nextTick()
  expect(shown).toEqual(notices)
})
