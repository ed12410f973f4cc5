// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { ageOf, byDay, byUnit, holds, type LateRow, placeOf } from './wall'

function row(more: Partial<LateRow>): LateRow {
  return { kind: 'task', id: '1', title: '复查', dueAt: '2026-12-02T16:00:00+00:00', late: false, colour: 'Green', side: 'Unit', workingDays: -3, ...more }
}

test('a due time at midnight in Beijing belongs to the day that ends with it', () => {
  expect(byDay([row({}), row({ late: true, colour: 'Red' })], ['2026-12-02', '2026-12-03'])).toEqual([{ date: '2026-12-02', count: 1 }, { date: '2026-12-03', count: 0 }])
  expect(holds(row({}), { due: '2026-12-02' })).toBe(true)
  expect(holds(row({}), { due: '2026-12-03' })).toBe(false)
})

test.each([[1, 'UpTo3'], [3, 'UpTo3'], [4, 'UpTo10'], [10, 'UpTo10'], [11, 'UpTo30'], [30, 'UpTo30'], [31, 'Over30']])('%i working days late is %s', (workingDays, age) => {
  expect(ageOf(row({ late: true, colour: 'Red', workingDays }))).toBe(age)
})

test('what is not late has no age, and colours part the rows without rest', () => {
  const rows = [row({}), row({ colour: 'Amber' }), row({ colour: 'Red', late: true, workingDays: 2 })]
  expect(ageOf(rows[0]!)).toBeUndefined()
  expect(['Red', 'Amber', 'Green'].map(colour => rows.filter(one => holds(one, { colour })).length)).toEqual([1, 1, 1])
})

test('units are shown with those that need help first', () => {
  const rows = [row({ department: 'HEA' }), row({ department: 'FIR', colour: 'Red', late: true }), row({ department: 'FIR' }), row({})]
  expect(byUnit(rows)).toEqual([{ code: 'FIR', red: 1, amber: 0, green: 1 }, { code: 'HEA', red: 0, amber: 0, green: 1 }])
})

test('an area holds what lies below it', () => {
  expect(holds(row({ area: '330203006' }), { area: '330203' })).toBe(true)
  expect(holds(row({ area: '330204001' }), { area: '330203' })).toBe(false)
  expect(holds(row({}), { area: '330203' })).toBe(false)
})

test('every row leads to what it is about: its case, else its plan, else its lead', () => {
  expect(placeOf(row({ caseId: 'c', planId: 'p' }))).toBe('/desk/cases/c')
  expect(placeOf(row({ planId: 'p' }))).toBe('/desk/plans/p')
  expect(placeOf(row({ leadId: 'l' }))).toBe('/desk/leads/l')
  expect(placeOf(row({ kind: 'lead', id: 'l', leadId: 'l', caseId: 'c' }))).toBe('/desk/leads/l')
  expect(placeOf(row({}))).toBeUndefined()
})
