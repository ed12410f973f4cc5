// @vitest-environment happy-dom
import { effectScope } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
vi.mock('../session/session', () => ({ currentToken: () => Promise.resolve('token') }))

const answers: { write(text: string): Promise<void> }[] = []

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  answers.length = 0
  vi.stubGlobal('fetch', () => {
    const { readable, writable } = new TransformStream<Uint8Array>()
    const writer = writable.getWriter()
    answers.push({ write: text => writer.write(new TextEncoder().encode(text)) })
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
