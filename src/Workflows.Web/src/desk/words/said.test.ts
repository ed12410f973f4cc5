// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { language, moment } from '../../language/language'
import { isSoon } from './dates'
import { holder, names } from './names'

beforeEach(() => {
  language.value = 'zh'
  names.departments = { MKT: '市场监督管理局' }
})

test('whoever is told is named, whichever way the service names it', () => {
  expect(holder('department:MKT')).toBe('市场监督管理局')
  expect(holder('department:MKT/role:department-head')).toBe('市场监督管理局部门负责人')
  expect(holder('role:leader')).toBe('分管领导')
  expect(holder('party:91330203MA00000001')).toBe('当事人')
  language.value = 'en'
  expect(holder('role:leader')).toBe('the leader in charge')
})

test('two weekdays are soon, a weekend between does not count', () => {
  // 2026-11-20 is a Friday; a last day has passed at 16:00 UTC.
  const passed = (date: string) => `${date}T16:00:00Z`
  expect(['2026-11-20', '2026-11-22', '2026-11-23', '2026-11-24'].map(date => isSoon(new Date(new Date(passed(date)).getTime() - 1).toISOString(), '2026-11-20'))).toEqual([true, true, true, true])
  expect(isSoon('2026-11-25T15:59:59Z', '2026-11-20')).toBe(false)
  expect(isSoon('2027-02-20T10:00:00Z', '2026-11-20')).toBe(false)
})

test('a moment reads as a date of its language, after midnight too', () => {
  expect(moment('2026-11-12T16:05:00Z')).toBe('2026年11月13日 00:05')
  language.value = 'en'
  expect(moment('2026-11-12T16:05:00Z')).toBe('13 Nov 2026, 00:05')
})
