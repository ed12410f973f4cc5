import { expect, test } from 'vitest'
import { type Evaluation, arithmetic, isWhole, partiesOf } from './evaluations'

// 433: the street 40, the community 30, the residents 30.
const evaluation = (scores: (number | null)[], subject: Evaluation['subject'] = 'Target', by?: string) => ({
  subject, subjectId: subject === 'Department' ? 'HEA' : 'T-1',
  parts: ['街道', '社区', '居民'].map((party, index) => ({
    party, weight: [40, 30, 30][index], score: scores[index], by: scores[index] !== null && by ? { by } : null, rater: { department: 'TOWN', area: index === 0 ? '330203001' : '330203002', role: null },
  })),
}) as unknown as Evaluation

test('a person speaks for the parties that admit it, once, and never for its own department', () => {
  expect(partiesOf(evaluation([null, null, null]), { roles: [], department: 'TOWN', area: '330203001' })).toEqual(['街道'])
  expect(partiesOf(evaluation([null, null, null]), { roles: [], department: 'TOWN', area: '330203002', id: 'a' })).toEqual(['社区', '居民'])
  expect(partiesOf(evaluation([null, 80, null], 'Target', 'a'), { roles: [], department: 'TOWN', area: '330203002', id: 'a' })).toEqual([])
  expect(partiesOf(evaluation([null, null, null], 'Department'), { roles: [], department: 'HEA', area: '330203001' })).toEqual([])
})

test('the sum is shown once every party has spoken', () => {
  expect(arithmetic(evaluation([90, 80, null]))).toBeUndefined()
  expect(arithmetic(evaluation([90, 80, 70]))).toBe('40%×90 + 30%×80 + 30%×70')
})

test('weights make a whole or nothing', () => {
  expect(isWhole([40, '30', 30])).toBe(true)
  expect(isWhole([40, 30])).toBe(false)
  expect(isWhole([100, 0])).toBe(false)
  expect(isWhole([])).toBe(false)
})
