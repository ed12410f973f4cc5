import { expect, test } from 'vitest'
import { actsOf, isUnreviewed, keepsAgreements, listsOf, standing } from './evidence'

const piece = (more = {}) => ({ holder: 'HEA', sealed: false, origin: 'Taken' as const, review: null, created: { actorId: 'hea.01' }, ...more }) as never
const recorded = (review: unknown = null) => piece({ origin: 'Monitoring', review })
const person = (role: string, department: string, id = `${department}.x`) => ({ id, roles: [role], department })
const by = (id: string) => ({ by: id, name: '', at: '', reason: '' })

test('officers and heads of another department decide, the holder and those who only record do not', () => {
  expect(actsOf(piece(), person('inspector', 'FIR'))).toMatchObject({ decide: true, accept: true })
  expect(actsOf(piece(), person('department-head', 'FIR')).decide).toBe(true)
  expect(actsOf(piece(), person('inspector', 'HEA')).decide).toBe(false)
  for (const role of ['assistant', 'legal-reviewer', 'supervisor', 'dispatcher', 'auditor']) expect(actsOf(piece(), person(role, 'FIR')).decide).toBe(false)
  expect(actsOf(piece({ sealed: true }), person('inspector', 'FIR')).decide).toBe(false)
  // What the party handed in is nobody's to recognise.
  expect(actsOf(piece({ holder: null }), person('inspector', 'FIR')).decide).toBe(false)
})

test('a recording is accepted only after both reviews have passed', () => {
  expect(actsOf(recorded(), person('inspector', 'FIR'))).toMatchObject({ decide: true, accept: false })
  expect(isUnreviewed(recorded({ legal: by('l'), legalPassed: true, technical: null, technicalPassed: false }))).toBe(true)
  expect(isUnreviewed(recorded({ legal: by('l'), legalPassed: true, technical: by('t'), technicalPassed: false }))).toBe(true)
  expect(isUnreviewed(recorded({ legal: by('l'), legalPassed: true, technical: by('t'), technicalPassed: true }))).toBe(false)
  expect(isUnreviewed(piece())).toBe(false)
})

test('two people of the holder review, neither of them who handed it in, each review once', () => {
  expect(actsOf(recorded(), person('legal-reviewer', 'HEA'))).toMatchObject({ legal: true, technical: false })
  expect(actsOf(recorded(), person('inspector', 'HEA', 'hea.02'))).toMatchObject({ legal: false, technical: true })
  expect(actsOf(recorded(), person('inspector', 'HEA', 'hea.01')).technical).toBe(false)
  expect(actsOf(recorded(), person('legal-reviewer', 'FIR')).legal).toBe(false)
  expect(actsOf(recorded({ legal: by('x'), legalPassed: true, technical: null, technicalPassed: false }), person('legal-reviewer', 'HEA')).legal).toBe(false)
  expect(actsOf(recorded({ legal: by('both'), legalPassed: true, technical: null, technicalPassed: false }), { id: 'both', roles: ['legal-reviewer', 'department-head'], department: 'HEA' }).technical).toBe(false)
  expect(actsOf(piece(), person('legal-reviewer', 'HEA')).legal).toBe(false)
})

test('dispatchers and supervisors keep the register of agreements', () => {
  expect(['dispatcher', 'supervisor', 'department-head', 'inspector', 'auditor'].filter(role => keepsAgreements({ roles: [role] }))).toEqual(['dispatcher', 'supervisor'])
  expect(listsOf(person('supervisor', 'CMD'))).not.toContain('offered')
  expect(listsOf(person('inspector', 'FIR'))[0]).toBe('offered')
})

test('an agreement holds from its first to its last day, both among them', () => {
  const one = { from: '2026-03-01', to: '2026-03-31', ended: null }
  expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map(day => standing(one, day))).toEqual(['Coming', 'InForce', 'InForce', 'Over'])
  expect(standing({ ...one, to: null }, '2030-01-01')).toBe('InForce')
  expect(standing({ ...one, ended: by('x') as never }, '2026-03-02')).toBe('Ended')
})
