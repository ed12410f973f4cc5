// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { ApiProblem } from '../../api/client'
import { useAct } from './acting'

test('what was lost on the way keeps its key while the words are the same', async () => {
  const keys: string[] = []
  const { act, refusal } = useAct()
  const lost = (key: string) => { keys.push(key); return Promise.reject(new TypeError('Failed to fetch')) }
  expect(await act(lost, { reason: '等检测' })).toBe(false)
  expect(refusal.value).toBe('无法连接服务，请检查网络。')
  await act(lost, { reason: '等检测' })
  await act(lost, { reason: '等复检' })
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})

test('what the service has answered, well or ill, is over', async () => {
  const keys: string[] = []
  const { act, refusal } = useAct()
  expect(await act(key => { keys.push(key); return Promise.reject(new ApiProblem(422, 'field-missing', 'reason', '请说明理由。')) })).toBe(false)
  expect(refusal.value).toBe('请说明理由。')
  expect(await act(async key => { keys.push(key) })).toBe(true)
  expect(refusal.value).toBe('')
  expect(await act(async key => { keys.push(key) })).toBe(true)
  expect(new Set(keys).size).toBe(3)
})

test('a second press while it is under way does nothing', async () => {
  let calls = 0
  let finish = () => {}
  const { act, busy } = useAct()
  const first = act(() => { calls++; return new Promise<void>(resolve => { finish = resolve }) })
  expect(busy.value).toBe(true)
  expect(await act(async () => { calls++ })).toBe(false)
  finish()
  expect(await first).toBe(true)
  expect([calls, busy.value]).toEqual([1, false])
})
