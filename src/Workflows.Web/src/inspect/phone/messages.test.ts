// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import type { Task, VisitAhead } from '../shapes'
import { markRead, type Message, messages, openMessages, pageAbout, readMessages } from './messages'

const sent: string[] = []
let online = true
let unread = 2
vi.mock('../../session/session', () => ({ session: {}, hasRole: () => false, currentToken: () => Promise.resolve('t'), tokenAfterRefusal: () => Promise.resolve('') }))
vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
  if (!online) return Promise.reject(new TypeError('Failed to fetch'))
  if (init.method === 'POST') {
    sent.push(init.body as string)
    unread = 0
    return Promise.resolve(new Response('{"read":1,"unread":0}'))
  }
  return Promise.resolve(new Response(JSON.stringify({ items: ['m1', 'm2'].map(id => ({ id, readAt: unread ? null : 'then', lines: [] })), next: null, unread, path })))
})

test('a message leads to where the person has something to do, and nowhere else', () => {
  const tasks = [{ id: 't1', caseId: 'a', kind: 'order.prepare' }, { id: 't2', caseId: 'b', kind: 'visit.arrive' }] as unknown as Task[]
  const visits = [{ caseId: 'c' }] as VisitAhead[]
  expect(['a', 'b', 'c', 'd', null].map(caseId => pageAbout({ caseId, link: `/cases/${caseId}` }, tasks, visits))).toEqual(['step/t1', 'visit/b', 'visit/c', undefined, undefined])
  expect(pageAbout({ caseId: 'd', link: '/tasks/t-9' }, tasks, visits)).toBe('step/t-9')
})

test('messages are there without a network; what is opened is marked here at once and at the service when it is reached', async () => {
  await readMessages()
  expect(messages.unread).toBe(2)
  online = false
  Object.assign(messages, { items: [], unread: 0, known: false })
  await openMessages()
  expect([messages.items.map(one => one.id), messages.unread]).toEqual([['m1', 'm2'], 2])
  await markRead(messages.items[0] as Message)
  expect([messages.unread, sent]).toEqual([1, []])
  online = true
  await readMessages()
  await markRead()
  expect([sent, messages.unread]).toEqual([['{}'], 0])
})
