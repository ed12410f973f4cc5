import { expect, test } from 'vitest'
import { actsOf, beginning, cameBack, columnOf, draftOf, isUsed, kindsOf, mayKeep, parts, withMapping } from './exchange'

const mapping = (kind: string, from: string) => ({ kind, from, title: kind, columns: [] }) as never

test('the dispatcher and the platform exchange, observers read, the administrator and analysts keep mappings', () => {
  expect(actsOf({ roles: ['dispatcher'] })).toEqual({ exchange: true, read: true, keep: true })
  expect(actsOf({ roles: ['platform'] })).toEqual({ exchange: true, read: true, keep: false })
  for (const role of ['supervisor', 'auditor']) expect(actsOf({ roles: [role] })).toEqual({ exchange: false, read: true, keep: false })
  for (const role of ['administrator', 'analyst']) expect(actsOf({ roles: [role] })).toEqual({ exchange: false, read: false, keep: true })
  expect(actsOf({ roles: ['department-head', 'inspector'] })).toEqual({ exchange: false, read: false, keep: false })
})

test('a platform is kept by people of its area; one of the whole city by those of no area', () => {
  expect(mayKeep({ roles: ['dispatcher'], area: '330203' }, { area: '330203' })).toBe(true)
  expect(mayKeep({ roles: ['dispatcher'], area: '330203' }, { area: null })).toBe(false)
  expect(mayKeep({ roles: ['dispatcher'], area: '330203' }, { area: '330204' })).toBe(false)
  expect(mayKeep({ roles: ['administrator'] }, { area: null })).toBe(true)
  expect(mayKeep({ roles: ['supervisor'] }, { area: null })).toBe(false)
})

test('what only goes out does not come in, receipts only come in, and a mapping of tomorrow is not yet used', () => {
  const platform = { closed: false, mappings: [mapping('Results', '2024-01-01'), mapping('Receipts', '2024-01-01'), mapping('Inspections', '2024-01-01'), mapping('Plans', '2026-12-01')] }
  expect(kindsOf(platform, '2026-11-23', false)).toEqual(['Inspections', 'Results'])
  expect(kindsOf(platform, '2026-11-23', true)).toEqual(['Inspections', 'Receipts'])
  expect(kindsOf({ ...platform, closed: true }, '2026-11-23', true)).toEqual([])
  expect(kindsOf(undefined, '2026-11-23', true)).toEqual([])
})

test('a column is the same after the form', () => {
  const column = { field: 'answer', heading: '检查结果', aliases: ['结果', '结论'], values: [{ ours: '符合', theirs: '合格' }, { ours: '不符合', theirs: '不合格' }], whenEmpty: '未检查', filled: true }
  expect(draftOf(column)).toMatchObject({ aliases: '结果、结论', values: '符合=合格、不符合=不合格' })
  expect(columnOf(draftOf(column))).toEqual(column)
  expect(columnOf({ field: 'x', heading: ' 甲 ', aliases: '', values: '是，符合＝合格', whenEmpty: ' ', filled: false })).toEqual({ field: 'x', heading: '甲', aliases: [], values: [{ ours: '是', theirs: '是' }, { ours: '符合', theirs: '合格' }], whenEmpty: null, filled: false })
  expect(parts('甲、乙,丙\n\n丁')).toEqual(['甲', '乙', '丙', '丁'])
})

test('a new mapping begins with what a sheet must have', () => {
  expect(beginning([{ name: 'number', meaning: '任务编号（本平台）', needed: true }, { name: 'facts', meaning: '问题描述', needed: false }, { name: 'answer', meaning: '检查结果：符合、不符合', needed: true }]).map(one => [one.field, one.heading])).toEqual([['number', '任务编号'], ['answer', '检查结果']])
})

test('a version of a day takes the place of its own, and the newest that has begun is used', () => {
  const first = mapping('Plans', '2024-01-01')
  const next = mapping('Plans', '2026-12-01')
  expect(withMapping([first], next)).toEqual([first, next])
  expect(withMapping([first, next], mapping('Plans', '2024-01-01'))).toHaveLength(2)
  expect([isUsed([first, next], first, '2026-11-30'), isUsed([first, next], next, '2026-11-30')]).toEqual([true, false])
  expect([isUsed([first, next], first, '2026-12-01'), isUsed([first, next], next, '2026-12-01')]).toEqual([false, true])
})

test('a step came back under its number or another of its case, from the same platform and kind', () => {
  const sheet = { platform: 'P', kind: 'Inspections' as const, numbers: ['A-1-visit', 'A-2', 'A-3', 'B'] }
  const entries = [{ platform: 'P', kind: 'Inspections' as const, externalId: 'ZJ-9', caseId: 'c1' }, { platform: 'P', kind: 'Inspections' as const, externalId: 'A-2', caseId: null }, { platform: 'Q', kind: 'Inspections' as const, externalId: 'A-3', caseId: null }]
  expect(cameBack(sheet, entries, id => (id === 'c1' ? 'A-1' : undefined))).toEqual(['A-1-visit', 'A-2'])
})
