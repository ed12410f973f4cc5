// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'

const answers = new Map<string, unknown>()
vi.mock('../../api/client', () => {
  class ApiProblem extends Error {
    constructor(readonly status: number) { super(String(status)) }
  }
  return { ApiProblem, get: async (path: string) => { const answer = answers.get(path); if (typeof answer === 'number') throw new ApiProblem(answer); return answer } }
})
const { lateness, readStanding, processName } = await import('./operations')
const { names } = await import('../words/names')

beforeEach(() => {
  for (const part of ['incidents', 'faulted', 'stuck', 'outbox', 'timers/waiting']) answers.set(`/api/operations/${part}`, { total: 0, items: [] })
  for (const part of ['nodes', 'channels']) answers.set(`/api/operations/${part}`, [])
  answers.set('/api/operations/timers', { due: 0 })
})

test('a dispatcher, who may not see the outbox, sees all the rest', async () => {
  answers.set('/api/operations/outbox', 500)
  answers.set('/api/operations/channels', 500)
  const standing = await readStanding(false)
  expect(standing.outbox).toBeUndefined()
  expect(standing.channels).toBeUndefined()
  expect(standing.incidents.items).toEqual([])
  expect(standing.nodes).toEqual([])
})

test('what an administrator may not see after all is left out', async () => {
  answers.set('/api/operations/outbox', 403)
  expect((await readStanding(true)).outbox).toBeUndefined()
  expect((await readStanding(true)).channels).toEqual([])
})

test('a failure of the service is no part that is hidden', async () => {
  answers.set('/api/operations/outbox', 500)
  await expect(readStanding(true)).rejects.toThrow('500')
})

test('a process is called by its scenario', () => {
  names.scenarios['esports-hotel'] = '电竞酒店'
  expect(processName('esports-hotel-case')).toBe('电竞酒店 · 案件')
  expect(processName('unknown-thing')).toBe('unknown-thing')
})

test('a timer is late once its time has come, never before', () => {
  expect(lateness('2026-12-01T00:00:00Z', '2026-12-01T00:01:30Z')).toBe(90)
  expect(lateness('2026-12-01T00:02:00Z', '2026-12-01T00:01:30Z')).toBe(0)
})
