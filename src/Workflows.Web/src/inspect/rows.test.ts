import { expect, test } from 'vitest'
import { rowsOf } from './rows'
import type { Task } from './shapes'

const step = (id: string, dueAt: string | undefined, kind = 'order.prepare', caseId = 'c-' + id): Task =>
  ({ id, kind, title: '拟定整改要求', caseId, dueAt, outcomes: [], subject: {}, assignees: [], createdAt: '2026-11-20T00:00:00Z', isDecision: true }) as unknown as Task
const visit = (caseId: string, plannedOn: string) =>
  ({ caseId, visitId: 'v', caseNumber: 'n', title: 't', targetName: '样例店', address: '样例路1号', plannedOn, state: 'Planned', leadDepartment: 'CUL' }) as const

test('what is due first stands first, what is late is told, what has no limit comes last', () => {
  const rows = rowsOf([step('3', undefined), step('2', '2026-11-24T16:00:00Z'), step('1', '2026-11-22T16:00:00Z')], [], new Set(), new Date('2026-11-23T02:00:00Z'))
  expect(rows.map(row => [row.key, row.urgency])).toEqual([['step/1', 'late'], ['step/2', 'soon'], ['step/3', 'open']])
})

test('a visit whose step is mine is one row; one of another department’s step is a row of its own', () => {
  const rows = rowsOf([step('1', '2026-11-24T16:00:00Z', 'visit.arrive', 'a')], [visit('a', '2026-11-23'), visit('b', '2026-11-25')], new Set(), new Date('2026-11-23T02:00:00Z'))
  expect(rows.map(row => row.key)).toEqual(['visit/a', 'visit/b'])
})

test('what was done here without a network has left the list', () => {
  expect(rowsOf([step('1', undefined)], [], new Set(['1']), new Date())).toEqual([])
})

test('a limit that ends with a day counts that day: due at midnight of the 24th in China is late only after it', () => {
  const due = step('1', '2026-11-24T16:00:00Z')
  expect(rowsOf([due], [], new Set(), new Date('2026-11-24T15:59:00Z'))[0]!.urgency).toBe('soon')
  expect(rowsOf([due], [], new Set(), new Date('2026-11-24T16:00:00Z'))[0]!.urgency).toBe('late')
})
