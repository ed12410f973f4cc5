import { expect, test } from 'vitest'
import { type Target, targetOn } from './targets'

const set = (id: string, from: string, value: number | null, department?: string, area?: string, at = '2026-01-01T00:00:00Z') => ({ id, measure: 'on-time-rate', from, value, department, area, reason: '考核', created: { at } }) as unknown as Target

test('a department has its own target before that of everybody, and the last that began holds', () => {
  const targets = [set('old', '2026-01-01', 0.9), set('new', '2026-06-01', 0.95), set('fir', '2026-03-01', 0.8, 'FIR'), set('town', '2026-02-01', 0.85, undefined, '330203001')]
  expect(targetOn(targets, '2025-12-31')).toBeUndefined()
  expect(targetOn(targets, '2026-05-31')?.id).toBe('old')
  expect(targetOn(targets, '2026-06-01')?.id).toBe('new')
  expect(targetOn(targets, '2026-06-01', 'FIR')?.id).toBe('fir')
  expect(targetOn(targets, '2026-06-01', 'CUL')?.id).toBe('new')
  expect(targetOn(targets, '2026-06-01', null, '330203001')?.id).toBe('town')
  expect(targetOn(targets, '2026-06-01', null, '330203002')?.id).toBe('new')
})

test('of two for one day the later one holds, and one without a value takes the target back', () => {
  const targets = [set('first', '2026-01-01', 0.9), set('second', '2026-01-01', null, undefined, undefined, '2026-01-02T00:00:00Z')]
  expect(targetOn(targets, '2026-01-01')?.id).toBe('second')
  expect(targetOn(targets, '2026-01-01')?.value).toBeNull()
})
