// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
vi.mock('../session/session', () => ({ currentToken: () => Promise.resolve('token') }))

const answers: { write(text: string): Promise<void>; close(): Promise<void> }[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  answers.length = 0
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    const { readable, writable } = new TransformStream<Uint8Array>()
    const writer = writable.getWriter()
    init.signal!.addEventListener('abort', () => void writer.abort(new DOMException('left', 'AbortError')))
    answers.push({ write: text => writer.write(new TextEncoder().encode(text)), close: () => writer.close() })
    return Promise.resolve(new Response(readable))
  })
})
afterEach(() => vi.useRealTimers())

test('a crowd of changes is told once, also where a message comes in pieces', async () => {
  const { onChanges } = await import('./live')
  let told = 0
  const scope = effectScope()
  scope.run(() => onChanges(() => told++))
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  const stream = answers[0]!
  await stream.write(': connected\n\nevent: chan')
  await stream.write('ged\ndata:\n\nevent: changed\ndata:\n\n')
  await vi.advanceTimersByTimeAsync(100)
  expect(told).toBe(1)
  await stream.write('event: changed\ndata:\n\n')
  await vi.advanceTimersByTimeAsync(5)
  expect(told).toBe(1)
  await vi.advanceTimersByTimeAsync(2000)
  expect(told).toBe(2)
  scope.stop()
  await stream.write('event: changed\ndata:\n\n')
  await vi.advanceTimersByTimeAsync(5000)
  expect(told).toBe(2)
})

test('while the page is hidden only those are told who make something of it; the others when it is looked at again', async () => {
  const { onChanges } = await import('./live')
  const told = { notices: 0, page: 0 }
  const scope = effectScope()
  scope.run(() => {
    onChanges(() => told.notices++, true)
    onChanges(() => told.page++)
  })
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await answers[0]!.write('event: changed\ndata:\n\n')
  await vi.advanceTimersByTimeAsync(100)
  expect(told).toEqual({ notices: 1, page: 0 })
  seen.mockReturnValue('visible')
  document.dispatchEvent(new Event('visibilitychange'))
  expect(told).toEqual({ notices: 2, page: 1 })
  seen.mockRestore()
  scope.stop()
})

test('a stream that has fallen silent is opened anew, and what happened meanwhile is read', async () => {
  const { onChanges } = await import('./live')
  let told = 0
  const scope = effectScope()
  scope.run(() => onChanges(() => told++))
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  for (let n = 0; n < 4; n++) {
    await vi.advanceTimersByTimeAsync(25_000)
    await answers[0]!.write(': still here\n\n')
  }
  expect(answers).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(65_000)
  expect(answers).toHaveLength(2)
  expect(told).toBeGreaterThan(0)
  scope.stop()
})

test('what happened between a stream that ended in order and the next is read too', async () => {
  const { onChanges } = await import('./live')
  let told = 0
  const scope = effectScope()
  scope.run(() => onChanges(() => told++))
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  await answers[0]!.close()
  expect(told).toBe(0)
  await vi.advanceTimersByTimeAsync(1500)
  expect(answers).toHaveLength(2)
  expect(told).toBe(1)
  scope.stop()
})

// A browser keeps pages for going back and allows six connections to one service: a page that kept its stream would starve the others.
test('a page that is left lets go of its stream, and listens anew when it is shown again', async () => {
  const { onChanges } = await import('./live')
  let told = 0
  const scope = effectScope()
  scope.run(() => onChanges(() => told++))
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  dispatchEvent(new Event('pagehide'))
  await expect(answers[0]!.write('event: changed\ndata:\n\n')).rejects.toThrow()
  await vi.advanceTimersByTimeAsync(2500)
  // The modules of the tests before this one listen anew as well.
  expect(answers.length).toBeGreaterThan(1)
  const before = told
  await Promise.all(answers.slice(1).map(one => one.write('event: changed\ndata:\n\n')))
  await vi.advanceTimersByTimeAsync(2000)
  expect(told).toBeGreaterThan(before)
  scope.stop()
})
