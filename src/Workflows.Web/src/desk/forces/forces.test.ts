import { expect, test } from 'vitest'
import { type Force, byDepartment, serves, tooFew } from './forces'

const members = [{ officerId: 'CUL-01', department: 'CUL' }, { officerId: 'FIR-01', department: 'FIR' }, { officerId: 'CUL-02', department: 'CUL' }]
const force = { endedOn: null, versions: [{ from: '2026-12-01', to: '2026-12-31', scenarios: ['esports-hotel'], areas: [] }, { from: '2026-12-20', to: '2027-01-31', scenarios: [], areas: ['330203001'] }] } as unknown as Force

test('members stand by department, and one alone is too few for a visit', () => {
  expect(byDepartment(members).map(([code, list]) => [code, list.length])).toEqual([['CUL', 2], ['FIR', 1]])
  expect(tooFew(members)).toEqual(['FIR'])
})

test('a force serves a plan on days on which it works, for its scenarios and areas, by the decision that holds on the first day', () => {
  expect(serves(force, 'esports-hotel', '2026-12-02', '2026-12-16', '330203')).toBe(true)
  expect(serves(force, 'braised-meat', '2026-12-02', '2026-12-16', '330203')).toBe(false)
  expect(serves(force, 'esports-hotel', '2026-11-30', '2026-12-16', '330203')).toBe(false)
  expect(serves(force, 'esports-hotel', '2026-12-02', '2027-01-02', '330203')).toBe(false)
  expect(serves(force, 'braised-meat', '2026-12-21', '2027-01-02', '330203001')).toBe(true)
  expect(serves(force, 'braised-meat', '2026-12-21', '2027-01-02', '330203')).toBe(false)
  expect(serves({ ...force, endedOn: '2026-12-10' }, 'esports-hotel', '2026-12-02', '2026-12-16', '330203')).toBe(false)
})
