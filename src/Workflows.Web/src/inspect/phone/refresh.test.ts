// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { day, refresh } from './field'

vi.mock('../../session/session', () => ({ session: {}, hasRole: () => false, currentToken: () => Promise.resolve('token'), tokenAfterRefusal: () => Promise.resolve('') }))

test('a step that comes while the day is being read stands on the list without another word', async () => {
  const lists: ((items: unknown[]) => void)[] = []
  vi.stubGlobal('fetch', async (path: string) => new Response(JSON.stringify(
    path.startsWith('/api/tasks') ? { items: await new Promise(resolve => lists.push(resolve)) } : { items: [], visits: [], now: new Date().toISOString() })))
  const first = refresh()
  await vi.waitFor(() => expect(lists).toHaveLength(1))
  // The service says that something has changed; the answer that is under way was made before.
  const second = refresh()
  lists[0]!([])
  await vi.waitFor(() => expect(lists).toHaveLength(2))
  lists[1]!([{ id: 't1', kind: 'order.prepare' }])
  await Promise.all([first, second])
  expect(day.tasks.map(task => task.id)).toEqual(['t1'])
  expect(lists).toHaveLength(2)
})
