// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'

const asked: string[] = []
let total = 0
let change: () => void = () => undefined
vi.mock('../../live/live', () => ({ onChanges: (listener: () => void) => (change = listener) }))
vi.mock('../../api/client', () => ({
  get: async (path: string) => {
    asked.push(path)
    const query = new URLSearchParams(path.slice(path.indexOf('?')))
    const ids = query.get('ids')
    if (ids) return { items: ids.split(',').map(id => ({ id })), next: null }
    const from = Number(query.get('after') ?? 0)
    const items = Array.from({ length: Math.min(200, total - from) }, (_, index) => ({ id: String(from + index) }))
    return { items, next: from + 200 < total ? String(from + 200) : null }
  },
}))
const { all, byIds, countOf, useLoaded } = await import('./loading')

beforeEach(() => asked.splice(0))

test('a list that is whole says nothing of being cut', async () => {
  total = 450
  const rows = await all('/api/cases?state=Open', 1000)
  expect(rows.length).toBe(450)
  expect(rows.truncated).toBeUndefined()
  expect(countOf(rows)).toBe('450')
})

test('a list that stops says so, and its number is no number', async () => {
  total = 1200
  const rows = await all('/api/cases', 400)
  expect(rows.length).toBe(400)
  expect(rows.truncated).toBe(true)
  expect(countOf(rows)).toBe('400+')
})

test('a list that ends exactly at the bound is whole', async () => {
  total = 400
  expect((await all('/api/cases', 400)).truncated).toBeUndefined()
})

test('rows are asked for by their ids, each once and in parts', async () => {
  const ids = Array.from({ length: 150 }, (_, index) => `t${index}`)
  const rows = await byIds<{ id: string }>('/api/rosters/targets', [...ids, 't0', null, undefined])
  expect(rows.map(row => row.id)).toEqual(ids)
  expect(asked.length).toBe(2)
  expect(await byIds('/api/rosters/targets', [])).toEqual([])
})

test('changes that come faster than a reading do not keep it from being shown; the last of them is read', async () => {
  const answers: ((n: number) => void)[] = []
  const { data } = useLoaded(() => new Promise<number>(resolve => answers.push(resolve)))
  change()
  change()
  expect(answers).toHaveLength(1)
  answers[0]!(1)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  expect(data.value).toBe(1)
  answers[1]!(2)
  await vi.waitFor(() => expect(data.value).toBe(2))
  expect(answers).toHaveLength(2)
})

test('an answer that was overtaken by what the person asked for is dropped', async () => {
  const answers: ((n: number) => void)[] = []
  const { data, again } = useLoaded(() => new Promise<number>(resolve => answers.push(resolve)))
  const asked = again()
  answers[1]!(2)
  await asked
  answers[0]!(1)
  await Promise.resolve()
  expect(data.value).toBe(2)
})
