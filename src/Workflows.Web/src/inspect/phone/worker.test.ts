// The worker of the page as it is built, run between a browser's side that the test plays.
import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { WORKER } from '../../../build/worker.mjs'
import { Vault } from './vault'

type Listener = (event: Record<string, unknown>) => void
interface Shown { title: string; options: { tag: string; data: { link?: string }; requireInteraction: boolean } }

let shown: Shown[] = []
let windows: { url: string; focus: () => unknown; postMessage: (message: unknown) => void }[] = []
let opened: string[] = []
let told: unknown[] = []

const listeners: Record<string, Listener> = {}
const self = {
  addEventListener: (name: string, listener: Listener) => (listeners[name] = listener),
  registration: { showNotification: (title: string, options: Shown['options']) => Promise.resolve(void shown.push({ title, options })) },
}
const clients = { matchAll: () => Promise.resolve(windows), openWindow: (url: string) => Promise.resolve(void opened.push(url)) }
new Function('self', 'clients', 'location', 'KEPT', 'FILES', WORKER)(self, clients, { origin: 'https://desk.example' }, 'inspect-x', [])

async function fire(name: string, event: Record<string, unknown>) {
  const work: Promise<unknown>[] = []
  listeners[name]!({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) })
  await Promise.all(work)
}
const push = (data: string | undefined) => fire('push', { data: data === undefined ? null : { json: () => JSON.parse(data) as unknown } })
const MESSAGE = JSON.stringify({ id: 'm-1', text: '【催办】甬海曙消检字〔2026〕12号', link: '/tasks/t-1', urgent: true })

beforeEach(() => {
  shown = []
  opened = []
  told = []
  windows = []
})

test('signed out, a push says that there is something and nothing else; no base is made by looking', async () => {
  await push(MESSAGE)
  expect(shown.map(one => [one.title, one.options.tag, one.options.data.link])).toEqual([['有新的消息，请登录“现场检查”查看。', 'signed-out', undefined]])
  expect((await indexedDB.databases()).map(one => one.name)).not.toContain('inspect')
  // A key alone, such as the one of a page that waits for somebody to sign in, is no session.
  const vault = new Vault('inspect')
  await vault.put('kept', 'owner', { id: 'u' })
  await push(MESSAGE)
  expect(shown[1]!.options.tag).toBe('signed-out')
})

test('signed in, it is shown once however often it comes, and again hidden after signing out', async () => {
  const vault = new Vault('inspect')
  await vault.put('kept', 'session', 'tokens')
  await push(MESSAGE)
  await push(MESSAGE)
  expect(shown.map(one => [one.title, one.options.tag, one.options.data.link, one.options.requireInteraction])).toEqual(Array(2).fill(['【催办】甬海曙消检字〔2026〕12号', 'm-1', '/tasks/t-1', true]))
  for (const wrong of [undefined, 'no json', '{}', '{"text":7}']) await push(wrong)
  expect(shown.slice(2).every(one => one.options.tag === 'signed-out')).toBe(true)
  await vault.destroy()
  await push(MESSAGE)
  expect(shown.at(-1)!.options.tag).toBe('signed-out')
})

test.each([
  ['/tasks/t-1', '/step/t-1'], ['/cases/c-1', '/messages'], ['/desk/wall?colour=Red', '/messages'], ['/tasks', ''], [undefined, ''], ['//evil.example/tasks/t-1', '/messages'], ['/tasks/../../x', '/messages'],
])('a tap on a notice with %s leads to %s of the page', async (link, page) => {
  const close = vi.fn()
  await fire('notificationclick', { notification: { close, data: { link } } })
  expect([close.mock.calls.length, opened]).toEqual([1, ['/inspect' + page]])
  // Into the page that is open, without loading it anew, and not into the desk's.
  const focus = vi.fn()
  windows = [{ url: 'https://desk.example/desk/wall', focus: vi.fn(), postMessage: vi.fn() }, { url: 'https://desk.example/inspect/visit/c', focus, postMessage: message => told.push(message) }]
  await fire('notificationclick', { notification: { close, data: { link } } })
  expect([focus.mock.calls.length, told, opened.length]).toEqual([1, [{ kind: 'go', to: page.slice(1) }], 1])
})
