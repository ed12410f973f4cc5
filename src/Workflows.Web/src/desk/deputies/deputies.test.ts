import { expect, test } from 'vitest'
import { type Account, type Deputy, mayStandIn, standing } from './deputies'

const account = (id: string, department: string, ...roles: string[]): Account => ({ id, name: id, roles, department })
const accounts = [account('head', 'CUL', 'department-head'), account('pub', 'CUL', 'publication-reviewer'), account('law', 'CUL', 'legal-reviewer'), account('law2', 'CUL', 'legal-reviewer'), account('officer', 'CUL', 'inspector'), account('both', 'CUL', 'inspector', 'publication-reviewer'), account('other', 'FIR', 'department-head')]

test('who holds an office may act, officers may not, and legal reviewers act for each other alone', () => {
  expect(mayStandIn(accounts[0], accounts).map(one => one.id)).toEqual(['pub'])
  expect(mayStandIn(accounts[2], accounts).map(one => one.id)).toEqual(['law2'])
  expect(mayStandIn(undefined, accounts)).toEqual([])
})

test('both days belong to the time', () => {
  const deputy = { from: '2026-11-23', to: '2026-11-25' } as Deputy
  expect(['2026-11-22', '2026-11-23', '2026-11-25', '2026-11-26'].map(day => standing(deputy, day))).toEqual(['later', 'holds', 'holds', 'over'])
  expect(standing({ ...deputy, ended: true }, '2026-11-24')).toBe('over')
})
